using System.Globalization;
using System.Text;

namespace AlertHub.Text.RegularExpressions;

/// <summary>
/// What takes the place of a match, as Go's Regexp.Expand reads it: <c>$1</c>, <c>${1}</c>, <c>$name</c> (as long a name as
/// there can be: <c>$1x</c> is the group "1x"), <c>$$</c> for a dollar. A group that is not there is empty.
/// </summary>
internal sealed class Replacement
{
    /// <summary>Text as it is, or the groups of which the first that took part is meant.</summary>
    private readonly List<(string Text, int[] Groups)> parts = [];

    public Replacement(string template, IReadOnlyList<(string Name, int Group)> names)
    {
        var at = 0;
        while (template.IndexOf('$', at) is var dollar and >= 0)
        {
            parts.Add((template[at..dollar], []));
            at = dollar + 1;
            if (at < template.Length && template[at] == '$')
            {
                parts.Add(("$", []));
                at++;
            }
            else if (Name(template, ref at) is { } name)
            {
                int[] groups = Number(name) is { } number
                    ? [number]
                    : [.. names.Where(n => n.Name == name).Select(n => n.Group)];
                parts.Add(("", groups));
            }
            else
            {
                parts.Add(("$", []));
            }
        }

        parts.Add((template[at..], []));
    }

    /// <summary>Stops where the target has more than <paramref name="most"/> characters.</summary>
    public void Append(StringBuilder target, string text, int[] marks, int most)
    {
        foreach (var (literal, groups) in parts)
        {
            if (target.Length > most)
            {
                return;
            }

            target.Append(literal);
            foreach (var group in groups)
            {
                var begin = (2 * group) + 1 < marks.Length ? marks[2 * group] : -1;
                if (begin >= 0)
                {
                    target.Append(text, begin, marks[(2 * group) + 1] - begin);
                    break;
                }
            }
        }
    }

    private static string? Name(string template, ref int at)
    {
        var braced = at < template.Length && template[at] == '{';
        var start = braced ? at + 1 : at;
        var end = start;
        while (end < template.Length && IsNamePart(template, end, out var length))
        {
            end += length;
        }

        if (end == start || (braced && (end == template.Length || template[end] != '}')))
        {
            return null;
        }

        at = braced ? end + 1 : end;
        return template[start..end];
    }

    private static bool IsNamePart(string template, int at, out int length)
    {
        Rune.DecodeFromUtf16(template.AsSpan(at), out var rune, out length);
        return rune.Value == '_'
            || Rune.IsLetter(rune)
            || Rune.GetUnicodeCategory(rune) == UnicodeCategory.DecimalDigitNumber;
    }

    /// <summary>Null for what is no number, or one with a zero before it: that is a name then.</summary>
    private static int? Number(string name) =>
        name.All(char.IsAsciiDigit) && name.Length <= 8 && (name.Length == 1 || name[0] != '0')
            ? int.Parse(name, NumberStyles.None, CultureInfo.InvariantCulture)
            : null;
}
