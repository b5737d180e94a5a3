using System.IO.Compression;
using System.Text.Json;
using FlowLogs.Encoding;
using FlowLogs.Records;

namespace FlowLogs.Commands;

/// <summary>The way of a record, tried on a desk.</summary>
internal sealed class Conversion(Arguments arguments, Stream output, TextWriter errors)
{
    private readonly HecEncoder encoder = new(arguments.Format, arguments.Metadata);
    private readonly FlowFormat format = arguments.Format;
    private int lines;
    private int unparsed;

    public static int Run(ReadOnlySpan<string> words, Stream input, Stream output, TextWriter errors)
    {
        if (words is [] or ["--help" or "-h" or "help", ..] || words.Contains("--help"))
        {
            (words is [] ? errors : new StreamWriter(output) { AutoFlush = true }).WriteLine(Arguments.Usage);
            return words is [] ? 2 : 0;
        }

        try
        {
            if (words[0] != "convert")
            {
                throw new FormatException($"\"{words[0]}\" is no command; there is \"convert\".");
            }

            var arguments = Arguments.Parse(words[1..]);
            var bytes = arguments.File is { } file ? File.ReadAllBytes(file) : All(input);
            return new Conversion(arguments, output, errors).Run(Inflated(bytes));
        }
        catch (Exception e)
            when (e
                    is FormatException
                        or IOException
                        or UnauthorizedAccessException
                        or InvalidDataException
                        or JsonException
            )
        {
            errors.WriteLine($"flowlogs: {e.Message}");
            return 2;
        }
    }

    private int Run(byte[] bytes)
    {
        using var events = new HecEvents();
        if (bytes.AsSpan().TrimStart(" \r\n\t"u8) is [(byte)'{', ..])
        {
            Message(bytes, events);
        }
        else
        {
            encoder.Begin(new("", arguments.File is { } file ? Path.GetFileName(file) : "stdin", ""));
            Lines(bytes, events);
        }

        if (unparsed > 0)
        {
            errors.WriteLine($"flowlogs: {unparsed} of {lines} lines are no records of the format \"{format}\".");
        }

        return unparsed > 0 ? 1 : 0;
    }

    private void Lines(ReadOnlySpan<byte> bytes, HecEvents events)
    {
        var at = 0;
        var startField = format.IndexOf("start");
        var clock = new FlowRecord(format);
        foreach (var range in bytes.Split((byte)'\n'))
        {
            var line = bytes[range].TrimEnd((byte)'\r');
            at++;
            if (line.IsEmpty)
            {
                continue;
            }

            // CloudWatch's timestamp of a record is its start.
            var start = clock.Read(line).IsNone && startField >= 0 ? clock.Number(startField) : 0;
            Append(events, [], Math.Min(start, long.MaxValue / 1000) * 1000, line, at);
        }
    }

    private void Message(byte[] bytes, HecEvents events)
    {
        using var document = JsonDocument.Parse(bytes);
        var root = document.RootElement;
        if (Text(root, "messageType") == "CONTROL_MESSAGE")
        {
            return;
        }

        encoder.Begin(new(Text(root, "logGroup"), Text(root, "logStream"), Text(root, "owner")));
        if (!root.TryGetProperty("logEvents", out var all) || all.ValueKind != JsonValueKind.Array)
        {
            throw new FormatException("The JSON has no list \"logEvents\"; it is no subscription's message.");
        }

        var at = 0;
        foreach (var item in all.EnumerateArray())
        {
            var timestamp =
                item.TryGetProperty("timestamp", out var value)
                && value.ValueKind == JsonValueKind.Number
                && value.TryGetInt64(out var milliseconds)
                    ? milliseconds
                    : 0;
            Append(events, Bytes(Text(item, "id")), timestamp, Bytes(Text(item, "message")), ++at);
        }
    }

    private void Append(HecEvents events, ReadOnlySpan<byte> id, long timestamp, ReadOnlySpan<byte> line, int at)
    {
        var problem = encoder.Append(events, 0, id, timestamp, line);
        output.Write(events.Text(0, events.Count).Span);
        output.Write("\n"u8);
        events.Clear();
        lines++;
        if (!problem.IsNone)
        {
            unparsed++;
            errors.WriteLine($"flowlogs: line {at} {problem.Tell(format)}.");
        }
    }

    private static byte[] Bytes(string text) => System.Text.Encoding.UTF8.GetBytes(text);

    private static string Text(JsonElement item, string name) =>
        item.ValueKind == JsonValueKind.Object
        && item.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString() ?? ""
            : "";

    private static byte[] Inflated(byte[] bytes)
    {
        if (bytes is not [0x1f, 0x8b, ..])
        {
            return bytes;
        }

        using var gzip = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
        return All(gzip);
    }

    private static byte[] All(Stream stream)
    {
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
