using AlertHub.Alerts;
using AlertHub.Configuration;
using AlertHub.Notifying;

namespace AlertHub.Grouping;

/// <summary>What a flush decided for one integration, and what that integration knows afterwards.</summary>
public sealed record IntegrationFlush
{
    public required IntegrationId Id { get; init; }

    public required Integration Integration { get; init; }

    public required Decision Decision { get; init; }

    /// <summary>Null where it was never told anything.</summary>
    public required Announcement? Announcement { get; init; }

    internal static IntegrationFlush Decide(
        IntegrationId id,
        Integration integration,
        Announcement? last,
        GroupState state,
        bool isTimeMuted,
        TimeSpan repeat,
        DateTimeOffset tick
    )
    {
        // What was announced is resolved aloud, even if it is inhibited or silenced by now.
        var owed = state.Resolved.Intersect(last?.Open);
        var firing = state.Firing.Except(state.Muted);
        var resolved = state.Resolved.Except(state.Muted).Union(owed);

        if (isTimeMuted)
        {
            return Result(new Decision.Keep(Silent.TimeMuted), last);
        }

        if (firing.Count + resolved.Count == 0)
        {
            return Result(new Decision.Keep(Silent.AllMuted), last);
        }

        var reason = Dedup.Reason(last, firing, resolved, integration.SendResolved, repeat, tick);
        if (reason == NotificationReason.None)
        {
            return last is null || firing.Count == 0
                ? Result(new Decision.Keep(Silent.NothingAnnounced), last)
                : Result(
                    new Decision.Keep(
                        owed.Count > 0 ? Silent.ResolvedUnwanted : Silent.NothingNew,
                        last.Timestamp + repeat
                    ),
                    // Whoever does not want to hear of ends is owed none. What ended unheard under a silence must not
                    // look old when it fires again after it; what ended in the open does to Alertmanager, so also here.
                    last with
                    {
                        Firing = last.Firing.Except(owed.Intersect(state.Muted)),
                        Open = last.Open.Except(owed).Union(firing),
                    }
                );
        }

        return Result(
            integration.SendResolved ? new Decision.Tell(reason, state.Tell(firing.Union(resolved)))
                : firing.Count > 0 ? new Decision.Tell(reason, state.Tell(firing))
                : new Decision.Keep(Silent.ResolvedUnwanted),
            new()
            {
                Integration = id,
                Firing = firing,
                Resolved = resolved,
                Open = (last?.Open ?? FingerprintSet.Empty).Union(firing).Except(resolved),
                Timestamp = tick,
            }
        );

        IntegrationFlush Result(Decision decision, Announcement? announcement) =>
            new()
            {
                Id = id,
                Integration = integration,
                Decision = decision,
                Announcement = announcement,
            };
    }
}
