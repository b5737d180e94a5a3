using System.Globalization;
using System.IO.Compression;
using System.Numerics;
using System.Text;
using System.Text.Json;
using FlowLogs.Records;

namespace Benchmarks.FlowLogs;

/// <summary>
/// Lambda's event of a Kinesis stream, about as large as Lambda makes one: 6 MB. Each record is a message of CloudWatch Logs
/// with 2,000 log events of one interface.
/// </summary>
internal sealed record GeneratedEvent
{
    public const int EventsOfMessage = 2000;

    /// <summary>What an interface has in a minute and was put into the log together.</summary>
    private const int EventsOfBatch = 500;

    /// <summary>What fits into 6 MB, of version 2.</summary>
    public const int Messages = 65;

    public const int Records = Messages * EventsOfMessage;

    public required byte[] Json { get; init; }

    /// <summary>Of the messages, inflated.</summary>
    public required long InflatedBytes { get; init; }

    /// <summary>Of the messages, as they are in the stream.</summary>
    public required long CompressedBytes { get; init; }

    /// <summary>Of the lines alone.</summary>
    public required long LineBytes { get; init; }

    public static GeneratedEvent Of(int seed)
    {
        var random = new Random(seed);
        var json = new MemoryStream();
        var (inflated, compressed, lines) = (0L, 0L, 0L);
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("Records");
            for (var i = 0; i < Messages; i++)
            {
                var message = Message(random, ref lines);
                var data = Compressed(message);
                (inflated, compressed) = (inflated + message.Length, compressed + data.Length);
                Write(writer, i, data);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return new()
        {
            Json = json.ToArray(),
            InflatedBytes = inflated,
            CompressedBytes = compressed,
            LineBytes = lines,
        };
    }

    private static byte[] Message(Random random, ref long bytes)
    {
        // Now, so that the metrics that are made of it are of this day.
        var start = DateTimeOffset.UtcNow.ToUnixTimeSeconds() - 300;
        var lines = new FlowLines(FlowFormat.Default, random);
        var text = new StringBuilder(
            $$"""{"messageType":"DATA_MESSAGE","owner":"123456789010","logGroup":"/vpc/flow-logs","logStream":"{{lines.Interface}}-all","subscriptionFilters":["to-kinesis"],"logEvents":["""
        );
        var batch = BigInteger.Zero;
        for (var i = 0; i < EventsOfMessage; i++)
        {
            var at = start + random.Next(60);
            batch = i % EventsOfBatch == 0 ? (BigInteger)random.NextInt64(long.MaxValue) << 80 : batch;
            var line = lines.Next(at);
            bytes += line.Length;
            text.Append(
                CultureInfo.InvariantCulture,
                $$"""{{(i == 0 ? "" : ",")}}{"id":"{{Id(at * 1000, batch, i % EventsOfBatch)}}","timestamp":{{at * 1000}},"message":"{{line}}"}"""
            );
        }

        return Encoding.UTF8.GetBytes(text.Append("]}").ToString());
    }

    /// <summary>
    /// As those of AWS's example of a subscription are made: the timestamp, then 144 bits that are the same for all that was put
    /// into the log together, plus its place.
    /// </summary>
    private static string Id(long timestamp, BigInteger batch, int place) =>
        (((BigInteger)timestamp << 144) + batch + place).ToString(CultureInfo.InvariantCulture);

    private static byte[] Compressed(byte[] message)
    {
        var data = new MemoryStream();
        // Level 6 of zlib.
        using (var gzip = new GZipStream(data, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(message);
        }

        return data.ToArray();
    }

    private static void Write(Utf8JsonWriter writer, int index, byte[] data)
    {
        writer.WriteStartObject();
        writer.WriteStartObject("kinesis");
        writer.WriteString("kinesisSchemaVersion", "1.0");
        writer.WriteString("partitionKey", $"{index:x32}");
        writer.WriteString("sequenceNumber", $"4959033827149025660855969253836157109592157598913658{index:D4}");
        writer.WriteBase64String("data", data);
        writer.WriteNumber(
            "approximateArrivalTimestamp",
            DateTimeOffset.UtcNow.AddMinutes(-1).ToUnixTimeMilliseconds() / 1000.0
        );
        writer.WriteEndObject();
        writer.WriteString("eventSource", "aws:kinesis");
        writer.WriteString("eventVersion", "1.0");
        writer.WriteString(
            "eventID",
            $"shardId-000000000006:4959033827149025660855969253836157109592157598913658{index:D4}"
        );
        writer.WriteString("eventName", "aws:kinesis:record");
        writer.WriteString("invokeIdentityArn", "arn:aws:iam::123456789012:role/lambda-role");
        writer.WriteString("awsRegion", "eu-west-1");
        writer.WriteString("eventSourceARN", "arn:aws:kinesis:eu-west-1:123456789012:stream/flow-logs");
        writer.WriteEndObject();
    }
}
