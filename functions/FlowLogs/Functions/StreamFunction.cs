using System.Text.Json;
using AlertHub.Aws;
using Amazon.Lambda.Core;
using FlowLogs.Backup;
using FlowLogs.Delivery;
using FlowLogs.Incoming;
using Microsoft.Extensions.Logging;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace FlowLogs.Functions;

/// <summary>
/// Records of a Kinesis stream to Splunk. The stream may forget a record only when each of its log events is with HEC or in the
/// backup; Lambda is told the first of which that is not so, and hands over everything from there again.
/// </summary>
/// <param name="sender">The way to Splunk.</param>
/// <param name="asides">The way to the backup.</param>
/// <param name="reports">Tells what was seen.</param>
/// <param name="backupAfter">Age from which on a record is put aside rather than left in the stream.</param>
/// <param name="time">Of now.</param>
/// <param name="log">What went wrong.</param>
internal sealed partial class StreamFunction(
    Sender sender,
    Asides asides,
    Reports reports,
    TimeSpan backupAfter,
    TimeProvider time,
    ILogger<StreamFunction> log
)
{
    private readonly Remembered remembered = new();

    public async Task<Stream> HandleAsync(Stream input, ILambdaContext context)
    {
        using var deadline = new Deadline(context, time);
        using var sending = SendingTime.Until(deadline, time);
        var records = await ReadAsync(input).ConfigureAwait(false);
        var due = records.Select(remembered.Due).ToList();
        var delivered = await sender.SendAsync(due, sending.Token).ConfigureAwait(false);

        var settlement = Settlement.Of(due, delivered.Outcomes, IsOld);
        var (_, failed) = await asides.PutAsync(settlement.Asides, deadline.Token).ConfigureAwait(false);
        var checkpoint = Math.Min(settlement.Checkpoint, failed ?? int.MaxValue);
        remembered.Keep(due, delivered.Outcomes, checkpoint);
        if (checkpoint < records.Count)
        {
            Stays(records[checkpoint].SequenceNumber, records.Count - checkpoint, Why(delivered.Outcomes[checkpoint]));
        }

        // What is handed over again is counted then.
        var counts = checkpoint < records.Count ? sender.Count(due.Take(checkpoint)) : delivered.Counts;
        await reports
            .TellAsync(
                delivered,
                counts,
                [.. settlement.Asides.Where(aside => aside.Index < checkpoint)],
                deadline.Token
            )
            .ConfigureAwait(false);
        return Answer(checkpoint < records.Count ? records[checkpoint].SequenceNumber : null);
    }

    private bool IsOld(DueRecord due) => due.Record.Arrived is { } arrived && time.GetUtcNow() - arrived >= backupAfter;

    private static string Why(Outcome outcome) =>
        outcome.NotTried
        ?? outcome.Left.Select(static left => left.Fate).OfType<Hec.Fate.Undelivered>().FirstOrDefault()?.Reason
        ?? "the backup could not be written";

    private static async Task<IReadOnlyList<StreamRecord>> ReadAsync(Stream input)
    {
        var json = await BytesAsync(input).ConfigureAwait(false);
        try
        {
            return KinesisEvent.Read(json)
                ?? throw new FlowLogException("the event has no Records, as that of a Kinesis stream has");
        }
        catch (InvalidDataException e)
        {
            throw new FlowLogException($"the event cannot be read: {e.Message}");
        }
    }

    /// <summary>Up to 6 MB, which are not copied where they lie in one piece.</summary>
    private static async Task<ArraySegment<byte>> BytesAsync(Stream input)
    {
        if (input is MemoryStream { Position: 0 } whole && whole.TryGetBuffer(out var bytes))
        {
            return bytes;
        }

        var copy = new MemoryStream();
        await input.CopyToAsync(copy).ConfigureAwait(false);
        return new(copy.GetBuffer(), 0, (int)copy.Length);
    }

    /// <summary>Lambda goes on from the lowest number that is named, so that one is enough.</summary>
    private static MemoryStream Answer(string? sequenceNumber)
    {
        var answer = new MemoryStream();
        using (var json = new Utf8JsonWriter(answer))
        {
            json.WriteStartObject();
            json.WriteStartArray("batchItemFailures");
            if (sequenceNumber is not null)
            {
                json.WriteStartObject();
                json.WriteString("itemIdentifier", sequenceNumber);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        answer.Position = 0;
        return answer;
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "{Records} records from {SequenceNumber} on stay in the stream for another try: {Why}"
    )]
    private partial void Stays(string sequenceNumber, int records, string why);
}

/// <summary>An invocation could not be worked on. The message says why.</summary>
public sealed class FlowLogException(string message) : Exception(message);
