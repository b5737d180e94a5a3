namespace AlertHub.Text.RegularExpressions;

/// <summary>A set of characters (code points): sorted ranges with gaps between.</summary>
internal sealed class RuneSet : IEquatable<RuneSet>
{
    public const int LastRune = 0x10FFFF;

    private RuneSet((int Low, int High)[] ranges) => Ranges = ranges;

    public (int Low, int High)[] Ranges { get; }

    public static RuneSet All { get; } = new([(0, LastRune)]);

    public static RuneSet AllButNewLine { get; } = Of(('\n', '\n')).Negate();

    public static RuneSet Word { get; } = Of(('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z'));

    public static RuneSet Digit { get; } = Of(('0', '9'));

    /// <summary>RE2's <c>\s</c>: without the vertical tab.</summary>
    public static RuneSet Space { get; } = Of(('\t', '\n'), ('\f', '\r'), (' ', ' '));

    public static RuneSet Of(params IEnumerable<(int Low, int High)> ranges)
    {
        var merged = new List<(int Low, int High)>();
        foreach (var (low, high) in ranges.Order())
        {
            if (merged.Count > 0 && low <= merged[^1].High + 1)
            {
                merged[^1] = (merged[^1].Low, Math.Max(merged[^1].High, high));
            }
            else
            {
                merged.Add((low, high));
            }
        }

        return new([.. merged]);
    }

    /// <summary>One character, with those that differ from it in case only if they are to be the same.</summary>
    public static RuneSet Single(int rune, bool foldCase) =>
        foldCase ? Of((rune, rune)).FoldCase() : new([(rune, rune)]);

    public RuneSet Negate()
    {
        var gaps = new List<(int, int)>();
        var from = 0;
        foreach (var (low, high) in Ranges)
        {
            if (low > from)
            {
                gaps.Add((from, low - 1));
            }

            from = high + 1;
        }

        if (from <= LastRune)
        {
            gaps.Add((from, LastRune));
        }

        return new([.. gaps]);
    }

    public RuneSet FoldCase()
    {
        var ranges = new List<(int, int)>(Ranges);
        foreach (var (low, high) in Ranges)
        {
            foreach (var rune in CaseFolding.Within(low, high))
            {
                for (var other = CaseFolding.Next(rune); other != rune; other = CaseFolding.Next(other))
                {
                    ranges.Add((other, other));
                }
            }
        }

        return Of(ranges);
    }

    public bool Contains(int rune)
    {
        var (from, to) = (0, Ranges.Length - 1);
        while (from <= to)
        {
            var middle = (from + to) >>> 1;
            if (rune < Ranges[middle].Low)
            {
                to = middle - 1;
            }
            else if (rune > Ranges[middle].High)
            {
                from = middle + 1;
            }
            else
            {
                return true;
            }
        }

        return false;
    }

    public bool Equals(RuneSet? other) => other is not null && Ranges.AsSpan().SequenceEqual(other.Ranges);

    public override bool Equals(object? obj) => Equals(obj as RuneSet);

    public override int GetHashCode() =>
        Ranges.Length == 0 ? 0 : HashCode.Combine(Ranges.Length, Ranges[0], Ranges[^1]);
}
