namespace Hosts.Tests.FlowLogs.Streams;

/// <summary>What was done with a batch, once.</summary>
internal sealed record MappedBatch
{
    public required IReadOnlyList<StreamedRecord> Records { get; init; }

    /// <summary>How often these records were retried before, as far as it counts against the quota.</summary>
    public int Retries { get; init; }

    /// <summary>How many of its records, from the first on, are done with.</summary>
    public int Done { get; init; }

    /// <summary>The function was not invoked, or not again: they are in the on-failure destination, if there is one.</summary>
    public Discarding? Discarded { get; init; }

    public string Shard => Records[0].Shard;

    public IEnumerable<string> SequenceNumbers => Records.Select(static record => record.SequenceNumber);
}

/// <summary>Why records are handed to nobody any more.</summary>
internal enum Discarding
{
    RetryAttemptsExhausted,
    RecordAgeExceeded,
}
