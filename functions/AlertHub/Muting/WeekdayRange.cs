namespace AlertHub.Muting;

/// <summary>Days of the week from one to another, both included. The week begins on Sunday and a range does not pass its end.</summary>
public readonly record struct WeekdayRange
{
    private static readonly string[] Names =
    [
        "sunday",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
    ];

    private WeekdayRange(DayOfWeek first, DayOfWeek last) => (First, Last) = (first, last);

    public DayOfWeek First { get; }

    public DayOfWeek Last { get; }

    /// <summary><c>monday</c> or <c>monday:friday</c>, or null and what is wrong with it.</summary>
    public static WeekdayRange? Parse(string text, out string? objection)
    {
        if (RangeText.Parse(text, Day, out objection) is not var (first, last))
        {
            return null;
        }

        if (first <= last)
        {
            return new((DayOfWeek)first, (DayOfWeek)last);
        }

        objection =
            $"\"{text}\" ends before it begins: the week begins on sunday; write two ranges, one up to saturday and one from sunday";
        return null;
    }

    private static long? Day(string text, out string? objection)
    {
        var day = Array.IndexOf(Names, text);
        objection = day < 0 ? $"\"{text}\" is not a weekday; write its name in full, as in \"monday:friday\"" : null;
        return day < 0 ? null : day;
    }

    internal bool Contains(DateTime local) => local.DayOfWeek >= First && local.DayOfWeek <= Last;

    public override string ToString() => First == Last ? Names[(int)First] : $"{Names[(int)First]}:{Names[(int)Last]}";
}
