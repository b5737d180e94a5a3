using AlertHub.Tests.Support;
using FlowLogs.Delivery;
using FlowLogs.Encoding;
using FlowLogs.Hec;
using FlowLogs.Records;
using FlowLogs.Selection;

namespace Hosts.Tests.FlowLogs;

/// <summary>Records of a stream and what becomes of them, with a real collector.</summary>
public sealed class RecordsDelivered
{
    private readonly FlowLogSamples samples = new();

    [Theory]
    [InlineData(1)]
    [InlineData(5000)]
    [InlineData(8 << 20)]
    public async Task What_can_be_read_arrives_once_and_the_rest_is_told(int blockBytes)
    {
        await using var hec = await HecScene.StartAsync();
        FlowLogSample[] all = [.. samples.Mix(80)];

        var delivered = await Deliverer(blockBytes: blockBytes).DeliverAsync([.. Due(all)], hec.Client, default);

        Assert.Equal(all.SelectMany(static sample => sample.Ids).Order(), hec.Server.Taken.Order());
        Assert.Equal(hec.Server.Taken.Count, delivered.Accepted);
        Assert.Equal(all.Length, delivered.Outcomes.Count);
        Assert.All(delivered.Outcomes, static outcome => Assert.Empty(outcome.Left));
        Assert.All(delivered.Outcomes, static outcome => Assert.Null(outcome.NotTried));
        Assert.Equal(
            all.Select(static sample => sample.IsPoison),
            delivered.Outcomes.Select(static outcome => outcome.Unreadable.Count > 0)
        );
    }

    [Fact]
    public async Task Nothing_is_no_post()
    {
        await using var hec = await HecScene.StartAsync();

        var delivered = await Deliverer().DeliverAsync([], hec.Client, default);

        Assert.Empty(delivered.Outcomes);
        Assert.Equal(0, hec.Server.Requests);
    }

    [Fact]
    public async Task A_part_of_an_aggregate_that_cannot_be_read_keeps_no_other_back()
    {
        await using var hec = await HecScene.StartAsync();
        var (before, poison, behind) = (samples.Message(3), samples.Poison(0), samples.Message(2));

        var delivered = await Deliverer()
            .DeliverAsync([.. Due(FlowLogSamples.Aggregate(before, poison, behind))], hec.Client, default);

        Assert.Equal([.. before.Ids, .. behind.Ids], hec.Server.Taken);
        var (part, reason) = Assert.Single(Assert.Single(delivered.Outcomes).Unreadable);
        Assert.Equal(poison.Data, part.ToArray());
        Assert.Equal("it begins as gzip and is damaged", reason);
    }

    [Fact]
    public async Task Events_before_the_place_where_a_message_breaks_are_not_sent_and_keep_their_ordinals()
    {
        await using var hec = await HecScene.StartAsync();
        const string Broken =
            """{"messageType":"DATA_MESSAGE","owner":"1","logGroup":"g","logStream":"s","logEvents":[{"id":"7","timestamp":1,"message":"x"},""";
        var behind = samples.Message(2);
        var aggregate = FlowLogSamples.Aggregate(new(FlowLogSamples.Zipped(Broken), []), behind);
        hec.Server.Script(new HecScript.Says(400, 6, Takes: 1));

        var delivered = await Deliverer().DeliverAsync([.. Due(aggregate)], hec.Client, default);

        var outcome = Assert.Single(delivered.Outcomes);
        Assert.Equal(behind.Ids.Take(1), hec.Server.Taken);
        Assert.Single(outcome.Unreadable);
        // The event of the broken message is number 0.
        Assert.Equal([2], outcome.Left.Select(static left => left.Ordinal));

        var again = await Deliverer().DeliverAsync([Due(aggregate).Single() with { Only = [2] }], hec.Client, default);
        Assert.Empty(Assert.Single(again.Outcomes).Left);
        Assert.Equal(behind.Ids, hec.Server.Taken);
    }

    [Fact]
    public async Task Only_what_is_due_of_a_record_is_sent()
    {
        await using var hec = await HecScene.StartAsync();
        var (first, second) = (samples.Message(3), samples.Message(3));
        var due = Due(FlowLogSamples.Aggregate(first, FlowLogSamples.Control(), second)).Single();

        var delivered = await Deliverer().DeliverAsync([due with { Only = [1, 3, 5, 99] }], hec.Client, default);

        string[] ids = [.. first.Ids, .. second.Ids];
        Assert.Equal([ids[1], ids[3], ids[5]], hec.Server.Taken);
        Assert.Equal((3, 3L), (delivered.Outcomes[0].Encoded, delivered.Accepted));
    }

    [Fact]
    public async Task Nothing_of_a_record_that_is_settled_is_sent()
    {
        await using var hec = await HecScene.StartAsync();

        await Deliverer().DeliverAsync([Due(samples.Message(3)).Single() with { Only = [] }], hec.Client, default);

        Assert.Equal(0, hec.Server.Requests);
    }

    [Fact]
    public async Task What_the_filter_leaves_out_counts_among_the_ordinals()
    {
        await using var hec = await HecScene.StartAsync(s => s with { Attempts = 1 });
        var (accepted, rejected) = (samples.Message(2, "ACCEPT"), samples.Message(3, "REJECT"));
        DueRecord[] due = [.. Due(FlowLogSamples.Aggregate(accepted, rejected))];
        hec.Server.Script(new HecScript.Says(503, 9, Takes: 1));

        var delivered = await Deliverer("action=REJECT").DeliverAsync(due, hec.Client, default);

        var outcome = Assert.Single(delivered.Outcomes);
        Assert.Equal([3, 4], outcome.Left.Select(static left => left.Ordinal));
        Assert.Equal((3, 2L), (outcome.Encoded, delivered.Counts.LeftOut));

        await Deliverer("action=REJECT").DeliverAsync([due[0] with { Only = [1, 3, 4] }], hec.Client, default);
        Assert.Equal(rejected.Ids, hec.Server.Taken);
    }

    [Fact]
    public async Task A_block_that_is_not_delivered_leaves_the_rest_untried()
    {
        await using var hec = await HecScene.StartAsync(s => s with { Attempts = 1, InFlight = 1 });
        FlowLogSample[] all = [.. Enumerable.Range(0, 6).Select(_ => samples.Message(2))];
        hec.Server.Script(new HecScript.Usual(), new HecScript.Says(503, 9));

        var delivered = await Deliverer(blockBytes: 1).DeliverAsync([.. Due(all)], hec.Client, default);

        const string Busy = "HEC is busy (HEC code 9), 1 times";
        Assert.Equal(all[0].Ids, hec.Server.Taken);
        Assert.Equal(2, hec.Server.Requests);
        Assert.Empty(delivered.Outcomes[0].Left);
        // One was sent, the next encoded meanwhile.
        foreach (var outcome in delivered.Outcomes.Skip(1).Take(2))
        {
            Assert.Equal([(0, new Fate.Undelivered(Busy)), (1, new Fate.Undelivered(Busy))], outcome.Left);
        }

        Assert.All(delivered.Outcomes.Skip(3), static outcome => Assert.Equal(Busy, outcome.NotTried));
    }

    [Fact]
    public async Task What_is_refused_keeps_nothing_back()
    {
        await using var hec = await HecScene.StartAsync(s => s with { InFlight = 1 });
        FlowLogSample[] all = [.. Enumerable.Range(0, 4).Select(_ => samples.Message(2))];
        hec.Server.Script(new HecScript.Usual(), new HecScript.Says(400, 7));

        var delivered = await Deliverer(blockBytes: 1).DeliverAsync([.. Due(all)], hec.Client, default);

        Assert.Equal([.. all[0].Ids, .. all[2].Ids, .. all[3].Ids], hec.Server.Taken);
        Assert.Equal([0, 2, 0, 0], delivered.Outcomes.Select(static outcome => outcome.Left.Count));
        Assert.DoesNotContain(delivered.Outcomes, static outcome => outcome.IsUndelivered);
    }

    [Fact]
    public async Task After_the_end_nothing_is_sent_and_all_is_told()
    {
        await using var hec = await HecScene.StartAsync();

        var delivered = await Deliverer(blockBytes: 1)
            .DeliverAsync([.. Due(samples.Message(2), samples.Message(2), samples.Message(2))], hec.Client, new(true));

        Assert.Equal(0, hec.Server.Requests);
        Assert.All(delivered.Outcomes, static outcome => Assert.True(outcome.IsUndelivered));
    }

    [Fact]
    public void What_is_counted_is_the_same_without_sending()
    {
        DueRecord[] due = [.. Due([.. samples.Mix(40)])];

        var counts = Deliverer("action=REJECT").Count(due);
        var again = Deliverer("action=REJECT").Count(due.Select(static one => one with { Only = [0] }));

        Assert.True(counts.LeftOut > 0);
        Assert.Equal(
            (counts.LeftOut, counts.NoData, counts.SkipData, counts.EarliestEnd),
            (again.LeftOut, again.NoData, again.SkipData, again.EarliestEnd)
        );
    }

    internal static Deliverer Deliverer(string filter = "", int blockBytes = 8 << 20) =>
        new(
            FlowFormat.Default,
            new(),
            EventFields.Enriched,
            new(FlowFilter.Parse(filter, FlowFormat.Default), new(1, FlowFormat.Default))
        )
        {
            BlockBytes = blockBytes,
        };

    internal static IEnumerable<DueRecord> Due(params IEnumerable<FlowLogSample> all) =>
        all.Select(
            static (sample, index) =>
                new DueRecord(
                    new()
                    {
                        SequenceNumber = $"{index}",
                        Shard = "shardId-000000000001",
                        Stream = "arn:aws:kinesis:eu-west-1:123456789012:stream/flow-logs",
                        Data = sample.Data,
                    }
                )
        );
}
