using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using AlertHub.Api.AlertmanagerV2;
using AlertHub.Tests.Support;

namespace Hosts.Tests.Api.AlertmanagerV2;

/// <summary>A row of Cases/posted-alerts.txt or posted-silences.txt.</summary>
/// <param name="Row">As it is written there.</param>
/// <param name="Body">What is posted.</param>
/// <param name="Ours">What ours answers where Alertmanager 0.25 answers otherwise.</param>
internal sealed partial record WireCase(string Row, byte[] Body, string? Ours)
{
    public static IReadOnlyList<WireCase> Read(string table) =>
        [
            .. Repository
                .Cases(table, '¦')
                .Select((row, i) => new WireCase(row[0], Bytes(row[0], i), row.Length > 1 ? row[1] : null)),
        ];

    /// <summary>Status, kind of body and code: what a program can tell apart.</summary>
    public static string Verdict(int status, ReadOnlySpan<byte> body)
    {
        if (body.IsEmpty)
        {
            return $"{status} none";
        }

        var reader = new Utf8JsonReader(body);
        var root = JsonElement.ParseValue(ref reader);
        var kind = root.ValueKind.ToString().ToLowerInvariant();
        return root.ValueKind == JsonValueKind.Object && root.TryGetProperty("code", out var code)
            ? $"{status} {kind} {code}"
            : $"{status} {kind}";
    }

    public static string Verdict(Refusal refusal)
    {
        var body = new System.Buffers.ArrayBufferWriter<byte>();
        refusal.Write(body);
        return Verdict(refusal.Status, body.WrittenSpan);
    }

    /// <summary>What Alertmanager answers; "crash" where it hangs up.</summary>
    public static async Task<string> AskAsync(HttpClient http, string path, byte[] body)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        try
        {
            using var answer = await http.PostAsync(new Uri(path, UriKind.Relative), content);
            return Verdict((int)answer.StatusCode, await answer.Content.ReadAsByteArrayAsync());
        }
        catch (HttpRequestException)
        {
            return "crash";
        }
    }

    private static byte[] Bytes(string row, int number)
    {
        var text = row.Replace('␠', ' ').Replace('␤', '\n').Replace("§", $"row-{number}");
        return
        [
            .. Piece()
                .Matches(text)
                .SelectMany(piece =>
                    piece.Value[0] == '⟦'
                        ? Convert.FromHexString(piece.Value.Trim('⟦', '⟧'))
                        : Encoding.UTF8.GetBytes(piece.Value)
                ),
        ];
    }

    [GeneratedRegex("⟦(?:[0-9a-f]{2})?⟧|[^⟦]+")]
    private static partial Regex Piece();
}
