namespace AlertHub.Muting;

/// <summary>Months of the year from one to another, both included, 1 being January.</summary>
public readonly record struct MonthRange
{
    private static readonly string[] Names =
    [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];

    private MonthRange(long first, long last) => (First, Last) = (first, last);

    /// <summary>As written: Alertmanager takes numbers that no month has, and no moment is in them.</summary>
    public long First { get; }

    /// <inheritdoc cref="First"/>
    public long Last { get; }

    /// <summary><c>may</c>, <c>5</c>, <c>january:march</c>, or null and what is wrong with it.</summary>
    public static MonthRange? Parse(string text, out string? objection)
    {
        if (RangeText.Parse(text, Month, out objection) is not var (first, last))
        {
            return null;
        }

        if (first <= last)
        {
            return new(first, last);
        }

        objection = $"\"{text}\" ends before it begins; write two ranges, one up to december and one from january";
        return null;
    }

    private static long? Month(string text, out string? objection)
    {
        var month = Array.IndexOf(Names, text) is var index and >= 0 ? index + 1 : RangeText.Number(text);
        objection = month is null ? $"\"{text}\" is not a month; write its name in full or its number, 1 to 12" : null;
        return month;
    }

    internal bool Contains(DateTime local) => local.Month >= First && local.Month <= Last;

    public override string ToString() => RangeText.Print(First, Last);
}
