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

    /// <summary>As it was put into the stream; null where it is not base64, and then there is a <see cref="Problem"/>.</summary>
    public byte[]? Data { get; init; }

    /// <summary>Why there is no <see cref="Data"/>, as a sentence without its end.</summary>
    public string? Problem { get; init; }
}
