using System.Text.Json;
using FlowLogs.Incoming;

namespace FlowLogs.Backup;

/// <summary>
/// What can be delivered again: lines of ours, an invocation that Lambda gave up (its record with the event as <c>payload</c>),
/// and records that Firehose put aside (<c>rawData</c>).
/// </summary>
internal static class BackupForms
{
    /// <param name="text">One JSON document.</param>
    /// <param name="number">Its line, from 1.</param>
    /// <exception cref="InvalidDataException">It is none of the forms.</exception>
    public static IEnumerable<BackupLine> Read(ReadOnlyMemory<byte> text, int number)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            var root = json.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
            {
                throw new InvalidDataException($"line {number} is no object");
            }

            return root.TryGetProperty("payload", out var payload) ? GivenUp(payload, number)
                : root.TryGetProperty("rawData", out var raw) ? [Firehose(root, raw, number)]
                : [Own(root, number)];
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"line {number} is not JSON: byte {e.BytePositionInLine}", e);
        }
        catch (InvalidOperationException e)
        {
            throw new InvalidDataException($"line {number} has text that is not UTF-8", e);
        }
    }

    private static BackupLine Own(JsonElement root, int number)
    {
        if (!root.TryGetProperty("data", out var data))
        {
            throw new InvalidDataException($"line {number} has neither data, nor payload, nor rawData");
        }

        IReadOnlyList<int>? only = null;
        if (root.TryGetProperty("events", out var events))
        {
            only =
                events.ValueKind == JsonValueKind.Array
                && events.EnumerateArray().All(static each => each.ValueKind == JsonValueKind.Number)
                && events.EnumerateArray().All(static each => each.TryGetInt32(out _))
                    ? [.. events.EnumerateArray().Select(static each => each.GetInt32()).Order()]
                    : throw new InvalidDataException($"line {number}: its events are no list of numbers");
        }

        return new()
        {
            Reason = Text(root, "reason"),
            Only = only,
            Record = new()
            {
                SequenceNumber = Text(root, "sequence_number"),
                Shard = Text(root, "shard"),
                Stream = Text(root, "stream"),
                PartitionKey = Text(root, "partition_key"),
                Arrived =
                    root.TryGetProperty("arrived", out var arrived)
                    && arrived.ValueKind == JsonValueKind.String
                    && arrived.TryGetDateTimeOffset(out var time)
                        ? time
                        : null,
                Data = Bytes(data, number, "data"),
            },
        };
    }

    /// <summary>The event is text there, as Lambda's guide has it; an object would say the same.</summary>
    private static IEnumerable<BackupLine> GivenUp(JsonElement payload, int number)
    {
        try
        {
            var text = payload.ValueKind == JsonValueKind.String ? payload.GetString() ?? "" : payload.GetRawText();
            var records =
                KinesisEvent.Read(System.Text.Encoding.UTF8.GetBytes(text))
                ?? throw new InvalidDataException("it is no event of a Kinesis stream");
            return records.Select(static record => new BackupLine { Reason = "Lambda gave up on it", Record = record });
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"line {number}, its payload: {e.Message}", e);
        }
    }

    private static BackupLine Firehose(JsonElement root, JsonElement raw, int number) =>
        new()
        {
            Reason = $"{Text(root, "errorCode")} {Text(root, "errorMessage")}".Trim(),
            Record = new()
            {
                SequenceNumber = "",
                Shard = "firehose",
                Arrived =
                    root.TryGetProperty("arrivalTimestamp", out var arrived)
                    && arrived.ValueKind == JsonValueKind.Number
                    && arrived.TryGetInt64(out var milliseconds)
                    && milliseconds is >= 0 and < 253_402_300_799_000
                        ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
                        : null,
                Data = Bytes(raw, number, "rawData"),
            },
        };

    private static byte[] Bytes(JsonElement value, int number, string name) =>
        value.ValueKind == JsonValueKind.String && value.TryGetBytesFromBase64(out var bytes)
            ? bytes
            : throw new InvalidDataException($"line {number}: its {name} is not base64");

    private static string Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString() ?? ""
            : "";
}
