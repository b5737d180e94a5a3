using System.Buffers;

namespace FlowLogs.Encoding;

/// <summary>
/// HEC events one after another in one buffer, as a request carries them, and where each came from. Grows as
/// needed and is used again after <see cref="Clear"/>; what <see cref="Text"/> gave is then no longer valid.
/// </summary>
/// <param name="expectedBytes">Of all events; more fit in, and are copied once for that.</param>
internal sealed class HecEvents(int expectedBytes = 64 * 1024) : IDisposable
{
    private byte[] bytes = ArrayPool<byte>.Shared.Rent(expectedBytes);
    private int[] ends = ArrayPool<int>.Shared.Rent(1024);
    private EventOrigin[] origins = ArrayPool<EventOrigin>.Shared.Rent(1024);

    public int Count { get; private set; }

    public int LengthBytes => End(Count);

    public EventOrigin Origin(int index) =>
        index < Count ? origins[index] : throw new ArgumentOutOfRangeException(nameof(index));

    /// <summary>The events from <paramref name="from"/> to the one before <paramref name="to"/>.</summary>
    public ReadOnlyMemory<byte> Text(int from, int to)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(to, Count);
        return bytes.AsMemory(End(from)..End(to));
    }

    public void Clear() => Count = 0;

    /// <summary>The first ones only.</summary>
    public void Truncate(int count) => Count = Math.Min(Count, count);

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(bytes);
        ArrayPool<int>.Shared.Return(ends);
        ArrayPool<EventOrigin>.Shared.Return(origins);
        (bytes, ends, origins, Count) = ([], [], [], 0);
    }

    /// <summary>Room for the next event; it is one only after <see cref="Add"/>.</summary>
    public Span<byte> Room(int lengthBytes)
    {
        Grow(ref bytes, LengthBytes, checked(LengthBytes + lengthBytes));
        return bytes.AsSpan(LengthBytes, lengthBytes);
    }

    public void Add(int lengthBytes, EventOrigin origin)
    {
        var end = LengthBytes + lengthBytes;
        Grow(ref ends, Count, Count + 1);
        Grow(ref origins, Count, Count + 1);
        ends[Count] = end;
        origins[Count] = origin;
        Count++;
    }

    private int End(int count) => count == 0 ? 0 : ends[count - 1];

    private static void Grow<T>(ref T[] array, int used, int needed)
    {
        if (needed <= array.Length)
        {
            return;
        }

        var larger = ArrayPool<T>.Shared.Rent((int)Math.Min(Math.Max(needed, array.Length * 2L), Array.MaxLength));
        array.AsSpan(0, used).CopyTo(larger);
        ArrayPool<T>.Shared.Return(array);
        array = larger;
    }
}

/// <summary>Which log event an event of HEC's is.</summary>
/// <param name="Record">Index of the record among those that are delivered together.</param>
/// <param name="Ordinal">Of the log event within the record, from 0; those that are not delivered count.</param>
internal readonly record struct EventOrigin(int Record, int Ordinal);
