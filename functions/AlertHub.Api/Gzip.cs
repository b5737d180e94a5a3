using System.Buffers;
using System.IO.Compression;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace AlertHub.Api;

/// <summary>Bodies and answers as gzip. A few bytes can stand for gigabytes, so how many come out is counted.</summary>
internal static class Gzip
{
    /// <summary>Below that an answer is a few packets at most, and packing it costs more than sending it.</summary>
    public const int Worthwhile = 8 * 1024;

    /// <summary>Alerts that differ little pack to a twentieth; what packs to less than a hundredth is made to.</summary>
    private const int MostRatio = 100;

    /// <summary>So much may come out of anything.</summary>
    private const int Harmless = 1024 * 1024;

    public static bool IsAccepted(StringValues acceptEncoding) =>
        StringWithQualityHeaderValue.TryParseList(acceptEncoding, out var encodings)
        && encodings.Any(static e => e.Quality is not 0 && e.Value.Equals("gzip", StringComparison.OrdinalIgnoreCase));

    public static void Pack(ReadOnlySpan<byte> plain, IBufferWriter<byte> packed)
    {
        using var gzip = new GZipStream(new WriterStream(packed), CompressionLevel.Fastest);
        gzip.Write(plain);
    }

    public static RequestBody Unpack(ReadOnlyMemory<byte> packed, int limitBytes, BodyBudget.Share share)
    {
        MemoryMarshal.TryGetArray(packed, out var array);
        using var gzip = new GZipStream(
            new MemoryStream(array.Array ?? [], array.Offset, array.Count, writable: false),
            CompressionMode.Decompress
        );
        using var plain = new PooledBuffer();
        var limit = Math.Min(limitBytes, Math.Max(Harmless, (long)packed.Length * MostRatio));
        try
        {
            while (gzip.Read(plain.GetSpan(Environment.SystemPageSize)) is var count and > 0)
            {
                plain.Advance(count);
                if (plain.Length > limit)
                {
                    return new RequestBody.TooLarge();
                }

                if (!share.TryGrow(packed.Length + plain.Length))
                {
                    return new RequestBody.NoRoom();
                }
            }
        }
        catch (InvalidDataException)
        {
            return new RequestBody.Unreadable(
                StatusCodes.Status400BadRequest,
                "the header Content-Encoding says gzip, and the body is none or ends too early"
            );
        }

        return new RequestBody.Whole(plain.Written.ToArray());
    }

    private sealed class WriterStream(IBufferWriter<byte> output) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Write(ReadOnlySpan<byte> buffer) => output.Write(buffer);

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Flush() { }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
