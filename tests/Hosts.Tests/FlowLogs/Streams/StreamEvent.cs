using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Hosts.Tests.FlowLogs.Streams;

/// <summary>
/// What passes between Lambda and a function that reads a stream (Lambda developer guide, "Using Lambda with Kinesis" and
/// "Configuring partial batch response with Kinesis", looked up 2026-11-29).
/// </summary>
internal static class StreamEvent
{
    private static readonly JsonWriterOptions AsLambda = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static ReadOnlySpan<byte> Before => "{\"Records\":["u8;

    private static ReadOnlySpan<byte> After => "]}"u8;

    /// <summary>Bytes of the event of these records.</summary>
    public static long Length(IEnumerable<byte[]> records) =>
        Before.Length + After.Length - 1 + records.Sum(static record => record.Length + 1L);

    public static byte[] Write(IEnumerable<byte[]> records)
    {
        using var text = new MemoryStream();
        text.Write(Before);
        foreach (var (place, record) in records.Index())
        {
            if (place > 0)
            {
                text.WriteByte((byte)',');
            }

            text.Write(record);
        }

        text.Write(After);
        return text.ToArray();
    }

    /// <summary>One of the event's Records.</summary>
    public static byte[] Write(StreamedRecord record, MappingSettings settings)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text, AsLambda))
        {
            json.WriteStartObject();
            json.WriteStartObject("kinesis");
            json.WriteString("kinesisSchemaVersion", "1.0");
            json.WriteString("partitionKey", record.PartitionKey);
            json.WriteString("sequenceNumber", record.SequenceNumber);
            json.WriteBase64String("data", record.Data.Span);
            json.WriteNumber("approximateArrivalTimestamp", record.Arrived.ToUnixTimeMilliseconds() / 1000m);
            json.WriteEndObject();
            json.WriteString("eventSource", "aws:kinesis");
            json.WriteString("eventVersion", "1.0");
            json.WriteString("eventID", $"{record.Shard}:{record.SequenceNumber}");
            json.WriteString("eventName", "aws:kinesis:record");
            json.WriteString("invokeIdentityArn", settings.RoleArn);
            json.WriteString("awsRegion", settings.StreamArn.Split(':')[3]);
            json.WriteString("eventSourceARN", settings.StreamArn);
            json.WriteEndObject();
        }

        return text.ToArray();
    }

    /// <summary>
    /// The place of the first record that is not done: the batch's length where the answer or its list is empty or has
    /// another name, 0 where an identifier is none of the batch's. That an answer which is no object, and a list which is no
    /// list, fail is a guess, as is what an identifier of another batch does.
    /// </summary>
    /// <param name="answer">Of an invocation that did not fail.</param>
    /// <param name="batch">The sequence numbers of all records.</param>
    public static int Checkpoint(ReadOnlyMemory<byte> answer, IReadOnlyList<string> batch)
    {
        if (answer.IsEmpty)
        {
            return batch.Count;
        }

        try
        {
            return JsonNode.Parse(answer.Span) switch
            {
                null => batch.Count,
                JsonObject response => response["batchItemFailures"] switch
                {
                    null => batch.Count,
                    JsonArray list => list.Select(item => Place(item, batch)).DefaultIfEmpty(batch.Count).Min(),
                    _ => 0,
                },
                JsonValue value when value.TryGetValue<string>(out var text) && text.Length == 0 => batch.Count,
                _ => 0,
            };
        }
        catch (JsonException)
        {
            return 0;
        }
    }

    private static int Place(JsonNode? item, IReadOnlyList<string> batch) =>
        item is JsonObject entry
        && entry["itemIdentifier"] is JsonValue value
        && value.TryGetValue<string>(out var number)
            ? batch.Index().FirstOrDefault(record => record.Item == number).Index
            : 0;
}
