namespace AlertHub.Muting;

/// <summary>Days of the month, both ends included: 1 to 31, or -1 for the last day to -31.</summary>
public readonly record struct DayOfMonthRange
{
    private const int ShortestMonth = 28;

    private DayOfMonthRange(int first, int last) => (First, Last) = (first, last);

    public int First { get; }

    public int Last { get; }

    /// <summary><c>5</c>, <c>1:5</c>, <c>-3:-1</c>, <c>10:-1</c>, or null and what is wrong with it.</summary>
    public static DayOfMonthRange? Parse(string text, out string? objection)
    {
        if (RangeText.Parse(text, Day, out objection) is not var (first, last))
        {
            return null;
        }

        objection = (first, last) switch
        {
            (< 0, > 0) => $"\"{text}\" begins at a day counted from the end of the month, so it must end at one too",
            _ when InShortestMonth(first) > InShortestMonth(last) =>
                $"\"{text}\" ends before it begins, in February at least",
            _ => null,
        };
        return objection is null ? new((int)first, (int)last) : null;
    }

    private static long? Day(string text, out string? objection)
    {
        var day = RangeText.Number(text);
        objection = day is (>= -31 and <= -1) or (>= 1 and <= 31)
            ? null
            : $"\"{text}\" is not a day of the month; write 1 to 31, or -1 (the last day) to -31";
        return objection is null ? day : null;
    }

    /// <summary>As Alertmanager has it, one less than the day itself: <c>28:-1</c> is refused, <c>27:-1</c> is not.</summary>
    private static long InShortestMonth(long day) => day < 0 ? ShortestMonth + day : day;

    internal bool Contains(DateTime local)
    {
        var length = DateTime.DaysInMonth(local.Year, local.Month);
        var first = First < 0 ? length + First + 1 : First;
        var last = Last < 0 ? length + Last + 1 : Last;

        // An end that the month does not have needs no clamping: its last day is before it, and day 1 after what is
        // counted back beyond its beginning. A beginning that the month does not have holds none of its days.
        return local.Day >= first && local.Day <= last;
    }

    public override string ToString() => RangeText.Print(First, Last);
}
