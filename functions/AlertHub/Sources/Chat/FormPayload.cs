using System.Text;
using System.Text.Json;

namespace AlertHub.Sources.Chat;

/// <summary>JSON in a form, <c>payload=%7B...</c>: the older way to post to Slack's webhooks, and what curl makes of <c>-d</c>.</summary>
internal static class FormPayload
{
    private const string Member = "payload=";

    /// <summary>Null where the bytes are none.</summary>
    public static JsonElement? Parse(ReadOnlyMemory<byte> body)
    {
        var text = body.Span.StartsWith("payload="u8) ? Encoding.UTF8.GetString(body.Span[Member.Length..]) : null;
        return text is null
            ? null
            : ForeignJson.Parse(Uri.UnescapeDataString(text.Split('&')[0].Replace('+', ' ')).Trim());
    }
}
