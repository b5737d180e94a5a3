namespace AlertHub.Local.Working;

/// <summary>
/// What has to be done, and when. It is only a reminder of what is stored: a sweep makes it anew, and work that is done
/// too early or twice does no harm, so of two times for the same work the earlier counts. Safe for many threads.
/// </summary>
/// <param name="flushesFrom">Groups are not flushed before (<c>--dispatch.start-delay</c>).</param>
internal sealed class Agenda(DateTimeOffset flushesFrom)
{
    private readonly Lock gate = new();
    private readonly PriorityQueue<Work, DateTimeOffset> queue = new();

    /// <summary>When work that waits is due. What stands in the queue with another time is out of date.</summary>
    private readonly Dictionary<Work, DateTimeOffset> due = [];

    /// <summary>What was taken and is not done, and whether it came up again meanwhile.</summary>
    private readonly Dictionary<Work, bool> underWay = [];

    private TaskCompletionSource earlier = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Add(IEnumerable<DueWork> work)
    {
        TaskCompletionSource? signal = null;
        lock (gate)
        {
            var before = Next();
            foreach (var each in work)
            {
                Add(each);
            }

            if (Next() < before)
            {
                (signal, earlier) = (earlier, new(TaskCreationOptions.RunContinuationsAsynchronously));
            }
        }

        signal?.SetResult();
    }

    /// <summary>All that is due and not under way; from now on it is.</summary>
    /// <param name="now">The time.</param>
    /// <param name="next">When the next is due; the end of time where nothing waits.</param>
    /// <param name="changed">Completes when something is due before that.</param>
    public IReadOnlyList<Work> Take(DateTimeOffset now, out DateTimeOffset next, out Task changed)
    {
        var taken = new List<Work>();
        lock (gate)
        {
            for (next = Next(); next <= now; next = Next())
            {
                var work = queue.Dequeue();
                due.Remove(work);
                if (underWay.ContainsKey(work))
                {
                    underWay[work] = true;
                }
                else
                {
                    underWay[work] = false;
                    taken.Add(work);
                }
            }

            changed = earlier.Task;
        }

        return taken;
    }

    /// <summary>What was taken is done.</summary>
    /// <param name="work">What was taken.</param>
    /// <param name="next">What has to be done now; the same again, perhaps.</param>
    /// <param name="now">The time.</param>
    public void Done(Work work, IEnumerable<DueWork> next, DateTimeOffset now)
    {
        bool cameUpAgain;
        lock (gate)
        {
            underWay.Remove(work, out cameUpAgain);
        }

        // Whoever wanted it meanwhile may know more than it saw when it began.
        Add(cameUpAgain ? next.Append(new(work, now)) : next);
    }

    private void Add(DueWork work)
    {
        var at = work.Work is Work.Flush && work.Due < flushesFrom ? flushesFrom : work.Due;
        if (!due.TryGetValue(work.Work, out var known) || at < known)
        {
            due[work.Work] = at;
            queue.Enqueue(work.Work, at);
        }
    }

    private DateTimeOffset Next()
    {
        while (queue.TryPeek(out var work, out var at))
        {
            if (due.TryGetValue(work, out var known) && known == at)
            {
                return at;
            }

            queue.Dequeue();
        }

        return DateTimeOffset.MaxValue;
    }
}
