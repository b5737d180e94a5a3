using System.Collections.Immutable;
using System.Text.Json;
using FlowLogs.Records;

namespace FlowLogs.Encoding;

/// <summary>
/// Turns lines into HEC events: the raw line as <c>event</c>, which Splunk's add-on extracts from, and its typed values as
/// <c>fields</c>. A line that is no record is an event too, with <c>parse_error</c>. For one thread; nothing is allocated for a
/// record unless it carries escapes, percent-encoded tags, or another interface for its metadata than the one before.
/// </summary>
internal sealed class HecEncoder
{
    private readonly ImmutableArray<(string Name, string Template)> metadata;
    private readonly bool byInterface;
    private readonly FlowRecord record;
    private readonly RecordFields fields;
    private readonly int interfaceId;
    private FlowStream stream = new("", "", "");
    private byte[] account = [];
    private byte[] region = [];
    private byte[] lastInterface = [];
    private byte[] head;

    /// <param name="format">Of the lines.</param>
    /// <param name="metadata">Of the events.</param>
    /// <param name="scope">What of a record stands in <c>fields</c>.</param>
    public HecEncoder(FlowFormat format, HecMetadata metadata, EventFields scope = EventFields.Record)
    {
        this.metadata = metadata.Checked();
        byInterface = this.metadata.Any(static part =>
            part.Template.Contains("{interface_id}", StringComparison.Ordinal)
        );
        record = new(format);
        fields = new(format, scope);
        interfaceId = format.IndexOf("interface-id");
        head = Head("");
    }

    /// <summary>The record of the line that was read last; without use where that had a problem.</summary>
    public FlowRecord Last => record;

    /// <summary>Where the lines that follow come from.</summary>
    public void Begin(FlowStream from)
    {
        stream = from;
        account = JsonText(from.Account);
        region = JsonText(from.Region);
        lastInterface = [];
        head = Head("");
    }

    /// <summary>Reads a line; what it is can be asked of <see cref="Last"/> before it is written, or not.</summary>
    /// <param name="message">The line in UTF-8.</param>
    /// <param name="escaped">The line is the inside of a JSON string.</param>
    /// <param name="line">Without its escapes.</param>
    public FlowProblem Read(ReadOnlySpan<byte> message, bool escaped, out ReadOnlySpan<byte> line)
    {
        line = escaped && message.Contains((byte)'\\') ? Unescaped(message) : message;
        return record.Read(line);
    }

    /// <summary>Writes the line that was read last.</summary>
    /// <param name="events">Gets one event more.</param>
    /// <param name="origin">Where the line came from.</param>
    /// <param name="id">CloudWatch's id of the log event, which stays the same however often it is delivered; may be empty.</param>
    /// <param name="timestamp">Milliseconds since 1970.</param>
    /// <param name="message">The line as it was read; where it was escaped it is copied as it is.</param>
    /// <param name="escaped">As it was read.</param>
    /// <param name="line">As <see cref="Read"/> gave it.</param>
    /// <param name="problem">What <see cref="Read"/> found.</param>
    /// <param name="sampleRate">Of how many records this one is left; 1 for all.</param>
    public void Write(
        HecEvents events,
        EventOrigin origin,
        ReadOnlySpan<byte> id,
        long timestamp,
        ReadOnlySpan<byte> message,
        bool escaped,
        ReadOnlySpan<byte> line,
        FlowProblem problem,
        int sampleRate = 1
    )
    {
        if (byInterface && interfaceId >= 0)
        {
            Meet(problem.IsNone && !record.IsAbsent(line, interfaceId) ? record.Text(line, interfaceId) : []);
        }

        var plain = JsonCursor.IsPlain(line);
        var reason = problem.IsNone ? [] : JsonText(problem.Tell(record.Format));

        // The line is written once as the event, and each value of it at most twice.
        var growth = plain && !fields.HasTags ? 1 : JsonCursor.MostGrowth;
        var text = checked((3 * growth * Math.Max(line.Length, message.Length)) + (JsonCursor.MostGrowth * id.Length));
        var json = new JsonCursor(
            events.Room(text + head.Length + reason.Length + account.Length + region.Length + fields.MostBytes)
        );
        json.Raw("{\"time\":"u8);
        json.Seconds(timestamp);
        json.Raw(head);
        if (plain && (!escaped || line == message))
        {
            json.Raw(message);
        }
        else
        {
            json.Text(message, escaped);
        }

        json.Raw("\",\"fields\":{\"vendor_product\":\"AWS VPC Flow Logs\""u8);
        if (!id.IsEmpty)
        {
            json.Raw(",\"cwl_id\":\""u8);
            json.Text(id);
            json.Raw("\""u8);
        }

        if (sampleRate > 1)
        {
            json.Raw(",\"sample_rate\":"u8);
            json.Number(sampleRate);
        }

        if (problem.IsNone)
        {
            fields.Write(ref json, record, line, plain, account, region);
        }
        else
        {
            RecordFields.WriteOrigin(ref json, account, region);
            json.Raw(",\"parse_error\":\""u8);
            json.Raw(reason);
            json.Raw("\""u8);
        }

        json.Raw("}}"u8);
        events.Add(json.At, origin);
    }

    /// <summary>Reads a line and writes it, whatever it is.</summary>
    public FlowProblem Append(
        HecEvents events,
        EventOrigin origin,
        ReadOnlySpan<byte> id,
        long timestamp,
        ReadOnlySpan<byte> message,
        bool escaped = false
    )
    {
        var problem = Read(message, escaped, out var line);
        Write(events, origin, id, timestamp, message, escaped, line, problem);
        return problem;
    }

    private void Meet(ReadOnlySpan<byte> found)
    {
        if (!found.SequenceEqual(lastInterface))
        {
            lastInterface = found.ToArray();
            head = Head(System.Text.Encoding.UTF8.GetString(found));
        }
    }

    /// <summary>What stands between the time and the line.</summary>
    private byte[] Head(string found)
    {
        List<byte> bytes = [];
        foreach (var (name, template) in metadata)
        {
            var value = HecMetadata.Fill(template, stream, found);
            if (value.Length > 0)
            {
                bytes.AddRange([.. ",\""u8, .. JsonText(name), .. "\":\""u8, .. JsonText(value), .. "\""u8]);
            }
        }

        return [.. bytes, .. ",\"event\":\""u8];
    }

    /// <summary>Empty, and so no record, where the escapes say what is no text: half of a surrogate pair.</summary>
    private static ReadOnlySpan<byte> Unescaped(ReadOnlySpan<byte> message)
    {
        var room = new byte[(JsonCursor.MostGrowth * message.Length) + 2];
        var json = new JsonCursor(room);
        json.Raw("\""u8);
        json.Text(message, escaped: true);
        json.Raw("\""u8);
        try
        {
            var reader = new Utf8JsonReader(room.AsSpan(0, json.At));
            reader.Read();
            var text = new byte[json.At];
            return text.AsSpan(0, reader.CopyString(text));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return [];
        }
    }

    private static byte[] JsonText(string text)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(text);
        var room = new byte[JsonCursor.MostGrowth * bytes.Length];
        var json = new JsonCursor(room);
        json.Text(bytes);
        return room[..json.At];
    }
}
