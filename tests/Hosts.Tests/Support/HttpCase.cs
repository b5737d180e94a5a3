using System.Text;
using System.Text.RegularExpressions;

namespace Hosts.Tests.Support;

/// <summary>A request as tables have it: method, path, headers in brackets, body. §json is Content-Type: application/json.</summary>
internal static partial class HttpCase
{
    /// <summary>With the path as it is written, escapes and dots included.</summary>
    public static HttpRequestMessage Request(string row, Uri server)
    {
        var parts = Form().Match(row.Trim());
        var request = new HttpRequestMessage(
            new HttpMethod(parts.Groups["method"].Value),
            new Uri(
                server.GetLeftPart(UriPartial.Authority) + parts.Groups["path"].Value,
                new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }
            )
        );
        var body = Bytes(parts.Groups["body"].Value);
        request.Content = body.Length > 0 || request.Method == HttpMethod.Post ? new ByteArrayContent(body) : null;
        foreach (var header in parts.Groups["headers"].Value.Split(" | ", StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = header == "§json" ? ("Content-Type", "application/json") : Split(header);
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                request.Content?.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return request;
    }

    /// <summary>Bytes that are no text stand between ⟦ and ⟧.</summary>
    private static byte[] Bytes(string body) =>
        [
            .. Piece()
                .Matches(body)
                .SelectMany(piece =>
                    piece.Value[0] == '⟦'
                        ? Convert.FromHexString(piece.Value.Trim('⟦', '⟧'))
                        : Encoding.UTF8.GetBytes(piece.Value)
                ),
        ];

    private static (string Name, string Value) Split(string header)
    {
        var colon = header.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? (header, "") : (header[..colon], header[(colon + 1)..].Trim());
    }

    [GeneratedRegex(
        @"\A(?<method>[A-Z]+) (?<path>\S+)(?: \[(?<headers>§json[^\]]*|[A-Z][A-Za-z-]+: [^\]]*)\])?(?: (?<body>.*))?\z"
    )]
    private static partial Regex Form();

    [GeneratedRegex("⟦[0-9a-f]+⟧|[^⟦]+")]
    private static partial Regex Piece();
}
