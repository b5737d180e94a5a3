using System.Globalization;
using System.Text;
using AlertHub.Templates.Values;
using AlertHub.Text;

namespace AlertHub.Templates.Printing;

/// <summary>Strings in Go's quotes, with the bytes that are no UTF-8.</summary>
internal static class Quotation
{
    public static string Of(string text, bool asciiOnly)
    {
        if (Utf8.IsProper(text))
        {
            return asciiOnly ? GoString.QuoteAscii(text) : GoString.Quote(text);
        }

        var quoted = new StringBuilder("\"");
        var from = 0;
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && !Utf8.IsLoneByte(text, i))
            {
                continue;
            }

            var part = asciiOnly ? GoString.QuoteAscii(text[from..i]) : GoString.Quote(text[from..i]);
            quoted.Append(part.AsSpan(1, part.Length - 2));
            if (i < text.Length)
            {
                quoted.Append(CultureInfo.InvariantCulture, $"\\x{text[i] - Utf8.Byte(0):x2}");
            }

            from = i + 1;
        }

        return quoted.Append('"').ToString();
    }

    public static string OfRuneInAscii(long value)
    {
        var quoted = GoString.QuoteRune(value);
        if (Ascii.IsValid(quoted))
        {
            return quoted;
        }

        var ascii = GoString.QuoteAscii(quoted[1..^1]);
        return $"'{ascii[1..^1]}'";
    }
}
