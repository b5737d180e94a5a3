using System.Globalization;
using System.Text;

namespace AlertHub.Templates.Html;

/// <summary>Reads CSS as far as it takes to tell code, strings, addresses and comments apart.</summary>
internal static class StyleSteps
{
    private const string White = "\t\n\f\r ";

    public static HtmlContext Step(HtmlContext context, ReadOnlySpan<char> text, out int read)
    {
        switch (context.State)
        {
            case HtmlState.Style:
                return InCode(context, text, out read);
            case HtmlState.StyleBlockComment:
                var end = text.IndexOf("*/");
                read = end < 0 ? text.Length : end + 2;
                return end < 0 ? context : context with { State = HtmlState.Style };
            case HtmlState.StyleLineComment:
                var line = text.IndexOfAny('\n', '\f', '\r');
                read = line < 0 ? text.Length : line;
                return line < 0 ? context : context with { State = HtmlState.Style };
            default:
                return InString(context, text, out read);
        }
    }

    private static HtmlContext InCode(HtmlContext context, ReadOnlySpan<char> text, out int read)
    {
        for (var at = 0; ; at++)
        {
            var next = text[at..].IndexOfAny("(\"'/");
            if (next < 0)
            {
                read = text.Length;
                return context;
            }

            at += next;
            switch (text[at])
            {
                case '"':
                    read = at + 1;
                    return context with { State = HtmlState.StyleDoubleQuoted };
                case '\'':
                    read = at + 1;
                    return context with { State = HtmlState.StyleSingleQuoted };
                case '/' when at + 1 < text.Length && text[at + 1] is '/' or '*':
                    read = at + 2;
                    return context with
                    {
                        State = text[at + 1] == '/' ? HtmlState.StyleLineComment : HtmlState.StyleBlockComment,
                    };
                case '(' when EndsInUrl(text[..at].TrimEnd(White)):
                    var argument = text[(at + 1)..].TrimStart(White);
                    read = text.Length - argument.Length;
                    if (argument.Length > 0 && argument[0] is '"' or '\'')
                    {
                        read++;
                        return context with
                        {
                            State =
                                argument[0] == '"' ? HtmlState.StyleDoubleQuotedUrl : HtmlState.StyleSingleQuotedUrl,
                        };
                    }

                    return context with
                    {
                        State = HtmlState.StyleUrl,
                    };
            }
        }
    }

    /// <summary>Every string counts as an address: it could be one.</summary>
    private static HtmlContext InString(HtmlContext context, ReadOnlySpan<char> text, out int read)
    {
        var specials = context.State switch
        {
            HtmlState.StyleDoubleQuoted or HtmlState.StyleDoubleQuotedUrl => "\\\"",
            HtmlState.StyleSingleQuoted or HtmlState.StyleSingleQuotedUrl => "\\'",
            _ => "\\\t\n\f\r )",
        };
        for (var at = 0; ; )
        {
            var next = text[at..].IndexOfAny(specials);
            if (next < 0)
            {
                read = text.Length;
                return MarkupSteps.InUrl(context, Decode(text[at..]));
            }

            var special = at + next;
            if (text[special] != '\\')
            {
                read = special + 1;
                return context with { State = HtmlState.Style };
            }

            if (special + 1 == text.Length)
            {
                read = text.Length;
                return HtmlContext.Failure(
                    $"a value stands behind the backslash of a style's string: {MarkupSteps.Quoted(text)}"
                );
            }

            at = special + 2;
            context = MarkupSteps.InUrl(context, Decode(text[..at]));
        }
    }

    private static bool EndsInUrl(ReadOnlySpan<char> code) =>
        code.EndsWith("url", StringComparison.OrdinalIgnoreCase) && (code.Length == 3 || !IsNameCharacter(code[^4]));

    public static bool IsNameCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' || c >= 0x80;

    /// <summary>CSS with its escapes resolved: <c>\2f</c>, <c>\"</c>.</summary>
    public static string Decode(ReadOnlySpan<char> text)
    {
        if (!text.Contains('\\'))
        {
            return text.ToString();
        }

        var decoded = new StringBuilder(text.Length);
        while (text.IndexOf('\\') is >= 0 and var slash)
        {
            decoded.Append(text[..slash]);
            text = text[(slash + 1)..];
            if (text.Length == 0)
            {
                break;
            }

            if (!char.IsAsciiHexDigit(text[0]))
            {
                decoded.Append(text[0]);
                text = text[1..];
                continue;
            }

            var digits = 1;
            while (digits < Math.Min(text.Length, 6) && char.IsAsciiHexDigit(text[digits]))
            {
                digits++;
            }

            var code = int.Parse(text[..digits], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            if (code > 0x10FFFF)
            {
                (code, digits) = (code / 16, digits - 1);
            }

            decoded.Append((Rune.TryCreate(code, out var rune) ? rune : Rune.ReplacementChar).ToString());
            text = WithoutSpace(text[digits..]);
        }

        return decoded.Append(text).ToString();
    }

    /// <summary>One space may end an escape.</summary>
    private static ReadOnlySpan<char> WithoutSpace(ReadOnlySpan<char> text) =>
        text switch
        {
            ['\r', '\n', ..] => text[2..],
            ['\t' or '\n' or '\f' or '\r' or ' ', ..] => text[1..],
            _ => text,
        };
}
