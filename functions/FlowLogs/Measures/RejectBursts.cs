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
    /// Sources of a minute. Where there are more, each loses one and those without any are forgotten (Misra and Gries): a
    /// source that has more than its share of all is never forgotten.
    /// </summary>
    private const int MostSources = 20_000;

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
            if (!sources.TryGetValue(source, out var sum))
            {
                if (sources.Count >= MostSources)
                {
                    Thin(sources);
                }

                sources[source] = sum = new();
            }

            var before = sum.Count;
            sum.Count += rejects.Count;
            sum.Targets.UnionWith(rejects.Targets.Take(SourceRejects.MostTargets - sum.Targets.Count));
            if (before < threshold && sum.Count >= threshold)
            {
                bursts.Add(new(window, source, sum.Count, [.. sum.Targets]));
            }
        }

        while (windows.Count > MostWindows)
        {
            windows.Remove(windows.Keys.First());
        }

        return bursts;
    }

    private static void Thin(Dictionary<string, SourceRejects> sources)
    {
        foreach (var (source, sum) in sources)
        {
            if (--sum.Count <= 0)
            {
                sources.Remove(source);
            }
        }
    }
}

/// <param name="Window">The minute, by its start.</param>
/// <param name="Source">Its address.</param>
/// <param name="Count">Flows until the burst was seen.</param>
/// <param name="Targets">Some of what it tried.</param>
internal sealed record RejectBurst(DateTimeOffset Window, string Source, long Count, IReadOnlyList<string> Targets);
