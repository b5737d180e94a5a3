using System.Text.Json;

namespace FlowLogs.Incoming;

/// <summary>
/// Lambda's event of a Kinesis stream (Lambda developer guide, "Using Lambda with Kinesis"). Foreign, so that every member but
/// the sequence number may be missing; without that nobody could say which record failed.
/// </summary>
internal static class KinesisEvent
{
    /// <param name="json">The event.</param>
    /// <returns>Its records, in their order; null where it has no list of them and is some other document.</returns>
    /// <exception cref="InvalidDataException">It is not JSON, or has other records. The message says which.</exception>
    public static IReadOnlyList<StreamRecord>? Read(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        try
        {
            return Records(ref reader);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"it is not JSON: line {e.LineNumber + 1}, byte {e.BytePositionInLine}", e);
        }
        catch (InvalidOperationException e)
        {
            throw new InvalidDataException("it has text that is not UTF-8", e);
        }
    }

    private static List<StreamRecord>? Records(ref Utf8JsonReader reader)
    {
        List<StreamRecord>? records = null;
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return null;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isRecords = reader.ValueTextEquals("Records"u8);
            reader.Read();
            if (!isRecords || reader.TokenType != JsonTokenType.StartArray)
            {
                reader.Skip();
                continue;
            }

            records = [];
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                records.Add(Record(ref reader, records.Count));
            }
        }

        return records;
    }

    private static StreamRecord Record(ref Utf8JsonReader reader, int place)
    {
        var record = new StreamRecord { SequenceNumber = "", Problem = "it has no data" };
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw Without(place);
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("kinesis"u8))
            {
                reader.Read();
                record = Inner(ref reader, record);
            }
            else if (reader.ValueTextEquals("eventID"u8))
            {
                record = record with { Shard = Text(ref reader).Split(':')[0] };
            }
            else if (reader.ValueTextEquals("eventSourceARN"u8))
            {
                record = record with { Stream = Text(ref reader) };
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        return record.SequenceNumber.Length > 0 ? record : throw Without(place);
    }

    private static StreamRecord Inner(ref Utf8JsonReader reader, StreamRecord record)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return record;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("sequenceNumber"u8))
            {
                record = record with { SequenceNumber = Text(ref reader) };
            }
            else if (reader.ValueTextEquals("partitionKey"u8))
            {
                record = record with { PartitionKey = Text(ref reader) };
            }
            else if (reader.ValueTextEquals("approximateArrivalTimestamp"u8))
            {
                reader.Read();
                record = record with { Arrived = Time(ref reader) };
                reader.Skip();
            }
            else if (reader.ValueTextEquals("data"u8))
            {
                reader.Read();
                record =
                    reader.TokenType == JsonTokenType.String && reader.TryGetBytesFromBase64(out var data)
                        ? record with
                        {
                            Data = data,
                            Problem = null,
                        }
                        : record with
                        {
                            Data = reader.TokenType == JsonTokenType.String ? reader.ValueSpan.ToArray() : default,
                            Problem = "its data are not base64",
                        };
                reader.Skip();
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        return record;
    }

    /// <summary>Seconds with a fraction; as anything else it is not known.</summary>
    private static DateTimeOffset? Time(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Number
        && reader.TryGetDouble(out var seconds)
        && seconds is >= 0 and < 253_402_300_799
            ? DateTimeOffset.UnixEpoch + TimeSpan.FromMilliseconds(Math.Round(seconds * 1000))
            : null;

    private static string Text(ref Utf8JsonReader reader)
    {
        reader.Read();
        var text = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        reader.Skip();
        return text ?? "";
    }

    private static InvalidDataException Without(int place) =>
        new($"Records[{place}] has no kinesis.sequenceNumber, as a record of a Kinesis stream has");
}
