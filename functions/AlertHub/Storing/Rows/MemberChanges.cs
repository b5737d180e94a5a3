using AlertHub.Alerts;
using AlertHub.Grouping;

namespace AlertHub.Storing.Rows;

/// <summary>
/// How the alerts of a group changed. A member that joined is what the hub knows of the alert at that moment, and follows its
/// heartbeats. When the alert is put anew it joins again, or the group stays with what it had: one that ended is kept, to
/// be told, by a group to which it would not come any more.
/// </summary>
internal sealed record MemberChanges
{
    /// <summary>Those that are what the hub knows now.</summary>
    public required IReadOnlyList<ulong> Joined { get; init; }

    /// <summary>Copies that differ from what the hub knows.</summary>
    public required IReadOnlyList<TrackedAlert> Copies { get; init; }

    public required IReadOnlyList<ulong> Left { get; init; }

    public bool IsEmpty => Joined.Count + Copies.Count + Left.Count == 0;

    /// <param name="before">The group as it was; null where there was none.</param>
    /// <param name="after">The group as it is.</param>
    /// <param name="known">What the hub knew of alerts, and what it knows.</param>
    /// <param name="touched">Those that may have changed; null for any.</param>
    public static MemberChanges Between(
        Group? before,
        Group after,
        (AlertMap Before, AlertMap After) known,
        IEnumerable<ulong>? touched
    )
    {
        var (joined, copies, left) = (new List<ulong>(), new List<TrackedAlert>(), new List<ulong>());
        touched ??=
            before is null ? after.Alerts.Keys
            : ReferenceEquals(before.Alerts, after.Alerts) ? []
            : before.Alerts.Keys.Where(fingerprint => !after.Alerts.ContainsKey(fingerprint)).Concat(after.Alerts.Keys);
        foreach (var fingerprint in touched)
        {
            var was = before?.Alerts.Find(fingerprint);
            if (!after.Alerts.TryGetValue(fingerprint, out var member))
            {
                if (was is not null)
                {
                    left.Add(fingerprint);
                }

                continue;
            }

            var (knownBefore, knownAfter) = (known.Before.Find(fingerprint), known.After.Find(fingerprint));
            var followed = was is not null && Follows(was, knownBefore);
            if (Follows(member, knownAfter))
            {
                if (!followed || IsPut(knownBefore, knownAfter))
                {
                    joined.Add(fingerprint);
                }
            }
            else if (followed || was != member)
            {
                copies.Add(member);
            }
        }

        return new()
        {
            Joined = joined,
            Copies = copies,
            Left = left,
        };
    }

    /// <summary>Whether an alert is written anew, and not only its heartbeat.</summary>
    public static bool IsPut(TrackedAlert? before, TrackedAlert? after) =>
        !ReferenceEquals(before, after) && (before is null || after is null || !Heartbeat.IsBetween(before, after));

    private static bool Follows(TrackedAlert member, TrackedAlert? known) =>
        ReferenceEquals(member, known) || member == known;
}
