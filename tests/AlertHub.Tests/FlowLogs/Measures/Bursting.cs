using System.Text;
using FlowLogs.Measures;
using FlowLogs.Records;

namespace AlertHub.Tests.FlowLogs.Measures;

public sealed class Bursting
{
    private static readonly DateTimeOffset Minute = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_threshold_is_passed_once_in_a_minute_over_several_invocations()
    {
        var bursts = new RejectBursts(10);

        Assert.Empty(bursts.Add(Rejects(("10.0.0.1", 0, 9))));
        var burst = Assert.Single(bursts.Add(Rejects(("10.0.0.1", 0, 3))));
        Assert.Equal((Minute, "10.0.0.1", 12L), (burst.Window, burst.Source, burst.Count));
        Assert.Equal(["10.0.0.2 port 22"], burst.Targets);
        Assert.Empty(bursts.Add(Rejects(("10.0.0.1", 0, 100))));
    }

    [Fact]
    public void Another_minute_and_another_source_count_apart()
    {
        var bursts = new RejectBursts(10);

        Assert.Empty(bursts.Add(Rejects(("10.0.0.1", 0, 9), ("10.0.0.1", 1, 9), ("10.0.0.3", 0, 9))));
        Assert.Equal(
            [(Minute, "10.0.0.3"), (Minute.AddMinutes(1), "10.0.0.1")],
            bursts
                .Add(Rejects(("10.0.0.1", 1, 1), ("10.0.0.3", 0, 1)))
                .Select(static burst => (burst.Window, burst.Source))
                .Order()
        );
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Without_a_threshold_there_is_none(long threshold) =>
        Assert.Empty(new RejectBursts(threshold).Add(Rejects(("10.0.0.1", 0, 1000))));

    [Fact]
    public void Accepted_flows_are_none() =>
        Assert.Empty(new RejectBursts(1).Add(Counts(("10.0.0.1", 0, 100), "ACCEPT")));

    [Fact]
    public void The_oldest_of_more_than_thirty_minutes_is_forgotten()
    {
        var bursts = new RejectBursts(10);
        bursts.Add(Rejects([.. Enumerable.Range(0, 30).Select(static minute => ("10.0.0.1", minute, 9))]));

        Assert.Empty(bursts.Add(Rejects(("10.0.0.1", 30, 9))));
        Assert.Empty(bursts.Add(Rejects(("10.0.0.1", 0, 9))));
        Assert.Single(bursts.Add(Rejects(("10.0.0.1", 1, 1))));
    }

    [Fact]
    public void A_source_among_very_many_is_still_told_and_told_once()
    {
        var bursts = new RejectBursts(50);
        List<RejectBurst> told = [];
        // More sources than are kept, most with a flow or two, and one with many of them, bit by bit.
        for (var round = 0; round < 6; round++)
        {
            var others = Enumerable
                .Range(round * 8000, 8000)
                .Select(static i => ($"10.{i / 65536}.{i / 256 % 256}.{i % 256}", 0, 1 + (i % 2)));
            told.AddRange(bursts.Add(Rejects([("192.0.2.1", 0, 20), .. others])));
        }

        Assert.Equal("192.0.2.1", Assert.Single(told).Source);
    }

    [Fact]
    public void A_source_that_was_told_is_not_told_again_after_others_took_from_it()
    {
        var bursts = new RejectBursts(3);
        Assert.Single(bursts.Add(Rejects([("192.0.2.1", 0, 3), .. Many(0, RejectBursts.MostSources - 1, flows: 2)])));
        Assert.Empty(bursts.Add(Rejects([.. Many(RejectBursts.MostSources, 1, flows: 1)])));

        Assert.Empty(bursts.Add(Rejects(("192.0.2.1", 0, 1))));
    }

    [Fact]
    public void A_source_for_which_there_is_no_room_takes_from_all_and_is_not_kept()
    {
        var bursts = new RejectBursts(6);
        Assert.Equal(
            RejectBursts.MostSources,
            bursts.Add(Rejects([.. Many(0, RejectBursts.MostSources, flows: 10)])).Count
        );

        Assert.Empty(bursts.Add(Rejects(("192.0.2.1", 0, 4))));
        Assert.Empty(bursts.Add(Rejects(("192.0.2.1", 0, 4))));
        // The others have two left by now, which makes room.
        Assert.Empty(bursts.Add(Rejects(("192.0.2.1", 0, 4))));
        Assert.Single(bursts.Add(Rejects(("192.0.2.1", 0, 4))));
    }

    private static IEnumerable<(string, int, int)> Many(int from, int count, int flows) =>
        Enumerable.Range(from, count).Select(i => ($"10.{i / 65536}.{i / 256 % 256}.{i % 256}", 0, flows));

    private static FlowCounts Rejects(params (string Source, int Minute, int Flows)[] rejects)
    {
        var counts = new FlowCounts(FlowFormat.Default);
        foreach (var some in rejects)
        {
            Add(counts, some, "REJECT");
        }

        return counts;
    }

    private static FlowCounts Counts((string Source, int Minute, int Flows) some, string action)
    {
        var counts = new FlowCounts(FlowFormat.Default);
        Add(counts, some, action);
        return counts;
    }

    private static void Add(FlowCounts counts, (string Source, int Minute, int Flows) some, string action)
    {
        var end = Minute.AddMinutes(some.Minute).ToUnixTimeSeconds();
        var line = Encoding.UTF8.GetBytes($"2 1 eni-1 {some.Source} 10.0.0.2 40000 22 6 1 40 0 {end} {action} OK");
        var record = new FlowRecord(FlowFormat.Default);
        var problem = record.Read(line);
        for (var i = 0; i < some.Flows; i++)
        {
            counts.Add(record, line, problem, 0);
        }
    }
}
