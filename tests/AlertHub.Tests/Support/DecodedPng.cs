using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace AlertHub.Tests.Support;

/// <summary>
/// A PNG as a strict reader of the specification (https://www.w3.org/TR/png-3/) takes it: eight bits of red, green and blue,
/// rows without filters. What is none of that fails the test.
/// </summary>
internal sealed record DecodedPng(int Width, int Height, byte[] Pixels)
{
    public static DecodedPng Of(byte[] png)
    {
        Assert.Equal([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], png[..8]);
        var chunks = Chunks(png).ToArray();
        Assert.Equal(["IHDR", "IDAT", "IEND"], chunks.Select(c => c.Type));
        var header = chunks[0].Content;
        Assert.Equal(13, header.Length);
        Assert.Equal([8, 2, 0, 0, 0], header[8..]);
        Assert.Empty(chunks[2].Content);
        var (width, height) = (
            BinaryPrimitives.ReadInt32BigEndian(header),
            BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4))
        );

        using var zlib = new ZLibStream(new MemoryStream(chunks[1].Content), CompressionMode.Decompress);
        using var rows = new MemoryStream();
        zlib.CopyTo(rows);
        var raw = rows.ToArray();
        var length = width * 3;
        Assert.Equal(height * (length + 1), raw.Length);
        var pixels = new byte[height * length];
        for (var y = 0; y < height; y++)
        {
            Assert.Equal(0, raw[y * (length + 1)]);
            raw.AsSpan(y * (length + 1) + 1, length).CopyTo(pixels.AsSpan(y * length));
        }

        return new(width, height, pixels);
    }

    /// <summary>How many pixels differ, and where the first of them is.</summary>
    public string? DifferenceFrom(DecodedPng other)
    {
        if ((Width, Height) != (other.Width, other.Height))
        {
            return $"it is {Width} by {Height} pixels, not {other.Width} by {other.Height}";
        }

        int[] different =
        [
            .. Enumerable
                .Range(0, Width * Height)
                .Where(i => !Pixels.AsSpan(i * 3, 3).SequenceEqual(other.Pixels.AsSpan(i * 3, 3))),
        ];
        return different.Length == 0
            ? null
            : $"{different.Length} pixels differ, the first at {different[0] % Width}, {different[0] / Width}";
    }

    private static IEnumerable<(string Type, byte[] Content)> Chunks(byte[] png)
    {
        for (var at = 8; at < png.Length; )
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            var checkedPart = png[(at + 4)..(at + 8 + length)];
            Assert.Equal(Crc(checkedPart), BinaryPrimitives.ReadUInt32BigEndian(png.AsSpan(at + 8 + length)));
            yield return (Encoding.ASCII.GetString(checkedPart, 0, 4), checkedPart[4..]);
            at += 12 + length;
        }
    }

    /// <summary>Bit by bit, as the specification defines it.</summary>
    private static uint Crc(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
            }
        }

        return ~crc;
    }
}
