namespace AlertHub.Text;

/// <summary>
/// Patterns for file names as Go has them (path/filepath.Match): <c>*</c> and <c>?</c> stop at a slash, <c>[a-z]</c> and
/// <c>[^a-z]</c> are classes, a backslash takes away a character's meaning.
/// </summary>
public static class GoGlob
{
    /// <summary>Whether a pattern is more than a plain name.</summary>
    public static bool HasMeaning(string pattern) => pattern.AsSpan().ContainsAny("*?[\\");

    /// <summary>What is wrong with a pattern, or null.</summary>
    public static string? Objection(string pattern)
    {
        for (var at = 0; at < pattern.Length; )
        {
            if (Step(pattern, at, candidate: null) is not { } step)
            {
                return pattern[at] == '\\'
                    ? $"\"{pattern}\" ends with a backslash, which stands for nothing there"
                    : $"\"{pattern}\" has a [ that begins no class; write [abc] or [a-z], or \\[ for the bracket itself";
            }

            at = step.Next;
        }

        return null;
    }

    /// <summary>Whether a pattern without objection stands for the whole of a name. Takes time in proportion to both.</summary>
    public static bool IsMatch(string pattern, string name)
    {
        var (at, read) = (0, 0);
        var (star, from) = (-1, 0);
        while (read < name.Length)
        {
            if (at < pattern.Length && pattern[at] == '*')
            {
                (star, from) = (at++, read);
            }
            else if (at < pattern.Length && Step(pattern, at, name[read]) is { Holds: true } step)
            {
                (at, read) = (step.Next, read + 1);
            }
            else if (star >= 0 && name[from] != '/')
            {
                // The last star takes one character more; an earlier one need not, whatever it left this one can have.
                (at, read) = (star + 1, ++from);
            }
            else
            {
                return false;
            }
        }

        return pattern.AsSpan(at).TrimStart('*').IsEmpty;
    }

    /// <summary>One character's worth of pattern: where it ends, and whether it stands for a candidate; null where it is wrong.</summary>
    private static (int Next, bool Holds)? Step(string pattern, int at, char? candidate)
    {
        switch (pattern[at])
        {
            case '*':
                return (at + 1, false);
            case '?':
                return (at + 1, candidate != '/');
            case '[':
                return Class(pattern, at + 1, candidate);
            case '\\':
                return at + 1 < pattern.Length ? (at + 2, pattern[at + 1] == candidate) : null;
            default:
                return (at + 1, pattern[at] == candidate);
        }
    }

    private static (int Next, bool Holds)? Class(string pattern, int at, char? candidate)
    {
        var negated = at < pattern.Length && pattern[at] == '^';
        at += negated ? 1 : 0;
        var (holds, count) = (false, 0);
        while (at < pattern.Length && (pattern[at] != ']' || count == 0))
        {
            if (Member(pattern, ref at) is not { } low)
            {
                return null;
            }

            var high = low;
            if (at < pattern.Length && pattern[at] == '-')
            {
                at++;
                if (Member(pattern, ref at) is not { } end)
                {
                    return null;
                }

                high = end;
            }

            holds |= low <= candidate && candidate <= high;
            count++;
        }

        return at < pattern.Length ? (at + 1, holds != negated) : null;
    }

    private static char? Member(string pattern, ref int at)
    {
        if (at >= pattern.Length || pattern[at] is '-' or ']')
        {
            return null;
        }

        at += pattern[at] == '\\' ? 1 : 0;
        return at < pattern.Length ? pattern[at++] : null;
    }
}
