using System.Buffers;

namespace FlowLogs.Hec;

/// <summary>What a post carries. Megabytes for each, so that their memory is used again.</summary>
internal sealed class PostBody(byte[] pooled, int length)
{
    public ReadOnlyMemory<byte> Bytes { get; } = pooled.AsMemory(0, length);

    /// <summary>Once, and only when nobody reads from it any longer; without it the memory is the collector's.</summary>
    public void Return() => ArrayPool<byte>.Shared.Return(pooled);
}
