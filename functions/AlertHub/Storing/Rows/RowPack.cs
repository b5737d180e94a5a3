using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;

namespace AlertHub.Storing.Rows;

/// <summary>A difference as <see cref="RowWriter"/> writes it.</summary>
/// <param name="Body">JSON; empty where only heartbeats are to be told.</param>
/// <param name="Heartbeats">So many times <see cref="Heartbeat.Size"/> bytes.</param>
public readonly record struct Row(ReadOnlyMemory<byte> Body, ReadOnlyMemory<byte> Heartbeats)
{
    public int Length => Body.Length + Heartbeats.Length;
}

/// <summary>
/// Rows as one compressed piece, for storages that ask a price for each byte: the alerts of a group have nearly all of
/// their text in common, so that it is a twentieth of the rows.
/// </summary>
/// <remarks>One byte of edition, four of the length unpacked, then Brotli of: for each row two lengths and their bytes.</remarks>
public static class RowPack
{
    private const byte Edition = 1;
    private const int HeadBytes = 5;

    /// <summary>Text of this kind is hardly shorter with more, which takes several times as long.</summary>
    private const int Quality = 4;

    private const int WindowBits = 22;

    /// <summary>What claims to be longer is damaged: a piece is made of what fits into one item of a table.</summary>
    private const int Longest = 256 * 1024 * 1024;

    public static byte[] Pack(IReadOnlyList<Row> rows)
    {
        var plain = new ArrayBufferWriter<byte>(1024);
        foreach (var row in rows)
        {
            Append(plain, row.Body);
            Append(plain, row.Heartbeats);
        }

        var packed = new byte[HeadBytes + BrotliEncoder.GetMaxCompressedLength(plain.WrittenCount)];
        packed[0] = Edition;
        BinaryPrimitives.WriteInt32LittleEndian(packed.AsSpan(1), plain.WrittenCount);
        return BrotliEncoder.TryCompress(
            plain.WrittenSpan,
            packed.AsSpan(HeadBytes),
            out var length,
            Quality,
            WindowBits
        )
            ? packed[..(HeadBytes + length)]
            : throw new InvalidOperationException("what is compressed is longer than it can be");
    }

    /// <exception cref="FormatException">It is damaged, or of a later edition.</exception>
    public static IReadOnlyList<Row> Unpack(ReadOnlySpan<byte> packed)
    {
        var plain = Decompress(packed);
        var rows = new List<Row>();
        for (var rest = plain.AsMemory(); !rest.IsEmpty; )
        {
            rows.Add(new(Take(ref rest), Take(ref rest)));
        }

        return rows;
    }

    private static byte[] Decompress(ReadOnlySpan<byte> packed)
    {
        if (packed.Length < HeadBytes || packed[0] != Edition)
        {
            throw new FormatException(
                packed.Length < HeadBytes
                    ? "a piece of rows is too short"
                    : $"a piece of rows is of edition {packed[0]}, this AlertHub knows {Edition}"
            );
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(packed[1..]);
        if (length is < 0 or > Longest)
        {
            throw new FormatException($"a piece of rows claims to hold {length} bytes");
        }

        var plain = new byte[length];
        return BrotliDecoder.TryDecompress(packed[HeadBytes..], plain, out var written) && written == length
            ? plain
            : throw new FormatException("a piece of rows cannot be unpacked");
    }

    private static void Append(ArrayBufferWriter<byte> plain, ReadOnlyMemory<byte> bytes)
    {
        BinaryPrimitives.WriteInt32LittleEndian(plain.GetSpan(4), bytes.Length);
        plain.Advance(4);
        plain.Write(bytes.Span);
    }

    private static ReadOnlyMemory<byte> Take(ref Memory<byte> rest)
    {
        var length = rest.Length < 4 ? -1 : BinaryPrimitives.ReadInt32LittleEndian(rest.Span);
        if (length < 0 || length > rest.Length - 4)
        {
            throw new FormatException("a piece of rows ends within a row");
        }

        var bytes = rest.Slice(4, length);
        rest = rest[(4 + length)..];
        return bytes;
    }
}
