using System.Text;

namespace AlertHub.Templates.Html;

/// <summary>Values in the text of a page and in its attributes.</summary>
internal static class HtmlEscaping
{
    /// <summary>What stands for a value that may not stand where it would; the name Go gave it is searched for.</summary>
    public const string Refused = "ZgotmplZ";

    /// <summary>For text and for attributes in quotes.</summary>
    public static string Text(string value) => Replace(value, ampersands: true, spaces: false);

    /// <summary>The same for what is HTML already: its character references stand.</summary>
    public static string Markup(string value) => Replace(value, ampersands: false, spaces: false);

    /// <summary>For attributes without quotes. Nothing at all would make the next attribute the value of this one.</summary>
    public static string Unquoted(string value) =>
        value.Length == 0 ? Refused : Replace(value, ampersands: true, spaces: true);

    public static string UnquotedMarkup(string value) =>
        value.Length == 0 ? Refused : Replace(value, ampersands: false, spaces: true);

    /// <summary>A part of an attribute's name, if such a name gives its value no meaning but text.</summary>
    public static string AttributeName(string value)
    {
        var name = value.ToLowerInvariant();
        return
            name.Length > 0
            && Attributes.KindOf(name) == AttributeKind.Plain
            && name.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c))
            ? name
            : Refused;
    }

    private static string Replace(string value, bool ampersands, bool spaces)
    {
        StringBuilder? escaped = null;
        for (var i = 0; i < value.Length; i++)
        {
            var replacement = value[i] switch
            {
                '\0' => spaces ? "&#xfffd;" : "\uFFFD",
                '"' => "&#34;",
                '&' when ampersands => "&amp;",
                '\'' => "&#39;",
                '+' => "&#43;",
                '<' => "&lt;",
                '>' => "&gt;",
                '\t' when spaces => "&#9;",
                '\n' when spaces => "&#10;",
                '\v' when spaces => "&#11;",
                '\f' when spaces => "&#12;",
                '\r' when spaces => "&#13;",
                ' ' when spaces => "&#32;",
                '=' when spaces => "&#61;",
                '`' when spaces => "&#96;",
                >= '\ufdd0' and <= '\ufdef' or >= '\ufff0' when spaces => $"&#x{(int)value[i]:x};",
                _ => null,
            };
            if (replacement is not null)
            {
                escaped ??= new StringBuilder(value, 0, i, value.Length + 16);
            }

            _ = replacement is null ? escaped?.Append(value[i]) : escaped?.Append(replacement);
        }

        return escaped?.ToString() ?? value;
    }
}
