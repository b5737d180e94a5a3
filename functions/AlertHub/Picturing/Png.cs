using System.Buffers.Binary;
using System.IO.Compression;

namespace AlertHub.Picturing;

/// <summary>PNG (https://www.w3.org/TR/png-3/): as much of it as a drawing needs, eight bits each of red, green and blue.</summary>
internal static class Png
{
    private const int HeaderLength = 13;

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    private static readonly uint[] Remainders = [.. Enumerable.Range(0, 256).Select(static n => Remainder((uint)n))];

    public static byte[] Encode(Canvas canvas)
    {
        using var png = new MemoryStream();
        png.Write(Signature);
        Span<byte> header = stackalloc byte[HeaderLength];
        BinaryPrimitives.WriteInt32BigEndian(header, canvas.Width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], canvas.Height);
        // Depth, colour type (truecolour), compression, filters, interlacing.
        ReadOnlySpan<byte> kind = [8, 2, 0, 0, 0];
        kind.CopyTo(header[8..]);
        Chunk(png, "IHDR"u8, header);
        Chunk(png, "IDAT"u8, Compressed(canvas));
        Chunk(png, "IEND"u8, []);
        return png.ToArray();
    }

    /// <summary>Width and height as the first chunk tells them; null where this is no PNG.</summary>
    public static (int Width, int Height)? Size(ReadOnlySpan<byte> bytes)
    {
        var start = Signature.Length + 8;
        return
            bytes.Length < start + HeaderLength
            || !bytes.StartsWith(Signature)
            || !bytes[(Signature.Length + 4)..].StartsWith("IHDR"u8)
            ? null
            : (
                BinaryPrimitives.ReadInt32BigEndian(bytes[start..]),
                BinaryPrimitives.ReadInt32BigEndian(bytes[(start + 4)..])
            );
    }

    /// <summary>Rows as they are: of a chart most repeat, and differences of pixels take half as much again (2026-11-29).</summary>
    private static byte[] Compressed(Canvas canvas)
    {
        const byte NoFilter = 0;
        var length = canvas.Width * 3;
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.SmallestSize))
        {
            for (var y = 0; y < canvas.Height; y++)
            {
                zlib.WriteByte(NoFilter);
                zlib.Write(canvas.Pixels.Slice(y * length, length));
            }
        }

        return compressed.ToArray();
    }

    private static void Chunk(MemoryStream png, ReadOnlySpan<byte> type, ReadOnlySpan<byte> content)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
        png.Write(number);
        png.Write(type);
        png.Write(content);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~Crc(Crc(uint.MaxValue, type), content));
        png.Write(number);
    }

    /// <summary>CRC-32 as ISO 3309 has it. The platform's is a package of its own, not worth it for these lines.</summary>
    private static uint Crc(uint crc, ReadOnlySpan<byte> bytes)
    {
        foreach (var b in bytes)
        {
            crc = Remainders[(byte)(crc ^ b)] ^ (crc >> 8);
        }

        return crc;
    }

    private static uint Remainder(uint value)
    {
        for (var bit = 0; bit < 8; bit++)
        {
            value = (value & 1) == 0 ? value >> 1 : (value >> 1) ^ 0xEDB88320;
        }

        return value;
    }
}
