namespace FlowLogs.Incoming;

/// <summary>One record of a Kinesis stream, as Lambda hands it over.</summary>
internal sealed record StreamRecord
{
    /// <summary>By which Lambda is told where to go on from.</summary>
    public required string SequenceNumber { get; init; }

    public string PartitionKey { get; init; } = "";

    /// <summary><c>shardId-000000000006</c>; empty where the event does not say.</summary>
    public string Shard { get; init; } = "";

    /// <summary>ARN of the stream; empty where the event does not say.</summary>
    public string Stream { get; init; } = "";

    /// <summary>When Kinesis took it, to the millisecond or so; null where the event does not say.</summary>
    public DateTimeOffset? Arrived { get; init; }

    /// <summary>As it was put into the stream; with a <see cref="Problem"/> what the event has in its place, if anything.</summary>
    public ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>Why it cannot be read, as a sentence without its end.</summary>
    public string? Problem { get; init; }

    /// <summary>That of the stream, by its ARN; empty where the event does not say.</summary>
    public string Region => Stream.Split(':') is [_, _, _, var region, ..] ? region : "";
}
