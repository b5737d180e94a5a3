using System.Text.Json.Nodes;
using AlertHub.Tests.Support;

namespace Hosts.Tests.FlowLogs.Streams;

/// <summary>A stream of <see cref="Kinesalite"/>.</summary>
public sealed class KinesisShards(Kinesalite kinesis, string name, string arn)
{
    public string Name => name;

    public string Arn => arn;

    /// <summary>After a split or a merge.</summary>
    public Task UntilActiveAsync() => kinesis.ArnAsync(name);

    /// <param name="partitionKey">Which shard it goes to.</param>
    /// <param name="data">1 MiB at most.</param>
    /// <param name="explicitHashKey">Which shard it goes to instead, 0 to 2^128 - 1.</param>
    public async Task<(string Shard, string SequenceNumber)> PutAsync(
        string partitionKey,
        ReadOnlyMemory<byte> data,
        string? explicitHashKey = null
    )
    {
        var request = Entry(partitionKey, data);
        request["StreamName"] = name;
        if (explicitHashKey is not null)
        {
            request["ExplicitHashKey"] = explicitHashKey;
        }

        return Place(await kinesis.CallAsync("PutRecord", request));
    }

    /// <summary>500 at most, with one call.</summary>
    public async Task<IReadOnlyList<(string Shard, string SequenceNumber)>> PutAsync(
        IEnumerable<(string PartitionKey, byte[] Data)> records
    )
    {
        var answer = await kinesis.CallAsync(
            "PutRecords",
            new()
            {
                ["StreamName"] = name,
                ["Records"] = new JsonArray([.. records.Select(static r => Entry(r.PartitionKey, r.Data))]),
            }
        );
        return [.. answer["Records"]!.AsArray().Select(static placed => Place(placed!))];
    }

    /// <summary>As many as there are, in their order; where there are several shards, within each.</summary>
    public async Task<IReadOnlyList<(string Shard, string SequenceNumber)>> PutAsync(IEnumerable<FlowLogSample> samples)
    {
        List<(string Shard, string SequenceNumber)> placed = [];
        foreach (var part in samples.Chunk(100))
        {
            placed.AddRange(await PutAsync(part.Select(static sample => (sample.PartitionKey, sample.Data))));
        }

        return placed;
    }

    /// <summary>The ids of its shards, the closed ones too.</summary>
    public async Task<IReadOnlyList<string>> ShardsAsync()
    {
        var answer = await kinesis.CallAsync("DescribeStream", new() { ["StreamName"] = name });
        return
        [
            .. answer["StreamDescription"]!["Shards"]!.AsArray().Select(static shard => (string)shard!["ShardId"]!),
        ];
    }

    /// <summary>The records of a shard, in their order.</summary>
    /// <param name="shard">Its id.</param>
    /// <param name="after">The sequence number of the record before the first; null from the beginning.</param>
    /// <param name="limit">10,000 at most.</param>
    public async Task<IReadOnlyList<StreamedRecord>> ReadAsync(string shard, string? after = null, int limit = 10_000)
    {
        var position = new JsonObject
        {
            ["StreamName"] = name,
            ["ShardId"] = shard,
            ["ShardIteratorType"] = after is null ? "TRIM_HORIZON" : "AFTER_SEQUENCE_NUMBER",
        };
        if (after is not null)
        {
            position["StartingSequenceNumber"] = after;
        }

        var iterator = await kinesis.CallAsync("GetShardIterator", position);
        var answer = await kinesis.CallAsync(
            "GetRecords",
            new() { ["ShardIterator"] = iterator["ShardIterator"]!.DeepClone(), ["Limit"] = limit }
        );
        return [.. answer["Records"]!.AsArray().Select(record => Record(shard, record!))];
    }

    private static StreamedRecord Record(string shard, JsonNode record) =>
        new()
        {
            Shard = shard,
            SequenceNumber = (string)record["SequenceNumber"]!,
            PartitionKey = (string)record["PartitionKey"]!,
            Data = Convert.FromBase64String((string)record["Data"]!),
            Arrived = DateTimeOffset.FromUnixTimeMilliseconds(
                (long)decimal.Round((decimal)record["ApproximateArrivalTimestamp"]! * 1000)
            ),
        };

    private static JsonObject Entry(string partitionKey, ReadOnlyMemory<byte> data) =>
        new() { ["PartitionKey"] = partitionKey, ["Data"] = Convert.ToBase64String(data.Span) };

    private static (string Shard, string SequenceNumber) Place(JsonNode answer) =>
        ((string)answer["ShardId"]!, (string)answer["SequenceNumber"]!);
}
