using System.Text;

namespace AlertHub.Matching;

/// <summary>
/// Matchers as Alertmanager read them before 0.27: label names of ASCII letters, digits, <c>_</c> and <c>:</c>; values with
/// or without double quotes, in which a backslash stands for itself but before <c>n</c>, <c>"</c> and <c>\</c>.
/// </summary>
internal static class ClassicGrammar
{
    /// <summary>Tolerant as the original: one leading and one trailing brace are dropped, whether or not both are there.</summary>
    public static IReadOnlyList<Matcher>? ParseList(string text, out string? objection)
    {
        objection = null;
        var matchers = new List<Matcher>();
        foreach (var part in Split(text))
        {
            if (ParseOne(part, out objection) is not { } matcher)
            {
                return null;
            }

            matchers.Add(matcher);
        }

        return matchers;
    }

    public static Matcher? ParseOne(string text, out string? objection)
    {
        // The white space of RE2's \s, with which the original takes a matcher apart.
        const string Space = " \t\n\f\r";
        var rest = text.AsSpan().Trim(Space);
        var end = 0;
        while (
            end < rest.Length
            && (char.IsAsciiLetter(rest[end]) || rest[end] is '_' or ':' || (end > 0 && char.IsAsciiDigit(rest[end])))
        )
        {
            end++;
        }

        var name = rest[..end].ToString();
        var afterName = rest[end..].TrimStart(Space);
        if (end == 0 || Operators.At(afterName) is not { } found)
        {
            objection =
                end == 0
                    ? $"\"{text}\" is no matcher: a label name is expected first, as in severity=\"page\""
                    : $"\"{text}\" is no matcher: =, !=, =~ or !~ is expected after \"{name}\"";
            return null;
        }

        return Unescape(afterName[found.Length..].TrimStart(Space).ToString(), out objection) is { } value
            ? Matcher.Create(name, found.Operator, value, out objection)
            : null;
    }

    /// <summary>At commas outside of double quotes.</summary>
    private static List<string> Split(string text)
    {
        var inner = text.AsSpan(text.StartsWith('{') ? 1 : 0);
        inner = inner.EndsWith("}") ? inner[..^1] : inner;

        var parts = new List<string>();
        var (quoted, escaped, start) = (false, false, 0);
        for (var i = 0; i < inner.Length; i++)
        {
            switch (inner[i])
            {
                case ',' when !quoted:
                    parts.Add(inner[start..i].ToString());
                    start = i + 1;
                    break;
                case ',':
                    // A backslash before a comma still escapes what follows the comma; so did the original.
                    break;
                case '"':
                    quoted = escaped ? quoted : !quoted;
                    escaped = false;
                    break;
                case '\\':
                    escaped = !escaped;
                    break;
                default:
                    escaped = false;
                    break;
            }
        }

        var last = inner[start..].Trim();
        if (!last.IsEmpty)
        {
            parts.Add(last.ToString());
        }

        return parts;
    }

    private static string? Unescape(string written, out string? objection)
    {
        var begins = written.StartsWith('"');
        var inner = written.AsSpan(begins ? 1 : 0);
        var (value, closed) = (new StringBuilder(inner.Length), false);
        for (var i = 0; i < inner.Length; i++)
        {
            var last = i == inner.Length - 1;
            if (inner[i] == '\\' && !last)
            {
                i++;
                _ = inner[i] switch
                {
                    'n' => value.Append('\n'),
                    '"' or '\\' => value.Append(inner[i]),
                    var other => value.Append('\\').Append(other),
                };
            }
            else if (inner[i] != '"')
            {
                value.Append(inner[i]);
            }
            else if (begins && last)
            {
                closed = true;
            }
            else
            {
                objection = $"the value {written} has a double quote inside: write \\\" for it";
                return null;
            }
        }

        objection = begins && !closed ? $"the value {written} lacks its closing double quote" : null;
        return objection is null ? value.ToString() : null;
    }
}
