namespace AlertHub.Muting;

/// <summary>
/// Recurring times. A moment is in it if it is in all of its parts, and in a part if it is in one of its ranges. A part
/// that is null holds always; one that was given without a range holds never.
/// </summary>
public sealed record TimeInterval
{
    public IReadOnlyList<TimeRange>? Times { get; init; }

    public IReadOnlyList<WeekdayRange>? Weekdays { get; init; }

    public IReadOnlyList<DayOfMonthRange>? DaysOfMonth { get; init; }

    public IReadOnlyList<MonthRange>? Months { get; init; }

    public IReadOnlyList<YearRange>? Years { get; init; }

    /// <summary>Whose clock and calendar all parts are read from; null for UTC.</summary>
    public Location? Location { get; init; }

    /// <summary>Whether <paramref name="now"/> is in it; seconds do not count.</summary>
    public bool Contains(DateTimeOffset now)
    {
        var local = Location is null ? now.UtcDateTime : Location.LocalTime(now);
        return In(Times, local, static (range, t) => range.Contains(t))
            && In(DaysOfMonth, local, static (range, t) => range.Contains(t))
            && In(Months, local, static (range, t) => range.Contains(t))
            && In(Weekdays, local, static (range, t) => range.Contains(t))
            && In(Years, local, static (range, t) => range.Contains(t));
    }

    private static bool In<T>(IReadOnlyList<T>? ranges, DateTime local, Func<T, DateTime, bool> contains)
    {
        if (ranges is null)
        {
            return true;
        }

        for (var i = 0; i < ranges.Count; i++)
        {
            if (contains(ranges[i], local))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>For people: <c>09:00-17:00, monday:friday, in Europe/Zurich</c>.</summary>
    public override string ToString()
    {
        string[] parts =
        [
            .. Part("", Times),
            .. Part("", Weekdays),
            .. Part("days ", DaysOfMonth),
            .. Part("months ", Months),
            .. Part("years ", Years),
            .. Location is null ? (string[])[] : [$"in {Location}"],
        ];
        return parts.Length == 0 ? "always" : string.Join(", ", parts);

        static string[] Part<T>(string name, IReadOnlyList<T>? ranges) =>
            ranges is null ? [] : [ranges.Count == 0 ? $"{name}never" : $"{name}{string.Join(" or ", ranges)}"];
    }
}
