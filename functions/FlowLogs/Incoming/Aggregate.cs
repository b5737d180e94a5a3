using System.Security.Cryptography;

namespace FlowLogs.Incoming;

/// <summary>
/// Several records in one, as the Kinesis Producer Library packs them (its aggregation-format.md): four magic bytes, a protobuf
/// message, the MD5 of that. What does not end in the right MD5 only looks like it, and is a record like any other.
/// </summary>
internal static class Aggregate
{
    private const int HashBytes = 16;

    private static ReadOnlySpan<byte> Magic => [0xF3, 0x89, 0x9A, 0xC2];

    /// <param name="data">Of a record of the stream.</param>
    /// <returns>The data of the records in it, in their order, or all of it where it is none.</returns>
    public static IReadOnlyList<ReadOnlyMemory<byte>> Open(ReadOnlyMemory<byte> data)
    {
        if (data.Length < Magic.Length + HashBytes || !data.Span.StartsWith(Magic))
        {
            return [data];
        }

        var message = data[Magic.Length..^HashBytes];
        Span<byte> hash = stackalloc byte[HashBytes];
        // Not for security: the format has it to tell an aggregate from what happens to begin like one.
#pragma warning disable CA5351
        MD5.HashData(message.Span, hash);
#pragma warning restore CA5351
        return hash.SequenceEqual(data.Span[^HashBytes..]) && Records(message) is { } records ? records : [data];
    }

    /// <summary>Field 3 of the message, each of which has its data in field 3; null where it is no such message.</summary>
    private static List<ReadOnlyMemory<byte>>? Records(ReadOnlyMemory<byte> message)
    {
        const int Data = 3;
        List<ReadOnlyMemory<byte>> records = [];
        while (message.Length > 0)
        {
            if (!TryField(ref message, out var number, out var value))
            {
                return null;
            }

            if (number != Data)
            {
                continue;
            }

            ReadOnlyMemory<byte>? data = null;
            while (value.Length > 0)
            {
                if (!TryField(ref value, out var inner, out var bytes))
                {
                    return null;
                }

                data = inner == Data ? bytes : data;
            }

            if (data is { } found)
            {
                records.Add(found);
            }
        }

        return records;
    }

    /// <summary>One field off the front; of a number the value is empty, since none is needed.</summary>
    private static bool TryField(ref ReadOnlyMemory<byte> message, out ulong number, out ReadOnlyMemory<byte> value)
    {
        const int Varint = 0;
        const int Bits64 = 1;
        const int Bytes = 2;
        const int Bits32 = 5;
        value = default;
        if (!TryVarint(ref message, out var tag))
        {
            number = 0;
            return false;
        }

        number = tag >> 3;
        switch (tag & 7)
        {
            case Varint:
                return TryVarint(ref message, out _);
            case Bits64:
                return TrySkip(ref message, 8);
            case Bits32:
                return TrySkip(ref message, 4);
            case Bytes:
                if (!TryVarint(ref message, out var length) || length > (ulong)message.Length)
                {
                    return false;
                }

                value = message[..(int)length];
                message = message[(int)length..];
                return true;
            default:
                return false;
        }
    }

    private static bool TrySkip(ref ReadOnlyMemory<byte> message, int bytes)
    {
        if (message.Length < bytes)
        {
            return false;
        }

        message = message[bytes..];
        return true;
    }

    private static bool TryVarint(ref ReadOnlyMemory<byte> message, out ulong value)
    {
        const int MostBytes = 10;
        value = 0;
        var span = message.Span;
        for (var i = 0; i < Math.Min(span.Length, MostBytes); i++)
        {
            value |= (ulong)(span[i] & 0x7F) << (7 * i);
            if (span[i] < 0x80)
            {
                message = message[(i + 1)..];
                return true;
            }
        }

        return false;
    }
}
