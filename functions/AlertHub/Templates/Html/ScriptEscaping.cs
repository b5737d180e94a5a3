using System.Text;

namespace AlertHub.Templates.Html;

/// <summary>Values in the literals of scripts. What is special to HTML is escaped with them.</summary>
internal static class ScriptEscaping
{
    public static string String(string value) =>
        Replace(
            value,
            static c =>
                c is '/' or '\\' ? $"\\{c}"
                : IsSpecial(c) ? Code(c)
                : null
        );

    /// <summary>For a template literal, in which <c>${</c> begins code.</summary>
    public static string Template(string value) =>
        Replace(
            value,
            static c =>
                c is '/' or '\\' ? $"\\{c}"
                : IsSpecial(c) || c is '$' or '{' or '}' ? Code(c)
                : null
        );

    public static string Regex(string value) =>
        value.Length == 0
            // Two slashes would be a comment.
            ? "(?:)"
            : Replace(
                value,
                static c =>
                    "$()*-./?[\\]^{|}".Contains(c) ? $"\\{c}"
                    : IsSpecial(c) && c != '`' ? Code(c)
                    : null
            );

    /// <summary>
    /// JSON as a value in a script: a word is kept apart from the words around it.
    /// </summary>
    public static string Value(string json) =>
        json.Length == 0 ? " null "
        : ScriptSteps.IsNamePart(json[0]) || ScriptSteps.IsNamePart(json[^1]) ? $" {json} "
        : json;

    private static bool IsSpecial(char c) => c is '"' or '\'' or '`' or '&' or '+' or '<' or '>';

    private static string Code(char c) => $"\\u{(int)c:x4}";

    private static string Replace(string value, Func<char, string?> special)
    {
        StringBuilder? escaped = null;
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            var replacement = c switch
            {
                '\t' => "\\t",
                '\n' => "\\n",
                '\f' => "\\f",
                '\r' => "\\r",
                < ' ' or '\u2028' or '\u2029' => Code(c),
                _ => special(c),
            };
            if (replacement is not null)
            {
                escaped ??= new StringBuilder(value, 0, i, value.Length + 16);
            }

            _ = replacement is null ? escaped?.Append(c) : escaped?.Append(replacement);
        }

        return escaped?.ToString() ?? value;
    }
}
