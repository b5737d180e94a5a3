using FlowLogs.Records;

namespace FlowLogs.Measures;

/// <summary>What the records of one invocation tell together. For one thread.</summary>
internal sealed class FlowCounts(FlowFormat format)
{
    private const long SecondsInWindow = 60;

    private readonly int interfaceId = format.IndexOf("interface-id");
    private readonly int bytes = format.IndexOf("bytes");
    private readonly int action = format.IndexOf("action");
    private readonly int source = format.IndexOf("srcaddr");
    private readonly int destination = format.IndexOf("dstaddr");
    private readonly int destinationPort = format.IndexOf("dstport");
    private readonly int time = format.IndexOf("end") is >= 0 and var end ? end : format.IndexOf("start");

    private readonly Dictionary<string, Dictionary<long, InterfaceCounts>> interfaces = [];
    private readonly Dictionary<(long Window, string Source), SourceRejects> rejects = [];
    private Dictionary<long, InterfaceCounts> lastWindows = [];
    private byte[] lastInterface = [];
    private long earliestEnd = long.MaxValue;

    public long LeftOut { get; private set; }

    public long Unparsed { get; private set; }

    public long NoData { get; private set; }

    public long SkipData { get; private set; }

    /// <summary>End of the longest gone interval; null where no record has one.</summary>
    public DateTimeOffset? EarliestEnd =>
        earliestEnd == long.MaxValue ? null : DateTimeOffset.FromUnixTimeSeconds(earliestEnd);

    /// <summary>By the start of their minute.</summary>
    public IEnumerable<(DateTimeOffset Window, string Interface, InterfaceCounts Counts)> Interfaces =>
        interfaces.SelectMany(static each => each.Value.Select(window => (Begin(window.Key), each.Key, window.Value)));

    /// <summary>By the start of their minute.</summary>
    public IEnumerable<(DateTimeOffset Window, string Source, SourceRejects Rejects)> Rejects =>
        rejects.Select(static each => (Begin(each.Key.Window), each.Key.Source, each.Value));

    public void AddLeftOut() => LeftOut++;

    /// <summary>Once for each log event, delivered or left out.</summary>
    /// <param name="record">What was read.</param>
    /// <param name="line">The line that it was read from.</param>
    /// <param name="problem">Why it is no record.</param>
    /// <param name="timestamp">Of the log event, in milliseconds.</param>
    public void Add(FlowRecord record, ReadOnlySpan<byte> line, FlowProblem problem, long timestamp)
    {
        if (!problem.IsNone)
        {
            Unparsed++;
            return;
        }

        switch (record.Status(line))
        {
            case FlowStatus.NoData:
                NoData++;
                return;
            case FlowStatus.SkipData:
                SkipData++;
                return;
            default:
                break;
        }

        var seconds = time >= 0 && record.Number(time) >= 0 ? record.Number(time) : timestamp / 1000;
        // What lies outside is a mistake, and no time.
        if (seconds is <= 0 or > 253_402_300_799)
        {
            return;
        }

        earliestEnd = Math.Min(earliestEnd, seconds);
        var window = seconds / SecondsInWindow;
        var isReject = action >= 0 && record.Text(line, action).SequenceEqual("REJECT"u8);
        if (interfaceId >= 0 && !record.IsAbsent(line, interfaceId))
        {
            var counts = Of(window, record.Text(line, interfaceId));
            var more = bytes >= 0 ? Math.Max(0, record.Number(bytes)) : 0;
            // What a mistaken line claims may be all that a number holds.
            counts.Bytes = more > long.MaxValue - counts.Bytes ? long.MaxValue : counts.Bytes + more;
            counts.Rejects += isReject ? 1 : 0;
        }

        if (isReject && source >= 0 && !record.IsAbsent(line, source))
        {
            Reject(window, record, line);
        }
    }

    private static DateTimeOffset Begin(long window) => DateTimeOffset.FromUnixTimeSeconds(window * SecondsInWindow);

    /// <summary>Lines of one stream are of one interface, whose name is looked for once.</summary>
    private InterfaceCounts Of(long window, ReadOnlySpan<byte> id)
    {
        if (!id.SequenceEqual(lastInterface))
        {
            var name = System.Text.Encoding.UTF8.GetString(id);
            lastWindows = interfaces.TryGetValue(name, out var known) ? known : interfaces[name] = [];
            lastInterface = id.ToArray();
        }

        return lastWindows.TryGetValue(window, out var found) ? found : lastWindows[window] = new();
    }

    private void Reject(long window, FlowRecord record, ReadOnlySpan<byte> line)
    {
        var key = (window, System.Text.Encoding.UTF8.GetString(record.Text(line, source)));
        var found = rejects.TryGetValue(key, out var known) ? known : rejects[key] = new();
        found.Count++;
        if (destination >= 0 && found.Targets.Count < SourceRejects.MostTargets)
        {
            var port = destinationPort >= 0 && record.Number(destinationPort) >= 0 ? record.Number(destinationPort) : 0;
            found.Targets.Add(
                $"{System.Text.Encoding.UTF8.GetString(record.Text(line, destination))}{(port > 0 ? $" port {port}" : "")}"
            );
        }
    }
}

internal sealed class InterfaceCounts
{
    public long Bytes { get; set; }

    /// <summary>Flows, not packets.</summary>
    public long Rejects { get; set; }
}

/// <summary>Rejected flows of one source within a minute.</summary>
internal sealed class SourceRejects
{
    /// <summary>For a person to see what was tried.</summary>
    public const int MostTargets = 5;

    public long Count { get; set; }

    /// <summary>Somebody was told of it; it may fall below the threshold afterwards.</summary>
    public bool IsTold { get; set; }

    /// <summary>The first of them.</summary>
    public HashSet<string> Targets { get; } = [];
}
