using System.Numerics;
using System.Text.Json.Nodes;

namespace Hosts.Tests.FlowLogs.Streams;

/// <summary>Where the tests' Kinesis is as the real one, and where not: what its comment says, for the next version.</summary>
public sealed class KinesaliteLimits(Kinesalite kinesis) : IClassFixture<Kinesalite>
{
    [Fact]
    public async Task What_is_put_is_read_again_in_its_order_byte_by_byte()
    {
        var stream = await kinesis.CreateStreamAsync();
        var all = Enumerable.Range(0, 256).Select(static b => (byte)b).ToArray();
        var before = DateTimeOffset.UtcNow;
        var first = await stream.PutAsync("ä", all);
        var more = await stream.PutAsync(Enumerable.Range(0, 500).Select(static i => ($"k{i}", new[] { (byte)i })));

        var read = await stream.ReadAsync(first.Shard);

        Assert.Equal([first.SequenceNumber, .. more.Select(static m => m.SequenceNumber)], read.Select(Number));
        Assert.Equal(all, read[0].Data.ToArray());
        Assert.Equal(("ä", "shardId-000000000000"), (read[0].PartitionKey, read[0].Shard));
        Assert.InRange(read[0].Arrived, before.AddMilliseconds(-1), DateTimeOffset.UtcNow);
        Assert.All(
            read.Zip(read.Skip(1)),
            static pair => Assert.True(BigInteger.Parse(Number(pair.First)) < BigInteger.Parse(Number(pair.Second)))
        );
        Assert.Equal($"arn:aws:kinesis:{Kinesalite.Region}:{Kinesalite.AccountId}:stream/{stream.Name}", stream.Arn);
    }

    [Fact]
    public async Task Reading_goes_on_behind_any_record_also_where_there_was_none_before()
    {
        var stream = await kinesis.CreateStreamAsync();
        Assert.Empty(await stream.ReadAsync("shardId-000000000000"));
        var (shard, first) = await stream.PutAsync("a", new byte[1]);
        Assert.Single(await stream.ReadAsync(shard));
        Assert.Empty(await stream.ReadAsync(shard, first));
        var second = await stream.PutAsync("a", new byte[2]);
        await stream.PutAsync("a", new byte[3]);

        Assert.Equal(second.SequenceNumber, Number(Assert.Single(await stream.ReadAsync(shard, first, limit: 1))));
    }

    [Fact]
    public async Task The_key_decides_on_the_shard()
    {
        var stream = await kinesis.CreateStreamAsync(shards: 3);
        Assert.Equal(3, (await stream.ShardsAsync()).Count);

        var placed = await stream.PutAsync(
            Enumerable.Range(0, 60).Select(static i => ($"eni-{i % 20}", new[] { (byte)i }))
        );

        Assert.Equal(3, placed.Select(static p => p.Shard).Distinct().Count());
        Assert.Equal(placed.Take(20).Select(static p => p.Shard), placed.Skip(20).Take(20).Select(static p => p.Shard));
        var explicitly = await stream.PutAsync("x", new byte[1], explicitHashKey: "0");
        Assert.Equal("shardId-000000000000", explicitly.Shard);
        foreach (var shard in await stream.ShardsAsync())
        {
            Assert.Equal(
                placed.Count(p => p.Shard == shard) + (shard == explicitly.Shard ? 1 : 0),
                (await stream.ReadAsync(shard)).Count
            );
        }
    }

    [Fact]
    public async Task Data_end_at_a_mebibyte_and_nothing_is_throttled()
    {
        var stream = await kinesis.CreateStreamAsync();
        for (var i = 0; i < 3; i++)
        {
            await stream.PutAsync("a", new byte[1 << 20]);
        }

        // In Kinesis a shard gives 2 MB within a second, and a stream can be told to take 10 MiB.
        Assert.Equal(3, (await stream.ReadAsync("shardId-000000000000")).Count);
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            stream.PutAsync("a", new byte[(1 << 20) + 1])
        );
        Assert.Contains("ValidationException", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Records_may_be_empty_and_a_body_above_7_MiB_is_none()
    {
        var stream = await kinesis.CreateStreamAsync();
        var (shard, _) = await stream.PutAsync("a", ReadOnlyMemory<byte>.Empty);
        Assert.True(Assert.Single(await stream.ReadAsync(shard)).Data.IsEmpty);

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            stream.PutAsync(Enumerable.Repeat(("a", new byte[1 << 20]), 6))
        );
        Assert.Contains("413", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_shard_that_is_split_ends_and_its_halves_go_on()
    {
        var stream = await kinesis.CreateStreamAsync();
        var (parent, first) = await stream.PutAsync("a", new byte[1], explicitHashKey: "0");
        await kinesis.CallAsync(
            "SplitShard",
            new()
            {
                ["StreamName"] = stream.Name,
                ["ShardToSplit"] = parent,
                ["NewStartingHashKey"] = $"{BigInteger.Pow(2, 127)}",
            }
        );
        await stream.UntilActiveAsync();
        var low = await stream.PutAsync("a", new byte[2], explicitHashKey: "0");
        var high = await stream.PutAsync("a", new byte[2], explicitHashKey: $"{BigInteger.Pow(2, 128) - 1}");

        Assert.Equal([parent, low.Shard, high.Shard], await stream.ShardsAsync());
        Assert.Equal(first, Number(Assert.Single(await stream.ReadAsync(parent))));
        Assert.Equal(low.SequenceNumber, Number(Assert.Single(await stream.ReadAsync(low.Shard))));
        Assert.Equal(high.SequenceNumber, Number(Assert.Single(await stream.ReadAsync(high.Shard))));
    }

    [Fact]
    public async Task A_stream_has_no_ARN_in_requests_and_an_unknown_one_is_said_to_be()
    {
        var stream = await kinesis.CreateStreamAsync();
        var byArn = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            kinesis.CallAsync("DescribeStream", new() { ["StreamARN"] = stream.Arn })
        );
        Assert.Contains("ValidationException", byArn.Message, StringComparison.Ordinal);
        var unknown = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            kinesis.CallAsync("DescribeStream", new JsonObject { ["StreamName"] = "nowhere" })
        );
        Assert.Contains("ResourceNotFoundException", unknown.Message, StringComparison.Ordinal);
    }

    private static string Number(StreamedRecord record) => record.SequenceNumber;
}
