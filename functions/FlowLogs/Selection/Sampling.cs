using FlowLogs.Records;

namespace FlowLogs.Selection;

/// <summary>
/// Of accepted traffic one record in so many. Which, its id decides, so that a record that is delivered again is left out again.
/// </summary>
/// <param name="rate">1 for all.</param>
/// <param name="format">Of the records.</param>
internal sealed class Sampling(int rate, FlowFormat format)
{
    private readonly int action = format.IndexOf("action");

    /// <summary>Of how many such records one is delivered.</summary>
    public int Rate(FlowRecord record, ReadOnlySpan<byte> line) =>
        rate > 1 && action >= 0 && record.Text(line, action).SequenceEqual("ACCEPT"u8) ? rate : 1;

    /// <param name="rate">As <see cref="Rate"/> says.</param>
    /// <param name="id">CloudWatch's id of the log event; where there is none, the line.</param>
    public static bool Keeps(int rate, ReadOnlySpan<byte> id) => rate <= 1 || Hash(id) % (ulong)rate == 0;

    /// <summary>FNV-1a, with its bits mixed: ids that differ in their last digits are spread evenly.</summary>
    private static ulong Hash(ReadOnlySpan<byte> id)
    {
        var hash = 14_695_981_039_346_656_037UL;
        foreach (var c in id)
        {
            hash = (hash ^ c) * 1_099_511_628_211UL;
        }

        hash = (hash ^ (hash >> 33)) * 0xff51afd7ed558ccdUL;
        return hash ^ (hash >> 33);
    }
}
