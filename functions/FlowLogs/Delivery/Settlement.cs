using FlowLogs.Backup;
using FlowLogs.Hec;

namespace FlowLogs.Delivery;

/// <summary>What follows from the outcomes of records.</summary>
internal sealed record Settlement
{
    /// <summary>Index of the first record that must stay in the stream; their number where none must.</summary>
    public required int Checkpoint { get; init; }

    /// <summary>What the backup must have before the records before the checkpoint may leave the stream, in their order.</summary>
    public required IReadOnlyList<Aside> Asides { get; init; }

    /// <summary>
    /// What may be delivered by trying again stays in the stream until it is old; what HEC will not take, or nobody can read,
    /// goes to the backup at once. Behind the checkpoint nothing does, since all of that is handed over again.
    /// </summary>
    /// <param name="due">The records.</param>
    /// <param name="outcomes">One for each.</param>
    /// <param name="isOld">Whether a record that may be delivered yet is not left in the stream any longer.</param>
    public static Settlement Of(
        IReadOnlyList<DueRecord> due,
        IReadOnlyList<Outcome> outcomes,
        Func<DueRecord, bool> isOld
    )
    {
        List<Aside> asides = [];
        for (var index = 0; index < due.Count; index++)
        {
            if (outcomes[index].IsUndelivered && !isOld(due[index]))
            {
                return new() { Checkpoint = index, Asides = asides };
            }

            asides.AddRange(Of(due[index], outcomes[index], index));
        }

        return new() { Checkpoint = due.Count, Asides = asides };
    }

    private static IEnumerable<Aside> Of(DueRecord due, Outcome outcome, int index)
    {
        if (outcome.NotTried is { } why)
        {
            yield return new(
                index,
                Names.UndeliveredPrefix,
                due.Only?.Count ?? 0,
                new()
                {
                    Reason = why,
                    Record = due.Record,
                    Only = due.Only,
                }
            );
            yield break;
        }

        foreach (
            var left in outcome
                .Left.GroupBy(static left => Prefix(left.Fate))
                .OrderBy(static g => g.Key, StringComparer.Ordinal)
        )
        {
            // Most often HEC takes all of a record or nothing.
            var isWhole = due.Only is null && left.Count() == outcome.Encoded && outcome.Unreadable.Count == 0;
            yield return new(
                index,
                left.Key,
                left.Count(),
                new()
                {
                    Reason = Reason(left.First().Fate),
                    Record = due.Record,
                    Only = isWhole ? null : [.. left.Select(static each => each.Ordinal)],
                }
            );
        }

        foreach (var (part, reason) in outcome.Unreadable)
        {
            yield return new(
                index,
                Names.UnreadablePrefix,
                0,
                new() { Reason = reason, Record = due.Record with { Data = part } }
            );
        }
    }

    /// <summary>What lies with the event comes back however often it is sent; all else a person can set right.</summary>
    private static string Prefix(Fate fate) =>
        fate is Fate.Refused { Kind: Refusal.Event or Refusal.Index } ? Names.RefusedPrefix : Names.UndeliveredPrefix;

    private static string Reason(Fate fate) =>
        fate switch
        {
            Fate.Refused refused => refused.Reason,
            Fate.Undelivered undelivered => undelivered.Reason,
            _ => "",
        };
}

/// <summary>Something for the backup.</summary>
/// <param name="Index">Of the record.</param>
/// <param name="Prefix">What its object's key begins with.</param>
/// <param name="Events">Log events, as far as their number is known.</param>
/// <param name="Line">What is kept.</param>
internal sealed record Aside(int Index, string Prefix, int Events, BackupLine Line);
