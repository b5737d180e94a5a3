using System.Globalization;
using System.Text;
using AlertHub.Tests.Support;
using FlowLogs.Measures;
using FlowLogs.Records;
using FsCheck.Fluent;

namespace AlertHub.Tests.FlowLogs.Measures;

public sealed class Counting
{
    private static readonly DateTimeOffset Minute = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Each_minute_and_interface_has_its_own_sums()
    {
        var counts = Count(
            Line("eni-1", 100, Minute.AddSeconds(0), "ACCEPT"),
            Line("eni-1", 10, Minute.AddSeconds(59), "REJECT"),
            Line("eni-1", 1, Minute.AddSeconds(60), "REJECT"),
            Line("eni-2", 5, Minute.AddSeconds(1), "ACCEPT"),
            Line("eni-1", 1000, Minute.AddSeconds(1), "ACCEPT")
        );

        Assert.Equal(
            [(Minute, "eni-1", 1110L, 1L), (Minute, "eni-2", 5L, 0L), (Minute.AddMinutes(1), "eni-1", 1L, 1L)],
            Sorted(counts)
        );
        Assert.Equal(Minute, counts.EarliestEnd);
    }

    [Fact]
    public void Intervals_without_data_and_lines_that_are_none_are_counted_apart()
    {
        var end = Minute.ToUnixTimeSeconds();
        var counts = Count(
            $"2 1 eni-1 - - - - - - - 0 {end} - NODATA",
            $"2 1 eni-1 - - - - - - - 0 {end} - NODATA",
            $"2 1 eni-1 - - - - - - - 0 {end} - SKIPDATA",
            "broken",
            ""
        );
        counts.AddLeftOut();

        Assert.Equal((2L, 1L, 2L, 1L), (counts.NoData, counts.SkipData, counts.Unparsed, counts.LeftOut));
        Assert.Empty(counts.Interfaces);
        Assert.Empty(counts.Rejects);
        Assert.Null(counts.EarliestEnd);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("253402300800")]
    [InlineData("9223372036854775807")]
    public void A_time_that_is_none_is_no_time(string end)
    {
        var counts = Count($"2 1 eni-1 10.0.0.1 10.0.0.2 1 2 6 1 5 0 {end} REJECT OK");

        Assert.Empty(counts.Interfaces);
        Assert.Empty(counts.Rejects);
        Assert.Null(counts.EarliestEnd);
    }

    [Theory]
    [InlineData("1", 1)]
    [InlineData("253402300799", 253402300799)]
    public void The_first_and_the_last_second_are_times(string end, long seconds)
    {
        var counts = Count($"2 1 eni-1 10.0.0.1 10.0.0.2 1 2 6 1 5 0 {end} REJECT OK");

        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(seconds), counts.EarliestEnd);
        Assert.Equal(seconds / 60 * 60, Assert.Single(counts.Interfaces).Window.ToUnixTimeSeconds());
    }

    [Theory]
    [InlineData("end start interface-id", "120 60 eni-1", 120)]
    [InlineData("start interface-id", "60 eni-1", 60)]
    [InlineData("end start interface-id", "- 60 eni-1", 180)]
    [InlineData("interface-id", "eni-1", 180)]
    public void The_time_is_the_end_or_the_start_or_that_of_the_log_event(string format, string line, long seconds)
    {
        var counts = new FlowCounts(FlowFormat.Parse(format));
        Add(counts, FlowFormat.Parse(format), line, timestamp: 180_999);

        Assert.Equal(seconds, counts.EarliestEnd?.ToUnixTimeSeconds());
    }

    [Fact]
    public void Bytes_beyond_what_a_number_holds_stay_there()
    {
        var counts = Count(
            Line("eni-1", long.MaxValue, Minute, "ACCEPT"),
            Line("eni-1", long.MaxValue, Minute, "ACCEPT"),
            Line("eni-1", 1, Minute, "ACCEPT")
        );

        Assert.Equal(long.MaxValue, Assert.Single(counts.Interfaces).Counts.Bytes);
    }

    [Fact]
    public void Some_of_what_a_source_tried_is_kept()
    {
        var counts = Count([.. Enumerable.Range(0, 9).Select(i => Line("eni-1", 1, Minute, "REJECT", port: i))]);

        var (_, source, rejects) = Assert.Single(counts.Rejects);
        Assert.Equal(("10.0.0.1", 9L), (source, rejects.Count));
        Assert.Equal(
            ["10.0.0.2", "10.0.0.2 port 1", "10.0.0.2 port 2", "10.0.0.2 port 3", "10.0.0.2 port 4"],
            rejects.Targets
        );
    }

    [Fact]
    public void It_counts_as_the_obvious_way_does() =>
        Properties.ForAll(
            Gen.Choose(0, int.MaxValue),
            static seed =>
            {
                var random = new Random(seed);
                string[] lines = [.. Enumerable.Range(0, random.Next(60)).Select(_ => Any(random))];
                var counts = Count(lines);
                var read = lines.Select(static line => line.Split(' ')).ToList();
                var flows = read.Where(static words => words is [.., "OK" or "-"] && IsTime(words)).ToList();

                Assert.Equal(read.Count(static words => words.Length != 14), counts.Unparsed);
                Assert.Equal(read.Count(static words => words is [.., "NODATA"]), counts.NoData);
                Assert.Equal(read.Count(static words => words is [.., "SKIPDATA"]), counts.SkipData);
                Assert.Equal(
                    flows.Count == 0 ? null : flows.Min(static words => Seconds(words)),
                    counts.EarliestEnd?.ToUnixTimeSeconds()
                );
                Assert.Equal(
                    flows
                        .Where(static words => words[2] != "-")
                        .GroupBy(static words => (Seconds(words) / 60 * 60, words[2]))
                        .Select(static group =>
                            (
                                DateTimeOffset.FromUnixTimeSeconds(group.Key.Item1),
                                group.Key.Item2,
                                group.Sum(static words => words[9] == "-" ? 0 : Number(words[9])),
                                group.LongCount(static words => words[12] == "REJECT")
                            )
                        )
                        .Order(),
                    Sorted(counts)
                );
                Assert.Equal(
                    flows
                        .Where(static words => words[12] == "REJECT" && words[3] != "-")
                        .GroupBy(static words => (Seconds(words) / 60 * 60, words[3]))
                        .Select(static g => (g.Key.Item1, g.Key.Item2, g.LongCount()))
                        .Order(),
                    counts.Rejects.Select(static r => (r.Window.ToUnixTimeSeconds(), r.Source, r.Rejects.Count)).Order()
                );
            },
            tests: 1000
        );

    private static string Any(Random random)
    {
        var end = random.Next(8) == 0 ? "0" : $"{1_764_417_600 + random.Next(300)}";
        string One(params string[] some) => random.GetItems(some, 1)[0];
        return random.Next(8) switch
        {
            0 => $"2 1 eni-1 - - - - - - - 0 {end} - {One("NODATA", "SKIPDATA")}",
            1 => One("x", "2 1 eni-1"),
            _ =>
                $"2 1 {One("eni-1", "eni-2", "-")} {One("10.0.0.1", "10.0.0.9", "-")} 10.0.0.2 1 2 6 1 {One("-", "7", "900")} 0 {end} {One("ACCEPT", "REJECT", "-")} {One("OK", "OK", "-")}",
        };
    }

    private static bool IsTime(string[] words) => Number(words[11]) > 0;

    private static long Seconds(string[] words) => Number(words[11]);

    private static long Number(string word) => long.Parse(word, CultureInfo.InvariantCulture);

    private static string Line(string eni, long bytes, DateTimeOffset end, string action, int port = 22) =>
        $"2 1 {eni} 10.0.0.1 10.0.0.2 40000 {port} 6 1 {bytes} 0 {end.ToUnixTimeSeconds()} {action} OK";

    private static IEnumerable<(DateTimeOffset, string, long, long)> Sorted(FlowCounts counts) =>
        counts.Interfaces.Select(static i => (i.Window, i.Interface, i.Counts.Bytes, i.Counts.Rejects)).Order();

    private static FlowCounts Count(params string[] lines)
    {
        var counts = new FlowCounts(FlowFormat.Default);
        foreach (var line in lines)
        {
            Add(counts, FlowFormat.Default, line, timestamp: 0);
        }

        return counts;
    }

    private static void Add(FlowCounts counts, FlowFormat format, string text, long timestamp)
    {
        var (record, line) = (new FlowRecord(format), Encoding.UTF8.GetBytes(text));
        counts.Add(record, line, record.Read(line), timestamp);
    }
}
