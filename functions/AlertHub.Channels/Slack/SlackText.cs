using System.Text;
using AlertHub.Text;

namespace AlertHub.Channels.Slack;

/// <summary>
/// Text for Slack. Only <c>&amp; &lt; &gt;</c> have an escape, and with them escaped nothing can mention, link or
/// inject (https://api.slack.com/reference/surfaces/formatting#escaping); there is none for <c>* _ ~ `</c>, so values
/// go into code spans.
/// </summary>
internal static class SlackText
{
    public static string Escape(string text, int length) => Cut.To(text, length, Escape);

    /// <summary>A value as code on one line.</summary>
    public static string Code(string value, int length) => $"`{Cut.To(OneLine(value), length - 2, EscapeCode)}`";

    /// <summary>Lines as a code block.</summary>
    public static string Block(string text, int length) => $"```{Cut.To(text, length - 6, EscapeCode)}```";

    /// <summary>A link; null where the address is not one of the web or does not fit.</summary>
    public static string? Link(string address, string label, int length)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("https" or "http"))
        {
            return null;
        }

        // AbsoluteUri has no control characters and no < > left; a | would end the address.
        var link =
            $"<{uri.AbsoluteUri.Replace("&", "&amp;", StringComparison.Ordinal).Replace("|", "%7C", StringComparison.Ordinal)}|{Escape(label.Replace('|', ' '), 75)}>";
        return link.Length <= length ? link : null;
    }

    private static string OneLine(string value) => value.ReplaceLineEndings(" ");

    private static string? Escape(Rune rune) =>
        rune.Value switch
        {
            '&' => "&amp;",
            '<' => "&lt;",
            '>' => "&gt;",
            _ => null,
        };

    /// <summary>A backtick would end the code.</summary>
    private static string? EscapeCode(Rune rune) => rune.Value == '`' ? "'" : Escape(rune);
}
