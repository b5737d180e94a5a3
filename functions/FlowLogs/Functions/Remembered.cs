using FlowLogs.Delivery;
using FlowLogs.Incoming;

namespace FlowLogs.Functions;

/// <summary>
/// What HEC has of records that Lambda will hand over again, since one before them stays in the stream. One for an environment:
/// another one knows nothing of it and sends them twice. For one thread.
/// </summary>
internal sealed class Remembered
{
    /// <summary>Records; where there are more, all is forgotten, which costs duplicates and nothing else.</summary>
    private const int Most = 20_000;

    private readonly Dictionary<(string Stream, string Shard, string SequenceNumber), IReadOnlyList<int>> left = [];

    /// <summary>The record with what of it is left.</summary>
    public DueRecord Due(StreamRecord record) => new(record, left.GetValueOrDefault(Key(record)));

    /// <param name="due">Records that were handed over.</param>
    /// <param name="outcomes">What became of them.</param>
    /// <param name="checkpoint">Index of the first that is handed over again.</param>
    public void Keep(IReadOnlyList<DueRecord> due, IReadOnlyList<Outcome> outcomes, int checkpoint)
    {
        for (var index = 0; index < due.Count; index++)
        {
            if (index < checkpoint)
            {
                left.Remove(Key(due[index].Record));
            }
            else if (outcomes[index].NotTried is null)
            {
                left[Key(due[index].Record)] = [.. outcomes[index].Left.Select(static each => each.Ordinal)];
            }
        }

        if (left.Count > Most)
        {
            left.Clear();
        }
    }

    private static (string, string, string) Key(StreamRecord record) =>
        (record.Stream, record.Shard, record.SequenceNumber);
}
