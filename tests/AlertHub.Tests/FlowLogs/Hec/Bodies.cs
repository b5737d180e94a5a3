using System.IO.Compression;
using FlowLogs.Hec;

namespace AlertHub.Tests.FlowLogs.Hec;

public sealed class Bodies
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1000)]
    [InlineData(1_000_000)]
    public void What_cannot_be_compressed_fits_all_the_same(int length)
    {
        var bytes = new byte[length];
        new Random(1).NextBytes(bytes);

        foreach (var stripped in (ReadOnlyMemory<byte>?[])[null, new byte[3]])
        {
            var body = new Piece(0, 2) { Stripped = stripped }.Body(Events(bytes), gzip: true);
            using var inflated = new MemoryStream();
            using (var gzip = new GZipStream(new MemoryStream(body.Bytes.ToArray()), CompressionMode.Decompress))
            {
                gzip.CopyTo(inflated);
            }

            Assert.Equal(stripped is null ? bytes : [0, 0, 0, .. bytes[(length / 2)..]], inflated.ToArray());
        }
    }

    [Fact]
    public void Bodies_that_are_not_given_back_share_no_memory()
    {
        var events = Events([1, 2, 3, 4]);

        var first = new Piece(0, 1).Body(events, gzip: false);
        var second = new Piece(1, 2).Body(events, gzip: false);

        Assert.Equal([1, 2], first.Bytes.ToArray());
        Assert.Equal([3, 4], second.Bytes.ToArray());
    }

    private static EventText Events(byte[] bytes) =>
        new(
            2,
            (from, to) => bytes.AsMemory((bytes.Length / 2 * from)..(to == 2 ? bytes.Length : bytes.Length / 2 * to))
        );
}
