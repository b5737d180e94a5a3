namespace Hosts.Tests.FlowLogs.Streams;

/// <summary>Of an <see cref="EventSourceMapping"/>: what CreateEventSourceMapping takes, with its defaults.</summary>
internal sealed record MappingSettings
{
    /// <summary>Stands in the keys of the on-failure destination.</summary>
    public Guid Uuid { get; init; } = new("0f7c7f2e-7a53-4a3a-8a52-1d4cb6f6a001");

    public string StreamArn { get; init; } =
        $"arn:aws:kinesis:{Kinesalite.Region}:{Kinesalite.AccountId}:stream/flow-logs";

    public string FunctionArn { get; init; } =
        $"arn:aws:lambda:{Kinesalite.Region}:{Kinesalite.AccountId}:function:flow-logs";

    public string RoleArn { get; init; } = $"arn:aws:iam::{Kinesalite.AccountId}:role/flow-logs";

    /// <summary>Records in a batch. 1 to 10,000.</summary>
    public int BatchSize { get; init; } = 100;

    /// <summary>Of the event's text; 6 MiB in Lambda.</summary>
    public int MostBytes { get; init; } = 6 * 1024 * 1024;

    /// <summary>Batches of a shard at once, records of one partition key staying in their order. 1 to 10.</summary>
    public int ParallelizationFactor { get; init; } = 1;

    /// <summary>Invocations after the first; -1 without end.</summary>
    public int MaximumRetryAttempts { get; init; } = -1;

    /// <summary>Older records are discarded; null never.</summary>
    public TimeSpan? MaximumRecordAge { get; init; }

    public bool BisectBatchOnFunctionError { get; init; }

    /// <summary>FunctionResponseTypes has it; without it every answer is a success.</summary>
    public bool ReportBatchItemFailures { get; init; } = true;
}
