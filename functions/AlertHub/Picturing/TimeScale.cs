using System.Globalization;

namespace AlertHub.Picturing;

/// <summary>The time of an axis, in UTC: ticks at round times.</summary>
internal sealed record TimeScale(DateTimeOffset From, DateTimeOffset To)
{
    private static readonly TimeSpan[] Steps =
    [
        .. new[] { 1, 2, 5, 10, 15, 30 }.Select(static s => TimeSpan.FromSeconds(s)),
        .. new[] { 1, 2, 5, 10, 15, 30 }.Select(static m => TimeSpan.FromMinutes(m)),
        .. new[] { 1, 2, 3, 6, 12 }.Select(static h => TimeSpan.FromHours(h)),
        .. new[] { 1, 2, 7, 14, 28, 91, 364, 3640, 36400, 364000, 3640000 }.Select(static d => TimeSpan.FromDays(d)),
    ];

    private TimeSpan Length => To - From;

    public double Place(DateTimeOffset at) => (at - From) / Length;

    /// <summary>At most so many, none nearer to the next than the points, each with what is written under it.</summary>
    public IEnumerable<(DateTimeOffset At, string Text)> Ticks(int most, TimeSpan? period)
    {
        var step = Steps.FirstOrDefault(s => Length / s < most && !(s < period), Steps[^1]);
        var first = (From.UtcTicks + step.Ticks - 1) / step.Ticks * step.Ticks;
        for (var at = first; at <= To.UtcTicks; at += step.Ticks)
        {
            yield return (new(at, TimeSpan.Zero), Text(new(at, TimeSpan.Zero), step));
        }
    }

    /// <summary>The day or days in UTC: <c>14 Mar 2026</c>.</summary>
    public static string Days(DateTimeOffset from, DateTimeOffset to)
    {
        var (first, last) = (from.UtcDateTime.Date, to.UtcDateTime.Date);
        return first == last ? Day(first, "d MMM yyyy")
            : first.Year == last.Year ? $"{Day(first, "d MMM")} – {Day(last, "d MMM yyyy")}"
            : $"{Day(first, "d MMM yyyy")} – {Day(last, "d MMM yyyy")}";
    }

    /// <summary>When, as short as the points allow: <c>03:06</c>, <c>03:06:10</c>, <c>14 Mar</c>.</summary>
    public static string Moment(DateTimeOffset at, TimeSpan? period) =>
        Day(
            at.UtcDateTime,
            period?.TotalDays >= 1 ? "d MMM"
                : at.UtcTicks % TimeSpan.TicksPerMinute == 0 ? "HH:mm"
                : "HH:mm:ss"
        );

    /// <summary>How long, in words as they stand on a chart: <c>5 min</c>.</summary>
    public static string Text(TimeSpan length) =>
        length.TotalSeconds < 60 || length.TotalSeconds % 60 != 0 ? Count(length.TotalSeconds, "s")
        : length.TotalMinutes < 60 || length.TotalMinutes % 60 != 0 ? Count(length.TotalMinutes, "min")
        : length.TotalHours < 24 || length.TotalHours % 24 != 0 ? Count(length.TotalHours, "h")
        : Count(length.TotalDays, "d");

    private static string Text(DateTimeOffset at, TimeSpan step) =>
        step.TotalDays >= 1 ? Day(at.UtcDateTime, step.TotalDays >= 364 ? "MMM yyyy" : "d MMM")
        : at.UtcDateTime.TimeOfDay == TimeSpan.Zero && step.TotalHours >= 1 ? Day(at.UtcDateTime, "d MMM")
        : Day(at.UtcDateTime, step.TotalSeconds < 60 ? "HH:mm:ss" : "HH:mm");

    private static string Day(DateTime day, string format) => day.ToString(format, CultureInfo.InvariantCulture);

    private static string Count(double number, string what) =>
        string.Create(CultureInfo.InvariantCulture, $"{number:0.###} {what}");
}
