namespace AlertHub.Muting;

/// <summary>Part of a day: the minutes from <see cref="Start"/> on, those from <see cref="End"/> on no more. Never past midnight.</summary>
public readonly record struct TimeRange
{
    private TimeRange(TimeOfDay start, TimeOfDay end) => (Start, End) = (start, end);

    public TimeOfDay Start { get; }

    public TimeOfDay End { get; }

    /// <summary>A range, or null and what is wrong with it.</summary>
    public static TimeRange? Create(TimeOfDay start, TimeOfDay end, out string? objection)
    {
        if (start.Minutes < end.Minutes)
        {
            objection = null;
            return new(start, end);
        }

        objection =
            $"start_time \"{start}\" must be before end_time \"{end}\"; a time past midnight is two ranges, one up to \"24:00\" and one from \"00:00\"";
        return null;
    }

    internal bool Contains(DateTime local) =>
        (local.Hour * 60) + local.Minute is var minute && minute >= Start.Minutes && minute < End.Minutes;

    public override string ToString() => $"{Start}-{End}";
}
