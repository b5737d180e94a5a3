namespace FlowLogs.Hec;

/// <summary>Events as HEC takes them, JSON objects one behind the other.</summary>
/// <param name="Count">How many there are.</param>
/// <param name="Text">The objects from the first index up to, and without, the second.</param>
internal sealed record EventText(int Count, Func<int, int, ReadOnlyMemory<byte>> Text)
{
    public int Bytes(int index) => Text(index, index + 1).Length;
}
