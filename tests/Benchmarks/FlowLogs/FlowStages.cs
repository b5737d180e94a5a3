using System.IO.Compression;
using System.Net;
using System.Text;
using FlowLogs.Delivery;
using FlowLogs.Encoding;
using FlowLogs.Hec;
using FlowLogs.Incoming;
using FlowLogs.Measures;
using FlowLogs.Records;
using FlowLogs.Selection;

namespace Benchmarks.FlowLogs;

/// <summary>The way of one event of 6 MB, whole and stage by stage. Each stage has what the one before it made.</summary>
internal sealed class FlowStages
{
    private static readonly HecSettings Settings = new() { Url = new("http://hec.example:8088"), Token = new("token") };

    /// <summary>As long as the process lasts.</summary>
    private static readonly HecEvents Events = new();

    private readonly GeneratedEvent generated = GeneratedEvent.Of(1);
    private readonly IReadOnlyList<StreamRecord> records;
    private readonly byte[][] messages;
    private readonly (byte[] Bytes, Range[] Lines)[] lines;
    private readonly (LogSource Source, Range[] Ids, long[] Times)[] others;
    private readonly FlowRecord record = new(FlowFormat.Default);
    private readonly byte[] inflated = new byte[1 << 20];
    private int sum;

    public FlowStages()
    {
        records = KinesisEvent.Read(generated.Json)!;
        messages = [.. records.Select(static each => Inflate(each.Data))];
        lines = [.. messages.Select(static message => (message, Lines(message)))];
        others = [.. messages.Select(Others)];
        Encode(EventFields.Enriched);
        EncodedBytes = Events.LengthBytes;
    }

    public GeneratedEvent Event => generated;

    /// <summary>Of all posts together, before they are compressed.</summary>
    public long EncodedBytes { get; }

    /// <summary>JSON of the event and base64.</summary>
    public void ReadEvent() => sum += KinesisEvent.Read(generated.Json)!.Count;

    /// <summary>Nothing but the platform's inflate, into a buffer that is there: the ceiling.</summary>
    public void InflateAlone()
    {
        foreach (var each in records)
        {
            System.Runtime.InteropServices.MemoryMarshal.TryGetArray(each.Data, out var data);
            using var gzip = new GZipStream(
                new MemoryStream(data.Array!, data.Offset, data.Count),
                CompressionMode.Decompress
            );
            sum += gzip.ReadAtLeast(inflated, inflated.Length, throwOnEndOfStream: false);
        }
    }

    public void Open()
    {
        foreach (var each in records)
        {
            using var opened = Inflated.Open(each.Data, LogRecords.MostBytes, out _);
            sum += opened!.Bytes.Length;
        }
    }

    /// <summary>The JSON of the messages, to where the lines are.</summary>
    public void Scan()
    {
        foreach (var message in messages)
        {
            LogMessages.Read(message, (_, _, _, line) => sum += line.Length);
        }
    }

    public void Parse()
    {
        foreach (var (bytes, ranges) in lines)
        {
            foreach (var range in ranges)
            {
                sum += record.Read(bytes.AsSpan(range)).IsNone ? 1 : 0;
            }
        }
    }

    public void ParseAndCount()
    {
        var counts = new FlowCounts(FlowFormat.Default);
        foreach (var (bytes, ranges) in lines)
        {
            foreach (var range in ranges)
            {
                var line = bytes.AsSpan(range);
                counts.Add(record, line, record.Read(line), 1_418_530_010_000);
            }
        }

        sum += (int)counts.Unparsed;
    }

    /// <summary>Parsed, and written as events.</summary>
    public void Encode(EventFields fields)
    {
        var encoder = new HecEncoder(FlowFormat.Default, new(), fields);
        Events.Clear();
        for (var i = 0; i < lines.Length; i++)
        {
            var (bytes, ranges) = lines[i];
            var (source, ids, times) = others[i];
            encoder.Begin(new(source.LogGroup, source.LogStream, source.Owner) { Region = "eu-west-1" });
            for (var j = 0; j < ranges.Length; j++)
            {
                encoder.Append(Events, default, bytes.AsSpan(ids[j]), times[j], bytes.AsSpan(ranges[j]), escaped: true);
            }
        }
    }

    /// <summary>Cut into posts and copied, or compressed.</summary>
    public long Bodies(bool gzip)
    {
        var text = new EventText(Events.Count, Events.Text);
        var bytes = 0L;
        foreach (var piece in Piece.Batches(text, Settings))
        {
            var body = piece.Body(text, gzip);
            bytes += body.Bytes.Length;
            body.Return();
        }

        return bytes;
    }

    /// <summary>From the event's bytes to the last answer of a HEC that takes everything and does nothing.</summary>
    public async Task WholeAsync(bool gzip, EventFields fields)
    {
        using var http = new HttpClient(new Sink());
        var settings = Settings with { Gzip = gzip };
        var hec = new HecClient(
            http,
            settings,
            new(TimeSpan.FromMinutes(5), TimeProvider.System),
            TimeProvider.System,
            static () => 0
        );
        var choice = new Choice(FlowFilter.Parse("", FlowFormat.Default), new(1, FlowFormat.Default));
        var due = KinesisEvent.Read(generated.Json)!.Select(static each => new DueRecord(each)).ToList();
        var delivered = await new Deliverer(FlowFormat.Default, new(), fields, choice).DeliverAsync(due, hec, default);
        if (delivered.Accepted != GeneratedEvent.Records)
        {
            throw new InvalidOperationException($"{delivered.Accepted} of {GeneratedEvent.Records} were delivered");
        }
    }

    private static byte[] Inflate(ReadOnlyMemory<byte> data)
    {
        using var opened = Inflated.Open(data, LogRecords.MostBytes, out _);
        return opened!.Bytes.ToArray();
    }

    private static Range[] Lines(byte[] message)
    {
        List<Range> ranges = [];
        LogMessages.Read(
            message,
            (_, _, _, line) =>
            {
                message.AsSpan().Overlaps(line, out var at);
                ranges.Add(at..(at + line.Length));
            }
        );
        return [.. ranges];
    }

    private static (LogSource, Range[], long[]) Others(byte[] message)
    {
        LogSource? of = null;
        List<Range> ids = [];
        List<long> times = [];
        LogMessages.Read(
            message,
            (source, id, time, _) =>
            {
                of = source;
                message.AsSpan().Overlaps(id, out var at);
                ids.Add(at..(at + id.Length));
                times.Add(time);
            }
        );
        return (of!, [.. ids], [.. times]);
    }

    /// <summary>Reads the body to its end, as HEC has to, and keeps nothing.</summary>
    private sealed class Sink : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            await request.Content!.CopyToAsync(Stream.Null, cancellationToken);
            return new(HttpStatusCode.OK)
            {
                Content = new StringContent("""{"text":"Success","code":0}""", Encoding.UTF8, "application/json"),
            };
        }
    }
}
