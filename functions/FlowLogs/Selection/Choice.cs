using FlowLogs.Records;

namespace FlowLogs.Selection;

/// <summary>What of the log is delivered. A line that is no record always is.</summary>
internal sealed class Choice(FlowFilter filter, Sampling sampling)
{
    /// <returns>Of how many records this one is left, 1 where none was left out for it; 0 where it is left out.</returns>
    public int Rate(FlowRecord record, ReadOnlySpan<byte> line, ReadOnlySpan<byte> id)
    {
        if (!filter.Keeps(record, line))
        {
            return 0;
        }

        var rate = sampling.Rate(record, line);
        return Sampling.Keeps(rate, id.IsEmpty ? line : id) ? rate : 0;
    }
}
