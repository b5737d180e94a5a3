using AlertHub.Configuration;
using FlowLogs.Hec;

namespace FlowLogs.Delivery;

/// <summary>Delivers with the token of now, and once more where HEC refused one that has been replaced since.</summary>
internal sealed class Sender(Deliverer deliverer, HecConnection connection)
{
    /// <inheritdoc cref="Deliverer.DeliverAsync"/>
    public async Task<Delivered> SendAsync(IReadOnlyList<DueRecord> due, CancellationToken cancellationToken)
    {
        HecClient hec;
        try
        {
            hec = await connection.GetAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (SecretUnavailableException e)
        {
            return NotTried(due, e.Message);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return NotTried(due, "time is up");
        }

        var delivered = await deliverer.DeliverAsync(due, hec, cancellationToken).ConfigureAwait(false);
        if (
            !delivered.Notices.Any(static notice => notice is HecNotice.Opened)
            || await connection.RenewAsync(cancellationToken).ConfigureAwait(false) is not { } renewed
        )
        {
            return delivered;
        }

        var again = delivered.Outcomes.Select((outcome, index) => due[index] with { Only = Refused(outcome) }).ToList();
        return Together(
            delivered,
            again,
            await deliverer.DeliverAsync(again, renewed, cancellationToken).ConfigureAwait(false)
        );
    }

    /// <summary>What records tell together, without sending them.</summary>
    public Measures.FlowCounts Count(IEnumerable<DueRecord> records) => deliverer.Count(records);

    private Delivered NotTried(IReadOnlyList<DueRecord> due, string why) =>
        new()
        {
            Outcomes = [.. due.Select(_ => new Outcome { NotTried = why })],
            Counts = deliverer.Count(due),
            Accepted = 0,
            Notices = [],
        };

    private static bool IsOfToken(Fate fate) => fate is Fate.Refused { Kind: Refusal.Token };

    private static List<int> Refused(Outcome outcome) =>
        [.. outcome.Left.Where(static left => IsOfToken(left.Fate)).Select(static left => left.Ordinal)];

    private static Delivered Together(Delivered first, List<DueRecord> again, Delivered second)
    {
        for (var index = 0; index < again.Count; index++)
        {
            var (outcome, later) = (first.Outcomes[index], second.Outcomes[index]);
            outcome.Left.RemoveAll(static left => IsOfToken(left.Fate));
            outcome.Left.AddRange(
                later.NotTried is { } why
                    ? again[index].Only!.Select(ordinal => (ordinal, (Fate)new Fate.Undelivered(why)))
                    : later.Left
            );
            outcome.Left.Sort(static (a, b) => a.Ordinal.CompareTo(b.Ordinal));
        }

        return first with
        {
            Accepted = first.Accepted + second.Accepted,
            // The first token's end is nobody's concern: another one is there.
            Notices = [.. first.Notices.Where(static notice => notice is not HecNotice.Opened), .. second.Notices],
        };
    }
}
