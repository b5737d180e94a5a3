using System.Buffers;
using System.Text;

namespace AlertHub.Templates.Html;

/// <summary>Values in styles.</summary>
internal static class StyleEscaping
{
    private static readonly SearchValues<char> Special = SearchValues.Create("\0\"'()/;@[\\]`{}<>");

    /// <summary>In a string.</summary>
    public static string String(string value)
    {
        StringBuilder? escaped = null;
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            var replacement = c switch
            {
                '\\' => "\\\\",
                '\0' or '\t' or '\n' or '\f' or '\r' => $"\\{(int)c:x}",
                '"' or '&' or '\'' or '(' or ')' or '+' or '/' or ':' or ';' or '<' or '>' or '{' or '}' =>
                    $"\\{(int)c:x}",
                _ => null,
            };
            if (replacement is null)
            {
                escaped?.Append(c);
                continue;
            }

            escaped ??= new StringBuilder(value, 0, i, value.Length + 16);
            escaped.Append(replacement);

            // What follows would belong to the escape.
            var end = i + 1 == value.Length;
            if (
                c != '\\'
                && (end || char.IsAsciiHexDigit(value[i + 1]) || value[i + 1] is '\t' or '\n' or '\f' or '\r' or ' ')
            )
            {
                escaped.Append(' ');
            }
        }

        return escaped?.ToString() ?? value;
    }

    /// <summary>Outside strings: a word, number, colour or part of one; what could begin anything else is refused.</summary>
    public static string Value(string value)
    {
        var decoded = StyleSteps.Decode(value);
        if (decoded.AsSpan().ContainsAny(Special) || decoded.Contains("--", StringComparison.Ordinal))
        {
            return HtmlEscaping.Refused;
        }

        var letters = string.Concat(decoded.Where(static c => c < 0x80 && c != '-' && StyleSteps.IsNameCharacter(c)));
        return
            letters.Contains("expression", StringComparison.OrdinalIgnoreCase)
            || letters.Contains("mozbinding", StringComparison.OrdinalIgnoreCase)
            ? HtmlEscaping.Refused
            : decoded;
    }
}
