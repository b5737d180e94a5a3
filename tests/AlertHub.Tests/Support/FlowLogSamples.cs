using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace AlertHub.Tests.Support;

/// <summary>
/// Records of a stream that CloudWatch Logs fills with flow logs, and others fill with anything. The same seed gives the same
/// ones; ids of log events are as long as CloudWatch's, and none is given twice.
/// </summary>
public sealed class FlowLogSamples(int seed = 1)
{
    public const string Owner = "123456789010";

    public const string LogGroup = "/vpc/flow-logs";

    private static readonly string[] Interfaces =
    [
        "eni-1235b8ca123456789",
        "eni-0a1b2c3d4e5f60718",
        "eni-0ffffffffffffffff",
    ];

    private readonly Random random = new(seed);
    private long given;

    /// <summary>The first flow begins then; those of each event a second later.</summary>
    public DateTimeOffset From { get; init; } = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);

    /// <summary>A message with flows of one interface, as a subscription puts it into the stream.</summary>
    /// <param name="events">How many.</param>
    /// <param name="action">Of all of them; <c>ACCEPT</c> or <c>REJECT</c>. By default one or the other.</param>
    /// <param name="source">Where all of them come from. By default one from anywhere.</param>
    public FlowLogSample Message(int events, string? action = null, string? source = null)
    {
        var eni = random.GetItems(Interfaces, 1)[0];
        List<string> ids = [];
        List<JsonNode> all = [];
        while (ids.Count < events)
        {
            ids.Add(NextId());
            all.Add(Event(ids[^1], eni, action, source));
        }

        return new(Zipped(Text("DATA_MESSAGE", $"{eni}-all", [.. all])), [new(eni, ids)]);
    }

    /// <summary>By this CloudWatch Logs looks whether anybody is there.</summary>
    public static FlowLogSample Control() =>
        new(
            Zipped(
                Text(
                    "CONTROL_MESSAGE",
                    "",
                    [
                        new JsonObject
                        {
                            ["id"] = "",
                            ["timestamp"] = 1764417600000,
                            ["message"] = "CWL CONTROL MESSAGE: Checking health of destination Kinesis stream.",
                        },
                    ]
                )
            ),
            []
        );

    /// <summary>Several in one record, as the Kinesis Producer Library does it.</summary>
    public static FlowLogSample Aggregate(params IReadOnlyList<FlowLogSample> samples) =>
        new(
            Packed([.. samples.Select(static sample => sample.Data)]),
            [.. samples.SelectMany(static sample => sample.Flows)]
        )
        {
            IsPoison = samples.Any(static sample => sample.IsPoison),
        };

    /// <summary>A record that nobody can read, of one of some kinds.</summary>
    public FlowLogSample Poison() => Poison(random.Next(PoisonKinds));

    public const int PoisonKinds = 7;

    /// <param name="kind">0 to <see cref="PoisonKinds"/> - 1.</param>
    public FlowLogSample Poison(int kind)
    {
        var zipped = Zipped(Text("DATA_MESSAGE", "eni-1-all", [Event("1", "eni-1", null)]));
        var bytes = new byte[random.Next(1, 100)];
        random.NextBytes(bytes);
        return new(
            kind switch
            {
                // The deflated bytes begin behind ten bytes of header.
                0 => [.. zipped[..10], 0xFF, .. zipped[11..]],
                1 => zipped[..(zipped.Length / 2)],
                2 => Zipped("""{"messageType":"DATA_MESSAGE","owner":"1","logEv"""),
                3 => Zipped("""{"records":[]}"""),
                4 => Encoding.UTF8.GetBytes("<134>1 2026-11-29T12:00:00Z host app - - - no flow log"),
                5 => [0, .. bytes],
                _ => [],
            },
            []
        )
        {
            IsPoison = true,
        };
    }

    /// <summary>Messages most of all, some of them in aggregates, with control messages and poison between them.</summary>
    public IEnumerable<FlowLogSample> Mix(int count, int mostEvents = 20)
    {
        for (var i = 0; i < count; i++)
        {
            yield return random.Next(10) switch
            {
                0 => Control(),
                1 => Poison(),
                2 => Aggregate(
                    Message(random.Next(mostEvents + 1)),
                    Control(),
                    Message(random.Next(1, mostEvents + 1))
                ),
                _ => Message(random.Next(1, mostEvents + 1)),
            };
        }
    }

    public static byte[] Zipped(string text)
    {
        var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return bytes.ToArray();
    }

    /// <summary>As the Kinesis Producer Library does it: a table with one partition key, and records that refer to it.</summary>
    public static byte[] Packed(params IReadOnlyList<byte[]> records)
    {
        var message = new MemoryStream();
        Field(message, 1, "key"u8);
        foreach (var record in records)
        {
            var inner = new MemoryStream();
            inner.Write([1 << 3, 0]);
            Field(inner, 3, record);
            Field(message, 3, inner.ToArray());
        }

        return Hashed(message.ToArray());
    }

    /// <summary>A message between the Producer Library's magic bytes and its MD5.</summary>
    public static byte[] Hashed(byte[] message) => [0xF3, 0x89, 0x9A, 0xC2, .. message, .. Md5(message)];

#pragma warning disable CA5351 // It is the format's.
    private static byte[] Md5(byte[] message) => MD5.HashData(message);
#pragma warning restore CA5351

    private static void Field(MemoryStream message, int number, ReadOnlySpan<byte> bytes)
    {
        message.WriteByte((byte)((number << 3) | 2));
        var length = (uint)bytes.Length;
        for (; length >= 0x80; length >>= 7)
        {
            message.WriteByte((byte)(length | 0x80));
        }

        message.WriteByte((byte)length);
        message.Write(bytes);
    }

    private static string Text(string type, string stream, JsonNode[] events) =>
        new JsonObject
        {
            ["messageType"] = type,
            ["owner"] = Owner,
            ["logGroup"] = LogGroup,
            ["logStream"] = stream,
            ["subscriptionFilters"] = new JsonArray("flow-logs"),
            ["logEvents"] = new JsonArray(events),
        }.ToJsonString();

    private string NextId() => string.Create(CultureInfo.InvariantCulture, $"3{seed:D10}{++given:D45}");

    private JsonObject Event(string id, string eni, string? action, string? source = null)
    {
        var start = From.AddSeconds(given);
        return new()
        {
            ["id"] = id,
            ["timestamp"] = start.ToUnixTimeMilliseconds(),
            ["message"] = Line(eni, start.ToUnixTimeSeconds(), action, source),
        };
    }

    private string Line(string eni, long start, string? action, string? source) =>
        action is null && random.Next(20) == 0
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"2 {Owner} {eni} - - - - - - - {start} {start + 60} - {(random.Next(2) == 0 ? "NODATA" : "SKIPDATA")}"
            )
            : string.Create(
                CultureInfo.InvariantCulture,
                $"2 {Owner} {eni} {source ?? Address()} {Address()} {random.Next(1024, 65536)} {random.Next(1, 1024)} {(random.Next(2) == 0 ? 6 : 17)} {random.Next(1, 500)} {random.Next(40, 900_000)} {start} {start + 60} {action ?? (random.Next(4) == 0 ? "REJECT" : "ACCEPT")} OK"
            );

    private string Address()
    {
        Span<byte> host = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(host, random.Next());
        return string.Create(CultureInfo.InvariantCulture, $"10.{host[0]}.{host[1]}.{host[2]}");
    }
}

/// <param name="Data">Of the record.</param>
/// <param name="Flows">The log events in it, by message.</param>
public sealed record FlowLogSample(byte[] Data, IReadOnlyList<FlowsOfInterface> Flows)
{
    /// <summary>It, or something in it, cannot be read.</summary>
    public bool IsPoison { get; init; }

    /// <summary>By interface, as CloudWatch Logs does it that is told to distribute by log stream.</summary>
    public string PartitionKey => Flows.Count > 0 ? Flows[0].Interface : "other";

    /// <summary>Ids of the log events in it, in their order.</summary>
    public IEnumerable<string> Ids => Flows.SelectMany(static flows => flows.Ids);
}

/// <param name="Interface">Whose flows they are.</param>
/// <param name="Ids">Of their log events.</param>
public sealed record FlowsOfInterface(string Interface, IReadOnlyList<string> Ids);
