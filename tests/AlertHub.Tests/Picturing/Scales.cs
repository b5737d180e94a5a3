using System.Globalization;
using AlertHub.Picturing;
using AlertHub.Tests.Support;
using FsCheck.Fluent;

namespace AlertHub.Tests.Picturing;

public sealed class Scales
{
    private static readonly DateTimeOffset Start = new(2026, 3, 14, 3, 0, 0, TimeSpan.Zero);

    public static TheoryData<string[]> Table { get; } = [.. Repository.Cases("chart-values.txt")];

    [Theory]
    [MemberData(nameof(Table))]
    public void Values_are_labelled_with_round_numbers(string[] row)
    {
        var values = row[0].Split(' ').Select(static v => double.Parse(v, CultureInfo.InvariantCulture)).ToArray();
        var unit = row[1] == "-" ? null : row[1];
        var scale = ValueScale.Of(values);

        Assert.Equal(row[2], string.Join(", ", scale.Ticks.Select(tick => scale.Label(tick, unit))));
        Assert.Equal(row[3], ValueScale.Text(values[^1], unit));
    }

    [Fact]
    public void All_values_lie_on_the_scale() =>
        Properties.ForAll(
            Drawings.Value.ListOf(),
            values =>
            {
                var scale = ValueScale.Of(values);
                var ticks = scale.Ticks.ToArray();
                Assert.InRange(ticks.Length, 2, 9);
                Assert.All(ticks.Zip(ticks.Skip(1)), static pair => Assert.True(pair.First < pair.Second));
                Assert.All(values.Where(double.IsFinite), value => Assert.InRange(scale.Place(value), 0, 1));
                Assert.All(
                    values.Where(static v => Math.Abs(v) < 1e299),
                    value => Assert.InRange(value, scale.Low, scale.High)
                );
            },
            tests: 1000
        );

    [Theory]
    [InlineData(50, 10, "03:00:00 03:00:10 03:00:20 03:00:30 03:00:40 03:00:50")]
    [InlineData(180, 60, "03:00 03:01 03:02 03:03")]
    [InlineData(7200, 60, "03:00 03:30 04:00 04:30 05:00")]
    [InlineData(86400, 300, "06:00 12:00 18:00 15 Mar")]
    [InlineData(604800, 86400, "16 Mar 18 Mar 20 Mar")]
    public void Times_are_labelled_where_they_are_round(int seconds, int period, string labels) =>
        Assert.Equal(
            labels,
            string.Join(
                ' ',
                new TimeScale(Start, Start.AddSeconds(seconds))
                    .Ticks(7, TimeSpan.FromSeconds(period))
                    .Select(static tick => tick.Text)
            )
        );

    [Theory]
    [InlineData(10, "10 s")]
    [InlineData(60, "1 min")]
    [InlineData(90, "90 s")]
    [InlineData(3600, "1 h")]
    [InlineData(5400, "90 min")]
    [InlineData(86400, "1 d")]
    public void A_period_is_told_in_its_own_unit(int seconds, string text) =>
        Assert.Equal(text, TimeScale.Text(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void Days_are_told_once_where_they_are_one()
    {
        Assert.Equal("14 Mar 2026", TimeScale.Days(Start, Start.AddHours(20)));
        Assert.Equal("14 Mar – 15 Mar 2026", TimeScale.Days(Start, Start.AddHours(21)));
        Assert.Equal("14 Mar 2026 – 14 Mar 2027", TimeScale.Days(Start, Start.AddYears(1)));
    }
}
