namespace Hosts.Tests.FlowLogs.Streams;

/// <summary>A record as it stands in a shard.</summary>
public sealed record StreamedRecord
{
    /// <summary><c>shardId-000000000000</c>.</summary>
    public string Shard { get; init; } = "shardId-000000000000";

    /// <summary>Grows within the shard.</summary>
    public required string SequenceNumber { get; init; }

    public string PartitionKey { get; init; } = "eni-1";

    public ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>To the millisecond.</summary>
    public DateTimeOffset Arrived { get; init; } = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);
}
