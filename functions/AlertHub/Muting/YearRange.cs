namespace AlertHub.Muting;

/// <summary>Years from one to another, both included.</summary>
public readonly record struct YearRange
{
    private YearRange(long first, long last) => (First, Last) = (first, last);

    public long First { get; }

    public long Last { get; }

    /// <summary><c>2026</c> or <c>2026:2030</c>, or null and what is wrong with it.</summary>
    public static YearRange? Parse(string text, out string? objection)
    {
        if (RangeText.Parse(text, Year, out objection) is not var (first, last))
        {
            return null;
        }

        if (first <= last)
        {
            return new(first, last);
        }

        objection = $"\"{text}\" ends before it begins; write the earlier year first";
        return null;
    }

    private static long? Year(string text, out string? objection)
    {
        var year = RangeText.Number(text);
        objection = year is null ? $"\"{text}\" is not a year; write a number, as in \"2026:2030\"" : null;
        return year;
    }

    internal bool Contains(DateTime local) => local.Year >= First && local.Year <= Last;

    public override string ToString() => RangeText.Print(First, Last);
}
