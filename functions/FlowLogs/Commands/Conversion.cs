using FlowLogs.Encoding;
using FlowLogs.Incoming;
using FlowLogs.Records;

namespace FlowLogs.Commands;

/// <summary>The way of a record, tried on a desk.</summary>
internal sealed class Conversion(Arguments arguments, Stream output, TextWriter errors)
{
    /// <summary>Of what is read, and of what a record inflates to.</summary>
    private const int MostBytes = 1 << 30;

    private readonly HecEncoder encoder = new(arguments.Format, arguments.Metadata, arguments.Fields);
    private readonly FlowFormat format = arguments.Format;
    private int lines;
    private int unparsed;
    private bool isAllRead = true;

    /// <exception cref="FormatException">Says what of the words, or of the file, cannot be used.</exception>
    public static int Run(ReadOnlySpan<string> words, Stream input, Stream output, TextWriter errors)
    {
        var arguments = Arguments.Parse(words);
        var bytes = arguments.File is { } file ? File.ReadAllBytes(file) : All(input);
        using var inflated = Inflated.Open(bytes, MostBytes, out var problem);
        return inflated is null
            ? throw new FormatException($"{arguments.File ?? "standard input"}: {problem}.")
            : new Conversion(arguments, output, errors).Run(inflated.Bytes.ToArray());
    }

    private int Run(byte[] bytes)
    {
        using var events = new HecEvents();
        if (bytes.AsSpan().TrimStart(" \r\n\t"u8) is [(byte)'{', ..])
        {
            Document(bytes, events);
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

        return !isAllRead ? 2
            : unparsed > 0 ? 1
            : 0;
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

    /// <summary>An event of a Kinesis stream, or a message as it is in one. What cannot be read keeps nothing else back.</summary>
    private void Document(byte[] bytes, HecEvents events)
    {
        foreach (var record in KinesisEvent.Read(bytes) ?? [new StreamRecord { SequenceNumber = "", Data = bytes }])
        {
            var place = record.SequenceNumber.Length > 0 ? $"record {record.SequenceNumber}: " : "";
            LogSource? last = null;
            LogRecords.Read(
                record,
                MostBytes,
                (source, id, timestamp, message) =>
                {
                    if (source != last)
                    {
                        last = source;
                        encoder.Begin(new(source.LogGroup, source.LogStream, source.Owner) { Region = record.Region });
                    }

                    Append(events, id, timestamp, message, lines + 1, escaped: true);
                },
                (_, problem) =>
                {
                    if (problem is not null)
                    {
                        Unread($"{place}{problem}");
                    }
                }
            );
        }
    }

    private void Unread(string why)
    {
        isAllRead = false;
        errors.WriteLine($"flowlogs: {why}.");
    }

    private void Append(
        HecEvents events,
        ReadOnlySpan<byte> id,
        long timestamp,
        ReadOnlySpan<byte> line,
        int at,
        bool escaped = false
    )
    {
        lines++;
        var problem = encoder.Read(line, escaped, out var text);
        var rate = problem.IsNone ? arguments.Choice.Rate(encoder.Last, text, id) : 1;
        if (rate > 0)
        {
            encoder.Write(events, default, id, timestamp, line, escaped, text, problem, rate);
            output.Write(events.Text(0, events.Count).Span);
            output.Write("\n"u8);
            events.Clear();
        }

        if (!problem.IsNone)
        {
            unparsed++;
            errors.WriteLine($"flowlogs: line {at} {problem.Tell(format)}.");
        }
    }

    private static byte[] All(Stream stream)
    {
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
