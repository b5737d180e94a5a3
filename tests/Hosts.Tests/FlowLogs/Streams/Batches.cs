using System.Globalization;

namespace Hosts.Tests.FlowLogs.Streams;

/// <summary>What a mapping hands over at once, and what at the same time.</summary>
public sealed class Batches
{
    [Fact]
    public async Task A_batch_has_as_many_records_as_the_mapping_says()
    {
        var function = new PlayedFunction();
        var mapping = new EventSourceMapping(new() { BatchSize = 3 }, function.InvokeAsync, TimeProvider.System);
        mapping.Add(PlayedFunction.Records(7));

        await mapping.DrainAsync();

        Assert.Equal(["1 2 3", "4 5 6", "7"], function.Invocations);
    }

    [Fact]
    public async Task And_not_more_bytes_than_Lambda_takes()
    {
        var function = new PlayedFunction();
        var largest = 0;
        function.OnInvoked = () => largest = Math.Max(largest, function.LastEvent.Length);
        var settings = new MappingSettings();
        var mapping = new EventSourceMapping(settings, function.InvokeAsync, TimeProvider.System);
        mapping.Add(PlayedFunction.Records(10).Select(static record => record with { Data = new byte[1 << 20] }));

        await mapping.DrainAsync();

        Assert.Equal(["1 2 3 4", "5 6 7 8", "9 10"], function.Invocations);
        Assert.InRange(largest, 4 * (1 << 20), settings.MostBytes);
    }

    [Theory]
    [InlineData(0, "1 2 3")]
    [InlineData(-1, "1 2|3")]
    public async Task The_bound_is_met_to_the_byte(int more, string batches)
    {
        var function = new PlayedFunction();
        StreamedRecord[] records = [.. PlayedFunction.Records(3)];
        var bytes = StreamEvent.Write(records.Select(static record => StreamEvent.Write(record, new()))).Length;
        var mapping = new EventSourceMapping(
            new() { MostBytes = bytes + more },
            function.InvokeAsync,
            TimeProvider.System
        );
        mapping.Add(records);

        await mapping.DrainAsync();

        Assert.Equal(batches, string.Join('|', function.Invocations));
    }

    [Fact]
    public async Task A_record_that_no_event_can_hold_is_put_aside()
    {
        var function = new PlayedFunction();
        List<string> aside = [];
        var mapping = new EventSourceMapping(new() { MostBytes = 1000 }, function.InvokeAsync, TimeProvider.System)
        {
            OnFailure = (key, _, _) =>
            {
                aside.Add(key);
                return Task.CompletedTask;
            },
        };
        mapping.Add(
            PlayedFunction
                .Records(3)
                .Select(static record => record.SequenceNumber == "2" ? record with { Data = new byte[1000] } : record)
        );

        await mapping.DrainAsync();

        Assert.Equal(["1", "3"], function.Invocations);
        Assert.Single(aside);
    }

    [Fact]
    public async Task Shards_go_on_without_each_other()
    {
        var function = new PlayedFunction().Answers(PlayedFunction.Fails, PlayedFunction.Fails);
        var mapping = new EventSourceMapping(new(), function.InvokeAsync, TimeProvider.System);
        mapping.Add(PlayedFunction.Records(2).Select(static record => record with { Shard = "shardId-000000000001" }));
        mapping.Add(PlayedFunction.Records(2, first: 11));

        Assert.True(await mapping.StepAsync());
        Assert.False(mapping.IsDrained);
        Assert.True(await mapping.StepAsync());
        Assert.True(mapping.IsDrained);
        Assert.False(await mapping.StepAsync());

        Assert.Equal(["1 2", "11 12", "1 2", "11 12"], function.Invocations);
        Assert.Equal(
            ["shardId-000000000001", "shardId-000000000000"],
            mapping.Batches.Take(2).Select(static batch => batch.Shard)
        );
    }

    [Fact]
    public async Task Parts_of_a_shard_keep_the_records_of_a_key_in_order()
    {
        var function = new PlayedFunction();
        var mapping = new EventSourceMapping(
            new() { BatchSize = 2, ParallelizationFactor = 4 },
            function.InvokeAsync,
            TimeProvider.System
        );
        mapping.Add(
            PlayedFunction
                .Records(60)
                .Select(static record =>
                    record with
                    {
                        PartitionKey = $"eni-{int.Parse(record.SequenceNumber, CultureInfo.InvariantCulture) % 7}",
                    }
                )
        );

        Assert.True(await mapping.StepAsync());
        Assert.InRange(function.Invocations.Count, 2, 4);
        await mapping.DrainAsync();

        var handed = mapping
            .Batches.SelectMany(static batch => batch.Records)
            .ToLookup(static record => record.PartitionKey);
        Assert.Equal(60, handed.Sum(static key => key.Count()));
        Assert.All(
            handed,
            static key =>
                Assert.Equal(key.OrderBy(static r => int.Parse(r.SequenceNumber, CultureInfo.InvariantCulture)), key)
        );
    }

    [Fact]
    public async Task What_is_interrupted_comes_again()
    {
        using var stop = new CancellationTokenSource();
        List<int> invocations = [];
        var mapping = new EventSourceMapping(
            new(),
            async (payload, cancellationToken) =>
            {
                invocations.Add(payload.Length);
                if (invocations.Count == 1)
                {
                    await stop.CancelAsync();
                    cancellationToken.ThrowIfCancellationRequested();
                }

                return new();
            },
            TimeProvider.System
        );
        mapping.Add(PlayedFunction.Records(2));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => mapping.DrainAsync(stop.Token));
        Assert.Empty(mapping.Batches);
        await mapping.DrainAsync();

        Assert.Equal(2, invocations.Count);
        Assert.Equal(["1", "2"], Assert.Single(mapping.Batches).SequenceNumbers);
    }
}
