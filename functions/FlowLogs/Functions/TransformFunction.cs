using System.Buffers.Text;
using System.Text.Json;
using Amazon.Lambda.Core;
using FlowLogs.Delivery;
using FlowLogs.Encoding;
using FlowLogs.Records;
using FlowLogs.Selection;
using Microsoft.Extensions.Logging;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace FlowLogs.Functions;

/// <summary>
/// Firehose's transformation (Firehose developer guide, "Transform source data"): each record comes back with the events of its
/// messages, for a destination of Splunk's type "event".
/// </summary>
internal sealed partial class TransformFunction(
    FlowFormat format,
    HecMetadata metadata,
    EventFields fields,
    Choice choice,
    ILogger<TransformFunction> log
)
{
    /// <summary>Of the response; Lambda lets 6 MB pass, and what is around the records needs a little.</summary>
    private const int MostBytes = 6_000_000;

    /// <summary>Of a record that failed, with its id of 56 digits.</summary>
    private const int FailedBytes = 128;

    private const string Ok = "Ok";

    private const string Dropped = "Dropped";

    private const string Failed = "ProcessingFailed";

    public async Task<Stream> HandleAsync(Stream input, ILambdaContext context)
    {
        using var parsed = await ParseAsync(input).ConfigureAwait(false);
        if (
            parsed.RootElement.ValueKind != JsonValueKind.Object
            || !parsed.RootElement.TryGetProperty("records", out var records)
            || records.ValueKind != JsonValueKind.Array
        )
        {
            throw new FlowLogException("the event has no records, as that of Firehose has");
        }

        var region = Text(parsed.RootElement, "region");
        var encoder = new HecEncoder(format, metadata, fields);
        using var events = new HecEvents();
        var answer = new MemoryStream();
        using (var json = new Utf8JsonWriter(answer))
        {
            json.WriteStartObject();
            json.WriteStartArray("records");
            var left = records.GetArrayLength();
            foreach (var record in records.EnumerateArray())
            {
                events.Clear();
                var id = Text(record, "recordId");
                if (id.Length == 0)
                {
                    var place = records.GetArrayLength() - left;
                    throw new FlowLogException($"records[{place}] has no recordId, as a record of Firehose has");
                }

                // Those that follow need room to say at least that they failed.
                var taken = json.BytesPending + json.BytesCommitted + ((long)--left * FailedBytes);
                var result = Transform(record, region, encoder, events, taken);
                json.WriteStartObject();
                json.WriteString("recordId", id);
                json.WriteString("result", result);
                if (result == Ok)
                {
                    json.WriteBase64String("data", events.Text(0, events.Count).Span);
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        answer.Position = 0;
        return answer;
    }

    /// <summary>What fails Firehose puts into its bucket, below <c>processing-failed/</c>, as it came.</summary>
    private string Transform(JsonElement record, string region, HecEncoder encoder, HecEvents events, long written)
    {
        byte[]? bytes = null;
        var isRead =
            record.TryGetProperty("data", out var data)
            && data.ValueKind == JsonValueKind.String
            && data.TryGetBytesFromBase64(out bytes);
        var due = new DueRecord(
            new()
            {
                SequenceNumber = Text(record, "recordId"),
                Stream = $"arn:aws:firehose:{region}",
                Data = bytes,
                Problem = isRead ? null : "its data are not base64",
            }
        );
        var outcome = new Outcome();
        new Deliverer(format, metadata, fields, choice).Encode(due, 0, encoder, events, outcome, new(format));
        if (outcome.Unreadable is [var (_, reason), ..])
        {
            NotTransformed(due.Record.SequenceNumber, reason);
            return Failed;
        }

        if (written + Base64.GetMaxEncodedToUtf8Length(events.LengthBytes) > MostBytes)
        {
            NotTransformed(
                due.Record.SequenceNumber,
                "the response would be larger than Lambda's 6 MB; lower the buffer size of the transformation"
            );
            return Failed;
        }

        return events.Count == 0 ? Dropped : Ok;
    }

    private static async Task<JsonDocument> ParseAsync(Stream input)
    {
        try
        {
            return await JsonDocument.ParseAsync(input).ConfigureAwait(false);
        }
        catch (JsonException e)
        {
            throw new FlowLogException($"the event is not JSON: byte {e.BytePositionInLine}");
        }
    }

    private static string Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object
        && element.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString() ?? ""
            : "";

    [LoggerMessage(Level = LogLevel.Warning, Message = "The record {Record} goes to Firehose's bucket: {Reason}")]
    private partial void NotTransformed(string record, string reason);
}
