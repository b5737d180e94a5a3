namespace FlowLogs.Incoming;

/// <summary>From a record of the stream to the events of the log.</summary>
internal static class LogRecords
{
    /// <summary>
    /// Of a record or of a part of an aggregate. CloudWatch Logs sends up to 1 MB, which inflates to tens; what is larger is put
    /// aside unopened.
    /// </summary>
    public const int MostBytes = 64 << 20;

    /// <summary>Hands on every event. Of an aggregate one part that cannot be read keeps no other back.</summary>
    /// <param name="record">The record.</param>
    /// <param name="mostBytes">Of what it, or a part of it, inflates to.</param>
    /// <param name="sink">Is told of each event, in their order.</param>
    /// <param name="ended">Is told of each part once its events were handed on.</param>
    public static void Read(StreamRecord record, int mostBytes, LogEventSink sink, PartEnd ended)
    {
        if (record.Problem is { } unusable)
        {
            ended(record.Data, unusable);
            return;
        }

        foreach (var part in Aggregate.Open(record.Data))
        {
            using var inflated = Inflated.Open(part, mostBytes, out var problem);
            ended(part, inflated is null ? problem : LogMessages.Read(inflated.Bytes.Span, sink));
        }
    }
}

/// <summary>What a record, or a part of an aggregate, was.</summary>
/// <param name="part">Its bytes.</param>
/// <param name="problem">Why it cannot be read, as a sentence without its end; then what it gave before does not count.</param>
internal delegate void PartEnd(ReadOnlyMemory<byte> part, string? problem);
