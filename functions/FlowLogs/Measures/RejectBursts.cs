namespace FlowLogs.Measures;

/// <summary>
/// Sources whose flows were rejected again and again within a minute. One for an environment, which sees a part of the traffic;
/// for one thread.
/// </summary>
/// <param name="threshold">Flows; 0 for never.</param>
internal sealed class RejectBursts(long threshold)
{
    /// <summary>Minutes that are counted: Kinesis hands over records of several interfaces, which are not on time alike.</summary>
    private const int MostWindows = 30;

    /// <summary>
    /// Sources of a minute. A further one takes as much from each as it has itself, or as the least of them has, and whoever has
    /// nothing left is forgotten (Misra and Gries): a source that has more than its share of all is never forgotten.
    /// </summary>
    internal const int MostSources = 20_000;

    private readonly SortedDictionary<DateTimeOffset, Dictionary<string, SourceRejects>> windows = [];

    /// <returns>Those that pass the threshold with this, each once for its minute.</returns>
    public IReadOnlyList<RejectBurst> Add(FlowCounts counts)
    {
        List<RejectBurst> bursts = [];
        if (threshold <= 0)
        {
            return bursts;
        }

        foreach (var (window, source, rejects) in counts.Rejects)
        {
            var sources = windows.TryGetValue(window, out var known) ? known : windows[window] = [];
            var count = rejects.Count;
            if (!sources.TryGetValue(source, out var sum))
            {
                count -= sources.Count < MostSources ? 0 : Thin(sources, count);
                if (count == 0)
                {
                    continue;
                }

                sources[source] = sum = new();
            }

            sum.Count += count;
            sum.Targets.UnionWith(rejects.Targets.Take(SourceRejects.MostTargets - sum.Targets.Count));
            if (!sum.IsTold && sum.Count >= threshold)
            {
                sum.IsTold = true;
                bursts.Add(new(window, source, sum.Count, [.. sum.Targets]));
            }
        }

        while (windows.Count > MostWindows)
        {
            windows.Remove(windows.Keys.First());
        }

        return bursts;
    }

    /// <returns>What each has lost.</returns>
    private static long Thin(Dictionary<string, SourceRejects> sources, long count)
    {
        var lost = Math.Min(count, sources.Values.Min(static sum => sum.Count));
        foreach (var (source, sum) in sources)
        {
            sum.Count -= lost;
            if (sum.Count == 0)
            {
                sources.Remove(source);
            }
        }

        return lost;
    }
}

/// <param name="Window">The minute, by its start.</param>
/// <param name="Source">Its address.</param>
/// <param name="Count">Flows until the burst was seen.</param>
/// <param name="Targets">Some of what it tried.</param>
internal sealed record RejectBurst(DateTimeOffset Window, string Source, long Count, IReadOnlyList<string> Targets);
