using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using AlertHub.Alerts;

namespace AlertHub.Sources;

/// <summary>
/// Whatever no other source understands: plain text, any JSON, any bytes. It is shown as it came, and above that what seems to be the gist.
/// </summary>
internal static class Unrecognised
{
    /// <summary>
    /// How much of it is shown, in bytes and in characters: more than any destination takes, and little beside what deep
    /// nesting, indented, would grow to.
    /// </summary>
    private const int MostShown = 16 * 1024;

    private const int TitleLength = 150;

    private static readonly TimeSpan LongestAgo = TimeSpan.FromDays(1);

    /// <summary>A title that no destination cuts, whatever stands around it.</summary>
    private const int ShortTitleLength = 80;

    private static readonly JsonWriterOptions Indented = new()
    {
        Indented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static Reading Read(Inbound inbound, JsonElement? root)
    {
        var raw = root switch
        {
            { ValueKind: JsonValueKind.Object or JsonValueKind.Array } json when inbound.Body.Length <= MostShown =>
                Pretty(json),
            { ValueKind: JsonValueKind.String } text => text.AsText() ?? "",
            _ => Readable.Text(inbound.Body[..Math.Min(inbound.Body.Length, MostShown)]),
        };
        raw = Shortened(raw.TrimEnd(), inbound.Body.Length);
        var gist = root is { } document ? Gist.Of(document) : null;
        var title =
            Readable.Line(inbound.Subject, TitleLength)
            ?? Readable.Line(gist?.Title, TitleLength)
            ?? (
                (root is null or { ValueKind: JsonValueKind.String }) && HasTitle(inbound, raw)
                    ? Readable.Line(raw, TitleLength)
                    : null
            );
        var alert = new Alert
        {
            // Two different messages are two alerts; the same one sent again is the same alert.
            Labels = Labels
                .Of(
                    new Label(Label.AlertName, title ?? "Unrecognised message"),
                    new Label(Label.Message, inbound.Hash),
                    new Label("severity", gist?.Severity ?? ""),
                    new Label("resource", gist?.Resource ?? ""),
                    new Label("topic", inbound.Topic ?? ""),
                    new Label("account", root?.Text("account") ?? Arn.Parse(inbound.Topic)?.Account ?? ""),
                    new Label("region", root?.Text("region") ?? Arn.Parse(inbound.Topic)?.Region ?? "")
                )
                .WithoutEmpty(),
            Annotations = Labels
                .Of(
                    new Label(Annotation.Summary, raw.Length == 0 ? "The message is empty." : gist?.Text ?? ""),
                    new Label("state", gist?.State ?? ""),
                    new Label("link" + Annotation.UrlSuffix, gist?.Link?.AbsoluteUri ?? ""),
                    new Label(Annotation.Raw, raw == title && raw.Length <= ShortTitleLength ? "" : raw)
                )
                .WithoutEmpty(),
            // What was made long ago is something else than what is said now.
            StartsAt =
                gist?.At is { } at && at < inbound.ReceivedAt && at > inbound.ReceivedAt - LongestAgo
                    ? at
                    : inbound.ReceivedAt,
        };
        return new() { Kind = "unrecognised", Alerts = [alert] };
    }

    /// <summary>The first line of bytes in base64, of broken JSON or of a page is no title.</summary>
    private static bool HasTitle(Inbound inbound, string raw) =>
        raw is not ['{' or '[' or '<', ..]
        && !Readable.IsBinary(Encoding.UTF8.GetString(Readable.Utf8(inbound.Body).Span));

    private static string Shortened(string raw, int bytes) =>
        raw.Length > MostShown || bytes > MostShown
            ? $"{Readable.Beginning(raw, MostShown)}\n... of {bytes} bytes"
            : raw;

    private static string Pretty(JsonElement json)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Indented))
        {
            json.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }
}
