using System.Globalization;
using AlertHub.Tests.Support;
using AlertHub.Text;
using FsCheck.Fluent;

namespace AlertHub.Tests.Text;

public sealed class Durations
{
    public static TheoryData<string[]> Prometheus { get; } = [.. Repository.Cases("durations.txt")];

    public static TheoryData<string[]> Go { get; } = [.. Repository.Cases("go-durations.txt")];

    [Theory]
    [MemberData(nameof(Prometheus))]
    public void A_duration_is_read_and_printed_as_Prometheus_does(string[] row)
    {
        var duration = PrometheusDuration.Parse(row[0], out var objection);

        if (row[1] == "refused")
        {
            Assert.Null(duration);
            Assert.NotNull(objection);
            return;
        }

        Assert.Null(objection);
        Assert.Equal(long.Parse(row[1], CultureInfo.InvariantCulture), duration!.Value.TotalMilliseconds);
        Assert.Equal(row[2], PrometheusDuration.Print(duration.Value));
    }

    [Theory]
    [MemberData(nameof(Go))]
    public void A_duration_is_read_and_printed_as_Go_does(string[] row)
    {
        var nanoseconds = GoDuration.ParseNanoseconds(row[0], out var objection);

        if (row[1] == "refused")
        {
            Assert.Null(nanoseconds);
            Assert.NotNull(objection);
            return;
        }

        Assert.Null(objection);
        Assert.Equal(long.Parse(row[1], CultureInfo.InvariantCulture), nanoseconds);
        Assert.Equal(row[2], GoDuration.PrintNanoseconds(nanoseconds!.Value));
        Assert.Equal(TimeSpan.FromTicks(nanoseconds.Value / 100), GoDuration.Parse(row[0], out _));
    }

    [Theory]
    [InlineData("5M", "\"M\" is no unit")]
    [InlineData("5", "write 5s")]
    [InlineData("", "missing")]
    [InlineData("1m1h", "large to small")]
    [InlineData("300y", "292 years")]
    [InlineData("-1s", "a number must stand before \"-\"")]
    public void A_refusal_says_what_to_write(string text, string hint)
    {
        Assert.Null(PrometheusDuration.Parse(text, out var objection));
        Assert.Contains(hint, objection, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_printed_reads_as_it_was() =>
        Properties.ForAll(
            Gen.Choose(0, int.MaxValue).Select(n => TimeSpan.FromMilliseconds((long)n * 1_000 + (n % 1_000))),
            duration =>
            {
                Assert.Equal(duration, PrometheusDuration.Parse(PrometheusDuration.Print(duration), out _));
                Assert.Equal(duration, GoDuration.Parse(GoDuration.Print(duration), out _));
                Assert.Equal(
                    "-" + GoDuration.Print(duration + TimeSpan.FromTicks(1)),
                    GoDuration.Print(-duration - TimeSpan.FromTicks(1))
                );
            }
        );

    [Theory]
    [InlineData(long.MaxValue, "2562047h47m16.854775807s")]
    [InlineData(long.MinValue, "-2562047h47m16.854775808s")]
    public void A_length_beyond_Gos_is_as_long_as_Go_can_say(long ticks, string printed) =>
        Assert.Equal(printed, GoDuration.Print(TimeSpan.FromTicks(ticks)));
}
