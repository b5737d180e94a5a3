using AlertHub.Picturing;
using AlertHub.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace AlertHub.Tests.Picturing;

public sealed class Drawings
{
    private const int MostBytes = 100 * 1024;

    private static readonly DateTimeOffset Start = new(2026, 3, 14, 3, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private static readonly Dictionary<string, Chart> Charts = new()
    {
        ["above-with-a-gap"] = new()
        {
            Title = "p99 of Latency, search-api",
            Unit = "Seconds",
            Points = Each(Minute, 1.1, 1.2, null, null, 1.9, 2.2, null, 2.5, double.NaN, 2.9, 2.914),
            Threshold = 2,
            Comparison = ">",
            Period = Minute,
        },
        ["below"] = new()
        {
            Title = "Minimum of FreeStorageSpace",
            Unit = "Bytes",
            Points = Each(Hour, 52e9, 48e9, 44e9, 39e9, 31e9, 20e9, 9.5e9, 4.8e9),
            Threshold = 10e9,
            Comparison = "<",
            Period = Hour,
        },
        ["outside-a-band"] = new()
        {
            Title = "Sum of NumberOfMessagesSent",
            Points =
            [
                .. Each(
                        5 * Minute,
                        [.. Enumerable.Range(0, 24).Select(static i => (double?)(i == 23 ? 912 : 100 + 20 * (i % 5)))]
                    )
                    .Select(static (point, i) => point with { Band = new(60 + i * 2, 180 + i * 3) }),
            ],
            Period = 5 * Minute,
        },
        ["one-point"] = new()
        {
            Title = "Maximum of ApproximateAgeOfOldestMessage",
            Points = Each(5 * Minute, 912),
            Threshold = 90,
            Comparison = "≥",
            Period = 5 * Minute,
        },
        ["many-points"] = new()
        {
            Title = "Average of CPUUtilization",
            Unit = "Percent",
            Points = Each(
                Minute,
                [
                    .. Enumerable
                        .Range(0, 120)
                        .Select(static i => (double?)(40 + i * 37 % 23 + Math.Max(0, i - 90) * 1.4)),
                ]
            ),
            Threshold = 80,
            Comparison = ">",
            Period = Minute,
        },
        ["days-of-a-long-title"] = new()
        {
            Title = "errors / MAX([requests, 1]) – metric math that does not fit into one line of the picture",
            Points = Each(TimeSpan.FromDays(1), -0.5, 0.2, 0.12, -0.8, 0.33, 0.7, -0.1, 0.05),
            Threshold = 0.5,
            Comparison = ">",
            Period = TimeSpan.FromDays(1),
        },
        ["capitals"] = new()
        {
            Title = "ABCDEFGHIJKLMNOPQRSTUVWXYZ 0123456789",
            Points = Each(TimeSpan.FromSeconds(10), 1e-7, 2e-7, 3e-7),
            Period = TimeSpan.FromSeconds(10),
        },
        ["small-letters"] = new()
        {
            Title = """abcdefghijklmnopqrstuvwxyz .,:;-–_/\()""",
            Unit = "Count/Second",
            Points = Each(Minute, 2, 2, 2, 2),
            Threshold = 2,
            Comparison = "≤",
            Period = Minute,
        },
        ["signs"] = new()
        {
            Title = """[]{}|%+=<>≤≥'"!?#*@&$^~·→µ日…""",
            Points = Each(Minute, 1e22, -3e305, double.PositiveInfinity, 5e307),
        },
    };

    public static TheoryData<string> Names { get; } = [.. Charts.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_chart_looks_as_approved(string name) =>
        ApprovedPicture.Matches($"pictures/{name}.png", Drawn(Charts[name]));

    [Fact]
    public void Every_approved_picture_has_its_chart() =>
        Assert.Equal([], Approved.Under("pictures").Except(Charts.Keys.Select(static name => $"pictures/{name}.png")));

    [Theory]
    [MemberData(nameof(Names))]
    public void A_picture_is_small(string name) => Assert.InRange(Drawn(Charts[name]).Length, 1, 20 * 1024);

    [Fact]
    public void The_same_chart_is_the_same_picture() =>
        Assert.Equal(Drawn(Charts["below"]), Drawn(Charts["below"] with { }));

    [Fact]
    public void The_order_of_points_does_not_matter() =>
        Assert.Equal(
            Drawn(Charts["below"]),
            Drawn(Charts["below"] with { Points = [.. Charts["below"].Points.Reverse()] })
        );

    [Fact]
    public void A_time_is_shown_in_UTC_whatever_its_zone() =>
        Assert.Equal(
            Drawn(Charts["below"]),
            Drawn(
                Charts["below"] with
                {
                    Points =
                    [
                        .. Charts["below"]
                            .Points.Select(static p => p with { At = p.At.ToOffset(TimeSpan.FromHours(9)) }),
                    ],
                }
            )
        );

    [Fact]
    public void Nothing_is_drawn_where_no_point_has_a_value()
    {
        Assert.Null(ChartDrawing.Draw(new() { Title = "Errors", Points = [] }));
        Assert.Null(
            ChartDrawing.Draw(
                new()
                {
                    Title = "Errors",
                    Points = Each(Minute, null, double.NaN, double.NegativeInfinity),
                    Threshold = 1,
                }
            )
        );
    }

    [Fact]
    public void A_breach_is_red_and_nothing_else_is()
    {
        var calm = Charts["one-point"] with { Threshold = null };

        Assert.Contains(Colours(Charts["one-point"]), IsRed);
        Assert.DoesNotContain(Colours(calm), IsRed);
    }

    [Theory]
    [InlineData(null, 9, true)]
    [InlineData(null, 31, true)]
    [InlineData(null, 20, false)]
    [InlineData(">", 9, false)]
    [InlineData(">", 31, true)]
    [InlineData("<", 9, true)]
    [InlineData("<", 31, false)]
    public void A_band_is_left_on_the_side_that_the_alarm_looks_at(string? comparison, double value, bool isBreach) =>
        Assert.Equal(
            isBreach,
            new Chart
            {
                Title = "",
                Points = [],
                Comparison = comparison,
            }.IsBreach(new(Start, value) { Band = new(10, 30) })
        );

    [Theory]
    [InlineData(">", 10.0, false)]
    [InlineData("≥", 10.0, true)]
    [InlineData("<", 10.0, false)]
    [InlineData("≤", 10.0, true)]
    [InlineData(">", 10.5, true)]
    [InlineData("<", 9.5, true)]
    [InlineData(null, 11.0, false)]
    [InlineData(">", null, false)]
    public void A_threshold_is_crossed_as_the_alarm_compares(string? comparison, double? value, bool isBreach) =>
        Assert.Equal(
            isBreach,
            new Chart
            {
                Title = "",
                Points = [],
                Threshold = 10,
                Comparison = comparison,
            }.IsBreach(new(Start, value))
        );

    [Fact]
    public void Any_chart_is_a_whole_picture_of_bounded_size() =>
        Properties.ForAll(
            AnyChart,
            chart =>
            {
                if (ChartDrawing.Draw(chart) is not { } png)
                {
                    Assert.DoesNotContain(chart.Points, static p => p.Value is { } value && double.IsFinite(value));
                    return;
                }

                var decoded = DecodedPng.Of(png);
                Assert.Equal((ChartDrawing.Width, ChartDrawing.Height), (decoded.Width, decoded.Height));
                Assert.InRange(png.Length, 1, MostBytes);
            }
        );

    internal static Gen<double> Value { get; } =
        Gen.Frequency(
            (4, Gen.Choose(-200, 200).Select(static n => n / 4.0)),
            (
                1,
                Gen.Elements(
                    0,
                    -0.0,
                    double.MaxValue,
                    double.MinValue,
                    double.Epsilon,
                    double.NaN,
                    double.PositiveInfinity,
                    1e15 + 1,
                    1e15 + 2,
                    1e-310
                )
            ),
            (1, ArbMap.Default.GeneratorFor<double>())
        );

    private static Gen<double?> Maybe { get; } =
        Gen.Frequency((1, Gen.Constant<double?>(null)), (5, Value.Select(static v => (double?)v)));

    private static Gen<DateTimeOffset> Time { get; } =
        Gen.Frequency(
            (6, Gen.Choose(0, 200).Select(static minutes => Start.AddMinutes(minutes))),
            (1, Gen.Choose(0, int.MaxValue).Select(static s => DateTimeOffset.UnixEpoch.AddSeconds(s))),
            (1, Gen.Elements(DateTimeOffset.MinValue, DateTimeOffset.MaxValue, Start.AddMilliseconds(1)))
        );

    private static Gen<Chart> AnyChart { get; } =
        from title in Properties.Text
        from unit in Gen.Elements(null, "Percent", "Bytes", "Kilobytes/Second", "Count/Second", "bits", "/Second", "x")
        from points in (
            from at in Time
            from value in Maybe
            from lower in Maybe
            from upper in Value
            select new ChartPoint(at, value) { Band = lower is { } low ? new(low, upper) : null }
        ).ListOf()
        from threshold in Maybe
        from comparison in Gen.Elements(null, ">", "≥", "<", "≤")
        from period in Gen.Elements<TimeSpan?>(
            null,
            TimeSpan.Zero,
            TimeSpan.FromSeconds(10),
            Minute,
            TimeSpan.FromDays(1)
        )
        from before in Gen.Elements<TimeSpan?>(null, TimeSpan.Zero, Hour)
        select new Chart
        {
            Title = title,
            Unit = unit,
            Points = [.. points],
            Threshold = threshold,
            Comparison = comparison,
            Period = period,
            From = Start - before,
        };

    private static ChartPoint[] Each(TimeSpan step, params double?[] values) =>
        [.. values.Select((value, i) => new ChartPoint(Start + i * step, value))];

    private static byte[] Drawn(Chart chart) => ChartDrawing.Draw(chart)!;

    private static HashSet<(byte, byte, byte)> Colours(Chart chart) =>
        [.. DecodedPng.Of(Drawn(chart)).Pixels.Chunk(3).Select(static p => (p[0], p[1], p[2]))];

    private static bool IsRed((byte Red, byte Green, byte Blue) colour) =>
        colour.Red > 150 && colour.Green < 100 && colour.Blue < 100;
}
