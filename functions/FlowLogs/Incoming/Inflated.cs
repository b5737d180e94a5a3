using System.Buffers;
using System.IO.Compression;

namespace FlowLogs.Incoming;

/// <summary>What a record holds, inflated where it is gzip, in a buffer that is given back.</summary>
internal sealed class Inflated : IDisposable
{
    private byte[] buffer;
    private readonly int length;

    private Inflated(byte[] buffer, int length) => (this.buffer, this.length) = (buffer, length);

    public ReadOnlyMemory<byte> Bytes => buffer.AsMemory(0, length);

    /// <param name="data">gzip, of one member or several, or not compressed at all.</param>
    /// <param name="mostBytes">A record that inflates to more is a bomb, or no record.</param>
    /// <param name="problem">Why there is none, as a sentence without its end.</param>
    public static Inflated? Open(ReadOnlyMemory<byte> data, int mostBytes, out string problem)
    {
        problem = "";
        if (data.Length > mostBytes)
        {
            problem = $"it has more than {mostBytes} bytes";
            return null;
        }

        if (data.Span is not [0x1F, 0x8B, ..])
        {
            var copy = ArrayPool<byte>.Shared.Rent(data.Length);
            data.CopyTo(copy);
            return new(copy, data.Length);
        }

        // Flow logs shrink to a fifth or so.
        var buffer = ArrayPool<byte>.Shared.Rent(Math.Min(mostBytes, Math.Max(4096, data.Length * 6)) + 1);
        var read = 0;
        try
        {
            using var gzip = new GZipStream(Stream(data), CompressionMode.Decompress);
            while (true)
            {
                if (read == buffer.Length)
                {
                    buffer = Larger(buffer, mostBytes);
                }

                var more = gzip.Read(buffer, read, buffer.Length - read);
                read += more;
                if (read > mostBytes)
                {
                    problem = $"it inflates to more than {mostBytes} bytes";
                    break;
                }

                if (more == 0)
                {
                    return new(buffer, read);
                }
            }
        }
        catch (InvalidDataException)
        {
            problem = "it begins as gzip and is damaged";
        }

        ArrayPool<byte>.Shared.Return(buffer);
        return null;
    }

    public void Dispose()
    {
        if (buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = [];
        }
    }

    private static MemoryStream Stream(ReadOnlyMemory<byte> data) =>
        System.Runtime.InteropServices.MemoryMarshal.TryGetArray(data, out var array)
            ? new(array.Array!, array.Offset, array.Count, writable: false)
            : new(data.ToArray(), writable: false);

    /// <summary>Twice as much, and never more than one byte beyond the limit, which is enough to see that it is passed.</summary>
    private static byte[] Larger(byte[] buffer, int mostBytes)
    {
        var larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(mostBytes + 1L, buffer.Length * 2L));
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }
}
