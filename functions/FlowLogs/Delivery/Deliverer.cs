using FlowLogs.Encoding;
using FlowLogs.Hec;
using FlowLogs.Incoming;
using FlowLogs.Measures;
using FlowLogs.Records;
using FlowLogs.Selection;

namespace FlowLogs.Delivery;

/// <summary>
/// Records to HEC, in blocks: while one is sent, the next is encoded. Which of a record's events got there is told of each, in
/// whatever order the posts ended.
/// </summary>
/// <param name="format">Of the lines.</param>
/// <param name="metadata">Of the events.</param>
/// <param name="fields">Of the events.</param>
/// <param name="choice">What is delivered.</param>
internal sealed class Deliverer(FlowFormat format, HecMetadata metadata, EventFields fields, Choice choice)
{
    /// <summary>Of encoded events: a few posts, so that several are under way, and no more memory than that twice.</summary>
    public int BlockBytes { get; init; } = 8 << 20;

    /// <summary>Delivers what it can until it is told to end; no outcome is missing.</summary>
    /// <param name="due">Records, in the order in which they are to be sent.</param>
    /// <param name="hec">Where to.</param>
    /// <param name="cancellationToken">Ends the sending, not the telling.</param>
    public async Task<Delivered> DeliverAsync(
        IReadOnlyList<DueRecord> due,
        HecClient hec,
        CancellationToken cancellationToken
    )
    {
        var counts = new FlowCounts(format);
        var outcomes = due.Select(static _ => new Outcome()).ToArray();
        var sums = new Sums();
        var encoder = new HecEncoder(format, metadata, fields);
        // A block ends behind the record that fills it.
        using var first = new HecEvents(BlockBytes + (BlockBytes / 2));
        using var second = new HecEvents(BlockBytes + (BlockBytes / 2));
        var (filling, sending) = (first, second);
        var underWay = Task.FromResult<HecDelivery?>(null);
        var next = 0;
        string? why = null;
        try
        {
            while (next < due.Count && why is null)
            {
                filling.Clear();
                for (; next < due.Count && filling.LengthBytes < BlockBytes; next++)
                {
                    Encode(due[next], next, encoder, filling, outcomes[next], counts);
                }

                why = Settle(await underWay.ConfigureAwait(false), sending, outcomes, sums);
                (filling, sending) = (sending, filling);
                if (why is null)
                {
                    underWay = StartAsync(hec, sending, cancellationToken);
                }
                else
                {
                    Leave(sending, outcomes, why);
                }
            }

            why ??= Settle(await underWay.ConfigureAwait(false), sending, outcomes, sums);
        }
        finally
        {
            // Nobody else gets the block as long as it is sent.
            await underWay.ConfigureAwait(false);
        }

        for (; next < due.Count; next++)
        {
            outcomes[next].NotTried = why;
        }

        return new()
        {
            Outcomes = outcomes,
            Counts = counts,
            Accepted = sums.Accepted,
            Notices = sums.Notices,
        };
    }

    /// <summary>What records tell together, without sending them.</summary>
    public FlowCounts Count(IEnumerable<DueRecord> records)
    {
        var counts = new FlowCounts(format);
        using var none = new HecEvents();
        var encoder = new HecEncoder(format, metadata, fields);
        foreach (var record in records)
        {
            Encode(record with { Only = [] }, 0, encoder, none, new(), counts);
        }

        return counts;
    }

    /// <summary>Events of a record, as many as are due.</summary>
    public void Encode(
        DueRecord due,
        int index,
        HecEncoder encoder,
        HecEvents events,
        Outcome outcome,
        FlowCounts counts
    )
    {
        var (ordinal, at) = (0, 0);
        var whole = events.Count;
        LogSource? last = null;
        LogRecords.Read(
            due.Record,
            LogRecords.MostBytes,
            (source, id, timestamp, message) =>
            {
                if (source != last)
                {
                    last = source;
                    encoder.Begin(new(source.LogGroup, source.LogStream, source.Owner) { Region = due.Record.Region });
                }

                var problem = encoder.Read(message, escaped: true, out var line);
                counts.Add(encoder.Last, line, problem, timestamp);
                var rate = problem.IsNone ? choice.Rate(encoder.Last, line, id) : 1;
                if (rate == 0)
                {
                    counts.AddLeftOut();
                }
                else if (IsDue(due.Only, ordinal, ref at))
                {
                    outcome.Encoded++;
                    encoder.Write(
                        events,
                        new(index, ordinal),
                        id,
                        timestamp,
                        message,
                        escaped: true,
                        line,
                        problem,
                        rate
                    );
                }

                ordinal++;
            },
            (part, problem) =>
            {
                if (problem is null)
                {
                    whole = events.Count;
                }
                else
                {
                    events.Truncate(whole);
                    outcome.Unreadable.Add((part, problem));
                }
            }
        );
    }

    private static bool IsDue(IReadOnlyList<int>? only, int ordinal, ref int at)
    {
        if (only is null)
        {
            return true;
        }

        while (at < only.Count && only[at] < ordinal)
        {
            at++;
        }

        return at < only.Count && only[at] == ordinal;
    }

    private static async Task<HecDelivery?> StartAsync(
        HecClient hec,
        HecEvents events,
        CancellationToken cancellationToken
    ) =>
        events.Count == 0
            ? null
            // Compressing a post is work, too, and waits for nothing.
            : await Task.Run(
                    () => hec.SendAsync(new(events.Count, events.Text), cancellationToken),
                    CancellationToken.None
                )
                .ConfigureAwait(false);

    /// <returns>Why nothing more should be tried, or null.</returns>
    private static string? Settle(HecDelivery? delivery, HecEvents events, Outcome[] outcomes, Sums sums)
    {
        string? why = null;
        for (var index = 0; index < delivery?.Fates.Count; index++)
        {
            if (delivery.Fates[index] is Fate.Accepted)
            {
                sums.Accepted++;
                continue;
            }

            var origin = events.Origin(index);
            outcomes[origin.Record].Left.Add((origin.Ordinal, delivery.Fates[index]));
            why ??= (delivery.Fates[index] as Fate.Undelivered)?.Reason;
        }

        sums.Notices.AddRange(delivery?.Notices ?? []);
        return why;
    }

    private static void Leave(HecEvents events, Outcome[] outcomes, string why)
    {
        var fate = new Fate.Undelivered(why);
        for (var index = 0; index < events.Count; index++)
        {
            var origin = events.Origin(index);
            outcomes[origin.Record].Left.Add((origin.Ordinal, fate));
        }
    }

    private sealed class Sums
    {
        public long Accepted { get; set; }

        public List<HecNotice> Notices { get; } = [];
    }
}

/// <summary>Records that were delivered together.</summary>
internal sealed record Delivered
{
    /// <summary>One for each record, in their order.</summary>
    public required IReadOnlyList<Outcome> Outcomes { get; init; }

    /// <summary>Of all that was encoded.</summary>
    public required FlowCounts Counts { get; init; }

    /// <summary>Log events that HEC took.</summary>
    public required long Accepted { get; init; }

    public required IReadOnlyList<HecNotice> Notices { get; init; }
}
