using System.Globalization;
using AlertHub.Muting;
using AlertHub.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace AlertHub.Tests.Muting;

public sealed class TimeIntervals
{
    public static TheoryData<string[]> Table { get; } = [.. Repository.Cases("time-intervals.txt")];

    [Theory]
    [MemberData(nameof(Table))]
    public void A_moment_is_in_it_or_not(string[] row)
    {
        var moment = DateTimeOffset.Parse(row[1], CultureInfo.InvariantCulture);

        Assert.Equal(row[2], TimeIntervalText.Parse(row[0]).Contains(moment) ? "in" : "out");
    }

    /// <summary>The days of a month are listed and counted from either end; no arithmetic, no clamping.</summary>
    [Fact]
    public void Days_of_a_month_are_those_that_one_would_tick_off_on_its_calendar() =>
        Properties.ForAll(
            Gen.Zip(Ends, Moments),
            two =>
            {
                var ((first, last), moment) = two;
                if (DayOfMonthRange.Parse($"{first}:{last}", out _) is not { } range)
                {
                    return;
                }

                int[] days = [.. Enumerable.Range(1, DateTime.DaysInMonth(moment.Year, moment.Month))];
                var from = Array.FindIndex(days, d => d == first || d - days.Length - 1 == first);
                var to = Array.FindIndex(days, d => d == last || d - days.Length - 1 == last);
                var ticked = (from, to) switch
                {
                    (-1, _) when first > 0 => [],
                    (_, -1) when last < 0 => [],
                    _ => days[Math.Max(from, 0)..(to < 0 ? days.Length : Math.Max(from, to + 1))],
                };

                Assert.Equal(
                    ticked.Contains(moment.Day),
                    new TimeInterval { DaysOfMonth = [range] }.Contains(new(moment, TimeSpan.Zero))
                );
            },
            tests: 2000
        );

    [Fact]
    public void A_moment_is_in_all_parts_together_if_it_is_in_each_alone() =>
        Properties.ForAll(
            Gen.Zip(Intervals, Moments),
            two =>
            {
                var (text, now) = (two.Item1, new DateTimeOffset(two.Item2, TimeSpan.Zero));
                var interval = TimeIntervalText.Parse(text);
                var location = interval.Location;
                var parts = text.Split(';').Where(p => !p.Contains("location", StringComparison.Ordinal));

                var each = parts.All(part =>
                {
                    var (name, values) = (part[..part.IndexOf(':')], part[(part.IndexOf(':') + 1)..]);
                    return values
                        .Split(' ', StringSplitOptions.RemoveEmptyEntries)
                        .Any(one =>
                            (TimeIntervalText.Parse($"{name}:{one}") with { Location = location }).Contains(now)
                        );
                });

                Assert.Equal(each, interval.Contains(now));
            },
            tests: 500
        );

    [Fact]
    public void Seconds_do_not_count() =>
        Properties.ForAll(
            Gen.Zip(Intervals, Gen.Zip(Moments, Gen.Choose(0, 59_999))),
            all =>
            {
                var (text, (moment, milliseconds)) = all;
                var minute = new DateTimeOffset(moment, TimeSpan.Zero);
                var interval = TimeIntervalText.Parse(text);

                Assert.Equal(interval.Contains(minute), interval.Contains(minute.AddMilliseconds(milliseconds)));
            }
        );

    [Theory]
    [InlineData("", "always")]
    [InlineData("weekdays:", "never")]
    [InlineData("times: 09:00-17:00; weekdays: Monday:friday sunday", "09:00-17:00, monday:friday or sunday")]
    [InlineData(
        "days_of_month: -3:-1; months: may 11:12; years: 2026; location: Europe/Zurich",
        "days -3:-1, months 5 or 11:12, years 2026, in Europe/Zurich"
    )]
    public void It_prints_for_people(string text, string printed) =>
        Assert.Equal(printed, TimeIntervalText.Parse(text).ToString());

    private static Gen<DateTime> Moments { get; } =
        from day in Gen.Choose(0, 366 * 12)
        from minute in Gen.Choose(0, (24 * 60) - 1)
        select new DateTime(2019, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddDays(day).AddMinutes(minute);

    private static Gen<(int, int)> Ends { get; } =
        Gen.Zip(Gen.Choose(-31, 31), Gen.Choose(-31, 31)).Select(p => (p.Item1, p.Item2));

    private static Gen<string> Intervals { get; } =
        Gen.Elements(
                "times: 00:00-08:30 17:15-24:00",
                "times: 01:00-03:30",
                "weekdays: monday:friday",
                "weekdays: sunday saturday",
                "days_of_month: 1:7 -7:-1",
                "days_of_month: 10:-10",
                "months: 3:may october",
                "years: 2020:2026",
                "location: Europe/Zurich",
                "location: America/New_York"
            )
            .ListOf()
            .Select(parts => string.Join("; ", parts.DistinctBy(p => p[..p.IndexOf(':')])))
            .Where(text => text.Length > 0);
}
