namespace AlertHub.Text.RegularExpressions;

/// <summary>Classes of characters in brackets.</summary>
internal sealed partial class PatternParser
{
    private void Class()
    {
        var start = at++;
        var negated = at < text.Length && text[at] == '^';
        at += negated ? 1 : 0;
        var ranges = new List<(int, int)>();
        for (var first = true; objection is null && (first || at >= text.Length || text[at] != ']'); first = false)
        {
            if (Posix() is { } posix)
            {
                ranges.AddRange(posix.Ranges);
            }
            else if (objection is null && at < text.Length && text[at] == '\\' && NamedSet() is { } named)
            {
                ranges.AddRange(named.Ranges);
            }
            else if (objection is null && Range(start) is { } range)
            {
                ranges.AddRange(
                    RuneSet.Of(range) is var set && flags.HasFlag(Flags.FoldCase) ? set.FoldCase().Ranges : [range]
                );
            }
        }

        at++;
        if (objection is null)
        {
            Add(negated ? RuneSet.Of(ranges).Negate() : RuneSet.Of(ranges));
        }
    }

    /// <summary><c>[:alpha:]</c> and <c>[:^alpha:]</c>; null where something else stands here.</summary>
    private RuneSet? Posix()
    {
        var end = text.AsSpan(at).StartsWith("[:") ? text.IndexOf(":]", at + 2, StringComparison.Ordinal) : -1;
        if (end < 0)
        {
            return null;
        }

        var negated = text[at + 2] == '^';
        if (UnicodeSets.PosixClass(text[(at + (negated ? 3 : 2))..end]) is not { } set)
        {
            Refuse("there is no such class of characters", at, end + 2);
            return null;
        }

        at = end + 2;
        return Signed(set, negated);
    }

    private (int, int)? Range(int start)
    {
        var from = at;
        if (ClassRune(start) is not { } low)
        {
            return null;
        }

        if (at + 1 >= text.Length || text[at] != '-' || text[at + 1] == ']')
        {
            return (low, low);
        }

        at++;
        if (ClassRune(start) is not { } high)
        {
            return null;
        }

        if (high < low)
        {
            Refuse("a range goes from low to high", from, at);
            return null;
        }

        return (low, high);
    }

    private int? ClassRune(int start)
    {
        if (at >= text.Length)
        {
            Refuse("\"]\" is missing", start, text.Length);
            return null;
        }

        return text[at] == '\\' ? Escape() : Rune();
    }
}
