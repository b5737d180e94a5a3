using System.Runtime.Intrinsics;

namespace FlowLogs.Records;

internal enum FlowStatus
{
    /// <summary>The format is without log-status, or it is none that AWS documents.</summary>
    Unknown,
    Ok,
    NoData,
    SkipData,
}

/// <summary>
/// Reads lines of one format, one after another, and holds where the fields of the last one are. Nothing is allocated and nothing
/// copied for a line: offsets are into the bytes that <see cref="Read"/> was given.
/// </summary>
internal sealed class FlowRecord
{
    private readonly FlowType[] types;
    private readonly int[] starts;
    private readonly int[] ends;
    private readonly long[] numbers;
    private readonly int logStatus;

    public FlowRecord(FlowFormat format)
    {
        Format = format;
        types = [.. format.Fields.Select(static field => field.Type)];
        starts = new int[types.Length];
        ends = new int[types.Length];
        numbers = new long[types.Length];
        logStatus = format.IndexOf("log-status");
    }

    public FlowFormat Format { get; }

    /// <summary>
    /// Fields are separated by one or more spaces: AWS's own example of TCP flags has two in one place. After a problem the record
    /// holds nothing of use.
    /// </summary>
    public FlowProblem Read(ReadOnlySpan<byte> line)
    {
        var found = Split(line);
        if (found != types.Length)
        {
            return found < types.Length
                ? new(FlowFault.TooFewFields, found)
                : new(FlowFault.TooManyFields, types.Length);
        }

        for (var i = 0; i < types.Length; i++)
        {
            if (types[i] == FlowType.Text)
            {
                continue;
            }

            var text = line[starts[i]..ends[i]];
            if (text is [(byte)'-'])
            {
                numbers[i] = -1;
                continue;
            }

            var most = types[i] == FlowType.Int32 ? int.MaxValue : long.MaxValue;
            var fault = Number(text, most, out numbers[i]);
            if (fault != FlowFault.None)
            {
                return new(fault, i);
            }
        }

        return default;
    }

    public ReadOnlySpan<byte> Text(ReadOnlySpan<byte> line, int field) => line[starts[field]..ends[field]];

    /// <summary>Where that is in the line.</summary>
    public (int At, int Length) Place(int field) => (starts[field], ends[field] - starts[field]);

    /// <summary>AWS writes <c>-</c> for what does not apply or was not recorded, in any field.</summary>
    public bool IsAbsent(ReadOnlySpan<byte> line, int field) =>
        ends[field] - starts[field] == 1 && line[starts[field]] == (byte)'-';

    /// <summary>The value of a numeric field; -1 where it is absent.</summary>
    public long Number(int field) => numbers[field];

    public FlowStatus Status(ReadOnlySpan<byte> line)
    {
        if (logStatus < 0)
        {
            return FlowStatus.Unknown;
        }

        var text = Text(line, logStatus);
        return text.SequenceEqual("OK"u8) ? FlowStatus.Ok
            : text.SequenceEqual("NODATA"u8) ? FlowStatus.NoData
            : text.SequenceEqual("SKIPDATA"u8) ? FlowStatus.SkipData
            : FlowStatus.Unknown;
    }

    /// <summary>Tag values (version 11) are UTF-8, percent-encoded; a broken escape stays as it is.</summary>
    public string Decoded(ReadOnlySpan<byte> line, int field) =>
        Uri.UnescapeDataString(System.Text.Encoding.UTF8.GetString(Text(line, field)));

    /// <summary>How many fields there are, counted up to one more than the format has.</summary>
    private int Split(ReadOnlySpan<byte> line)
    {
        var found = 0;
        var start = 0;
        var at = 0;
        var spaces = Vector256.Create((byte)' ');
        while (at < line.Length)
        {
            uint bits;
            var left = line.Length - at;
            if (left >= Vector256<byte>.Count)
            {
                bits = Vector256.Equals(Vector256.Create(line.Slice(at)), spaces).ExtractMostSignificantBits();
            }
            else if (at > 0)
            {
                // The last bytes together with some before them, whose bits are shifted out: no loop for what is left.
                bits =
                    Vector256
                        .Equals(Vector256.Create(line[^Vector256<byte>.Count..]), spaces)
                        .ExtractMostSignificantBits() >> (Vector256<byte>.Count - left);
            }
            else
            {
                bits = Short(line);
            }

            for (; bits != 0; bits &= bits - 1)
            {
                var space = at + int.TrailingZeroCount((int)bits);
                if (space > start && !Add(start, space, ref found))
                {
                    return found;
                }

                start = space + 1;
            }

            at += Vector256<byte>.Count;
        }

        if (line.Length > start)
        {
            Add(start, line.Length, ref found);
        }

        return found;
    }

    private bool Add(int start, int end, ref int found)
    {
        var i = found++;
        if ((uint)i >= (uint)starts.Length)
        {
            return false;
        }

        starts[i] = start;
        ends[i] = end;
        return true;
    }

    private static uint Short(ReadOnlySpan<byte> line)
    {
        var bits = 0u;
        for (var i = 0; i < line.Length; i++)
        {
            bits |= line[i] == (byte)' ' ? 1u << i : 0;
        }

        return bits;
    }

    private static FlowFault Number(ReadOnlySpan<byte> text, long most, out long value)
    {
        value = 0;
        if (text.Length <= 18)
        {
            foreach (var c in text)
            {
                var digit = (uint)(c - '0');
                if (digit > 9)
                {
                    return FlowFault.NotANumber;
                }

                value = (value * 10) + digit;
            }

            return value > most ? FlowFault.TooLarge : FlowFault.None;
        }

        return LongNumber(text, most, out value);
    }

    private static FlowFault LongNumber(ReadOnlySpan<byte> text, long most, out long value)
    {
        value = 0;
        var tooLarge = false;
        foreach (var c in text)
        {
            var digit = (uint)(c - '0');
            if (digit > 9)
            {
                return FlowFault.NotANumber;
            }

            // Never past the largest long: from there on only digits are looked for.
            tooLarge |= value > (long.MaxValue - digit) / 10;
            value = tooLarge ? 0 : (value * 10) + digit;
        }

        return tooLarge || value > most ? FlowFault.TooLarge : FlowFault.None;
    }
}
