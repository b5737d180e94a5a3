using System.Globalization;
using System.Text;

namespace AlertHub.Templates.Html;

/// <summary>
/// Character references in attributes. Those by name are only the ASCII ones, because only ASCII means anything to the
/// languages that are read out of attributes.
/// </summary>
internal static class Entities
{
    public static string Decode(ReadOnlySpan<char> text)
    {
        if (!text.Contains('&'))
        {
            return text.ToString();
        }

        var decoded = new StringBuilder(text.Length);
        while (text.IndexOf('&') is >= 0 and var start)
        {
            decoded.Append(text[..start]);
            text = text[start..];
            var length = Reference(text, out var character);
            decoded.Append(length > 0 ? character : "&");
            text = text[Math.Max(length, 1)..];
        }

        return decoded.Append(text).ToString();
    }

    /// <summary>How long the reference is that <paramref name="text"/> begins with; 0 for none.</summary>
    private static int Reference(ReadOnlySpan<char> text, out string character)
    {
        character = "";
        if (text.Length > 1 && text[1] == '#')
        {
            return Number(text, out character);
        }

        var name = text[1..];
        var end = name.IndexOfAnyExceptInRange('A', 'z');
        name = end < 0 ? name : name[..end];
        character = Named(name);
        if (character.Length > 0)
        {
            return name.Length + 1 + (end >= 0 && text[name.Length + 1] == ';' ? 1 : 0);
        }

        return 0;
    }

    private static int Number(ReadOnlySpan<char> text, out string character)
    {
        character = "";
        var hex = text.Length > 2 && text[2] is 'x' or 'X';
        var digits = text[(hex ? 3 : 2)..];
        var end = 0;
        while (end < digits.Length && (hex ? char.IsAsciiHexDigit(digits[end]) : char.IsAsciiDigit(digits[end])))
        {
            end++;
        }

        if (end == 0)
        {
            return 0;
        }

        var known = int.TryParse(
            digits[..end],
            hex ? NumberStyles.AllowHexSpecifier : NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var code
        );
        character = (known && code != 0 && Rune.TryCreate(code, out var rune) ? rune : Rune.ReplacementChar).ToString();
        return (hex ? 3 : 2) + end + (end < digits.Length && digits[end] == ';' ? 1 : 0);
    }

    private static string Named(ReadOnlySpan<char> name) =>
        name switch
        {
            "Tab" => "\t",
            "NewLine" => "\n",
            "excl" => "!",
            "quot" or "QUOT" => "\"",
            "num" => "#",
            "dollar" => "$",
            "percnt" => "%",
            "amp" or "AMP" => "&",
            "apos" => "'",
            "lpar" => "(",
            "rpar" => ")",
            "ast" or "midast" => "*",
            "plus" => "+",
            "comma" => ",",
            "period" => ".",
            "sol" => "/",
            "colon" => ":",
            "semi" => ";",
            "lt" or "LT" => "<",
            "equals" => "=",
            "gt" or "GT" => ">",
            "quest" => "?",
            "commat" => "@",
            "lsqb" or "lbrack" => "[",
            "bsol" => "\\",
            "rsqb" or "rbrack" => "]",
            "Hat" => "^",
            "lowbar" => "_",
            "grave" => "`",
            "lcub" or "lbrace" => "{",
            "verbar" or "vert" => "|",
            "rcub" or "rbrace" => "}",
            _ => "",
        };
}
