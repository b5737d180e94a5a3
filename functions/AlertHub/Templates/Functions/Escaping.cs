using System.Buffers;
using System.Globalization;
using System.Text;
using AlertHub.Templates.Values;
using AlertHub.Text;

namespace AlertHub.Templates.Functions;

/// <summary><c>html</c>, <c>js</c> and <c>urlquery</c>: what the author of a template asks for, whatever the place.</summary>
internal static class Escaping
{
    private static readonly SearchValues<char> HtmlSpecial = SearchValues.Create("'\"&<>\0");

    public static string Html(string text)
    {
        if (!text.AsSpan().ContainsAny(HtmlSpecial))
        {
            return text;
        }

        var escaped = new StringBuilder(text.Length + 16);
        foreach (var c in text)
        {
            _ = c switch
            {
                '"' => escaped.Append("&#34;"),
                '\'' => escaped.Append("&#39;"),
                '&' => escaped.Append("&amp;"),
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '\0' => escaped.Append('\uFFFD'),
                _ => escaped.Append(c),
            };
        }

        return escaped.ToString();
    }

    public static string JavaScript(string text)
    {
        var escaped = new StringBuilder(text.Length + 16);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c >= 0x80)
            {
                var status = Rune.DecodeFromUtf16(text.AsSpan(i), out var rune, out var units);
                if (status != OperationStatus.Done || GoString.IsPrintable(rune))
                {
                    escaped.Append(text, i, units);
                }
                else
                {
                    escaped.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:X4}");
                }

                i += units - 1;
                continue;
            }

            _ = c switch
            {
                '\\' => escaped.Append("\\\\"),
                '\'' => escaped.Append("\\'"),
                '"' => escaped.Append("\\\""),
                '<' or '>' or '&' or '=' or < ' ' => escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}"),
                _ => escaped.Append(c),
            };
        }

        return escaped.ToString();
    }

    public static string UrlQuery(string text)
    {
        var escaped = new StringBuilder(text.Length + 16);
        foreach (var b in Utf8.Bytes(text))
        {
            _ = b switch
            {
                (byte)' ' => escaped.Append('+'),
                (byte)'-' or (byte)'_' or (byte)'.' or (byte)'~' => escaped.Append((char)b),
                < 0x80 when char.IsAsciiLetterOrDigit((char)b) => escaped.Append((char)b),
                _ => escaped.Append(CultureInfo.InvariantCulture, $"%{b:X2}"),
            };
        }

        return escaped.ToString();
    }
}
