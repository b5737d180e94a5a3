namespace Hosts.Tests.Box.Access;

/// <summary>What one function asked of AWS by one operation: the stuff that bills are made of.</summary>
internal sealed record CallCount
{
    public int Calls { get; init; }

    public long RequestBytes { get; init; }

    public long AnswerBytes { get; init; }

    /// <summary>Of DynamoDB: what the emulator says it would cost, in read or write units.</summary>
    public double CapacityUnits { get; init; }

    /// <summary>Of SQS: begun blocks of 64 KB, each of which is billed as a request.</summary>
    public long Blocks { get; init; }
}
