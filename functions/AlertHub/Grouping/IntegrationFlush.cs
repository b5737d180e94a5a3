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

    /// <summary>What it is known to have been told; null where that is nothing.</summary>
    public required Announcement? Announcement { get; init; }

    /// <summary>What it knows once it has been told what is decided, or waits; null where there is neither.</summary>
    public required Announcement? Pending { get; init; }

    /// <summary>What waited when this was decided.</summary>
    private Delivery? Waiting { get; init; }

    /// <summary>What it is to be told after this flush.</summary>
    internal Delivery? Delivery(Group group, Labels routeLabels, DateTimeOffset now)
    {
        var live = Waiting is { IsDead: false } ? Waiting : null;
        return (Decision, Pending) switch
        {
            (Decision.Tell tell, { } pending) => Next(tell.Reason, tell.Alerts, pending),
            (Decision.Show show, { } pending) => Next(NotificationReason.Shown, show.Alerts, pending),
            (_, { } pending) when live is not null => live with { Announcement = pending },
            _ => Waiting,
        };

        Delivery Next(NotificationReason reason, IReadOnlyList<Alert> alerts, Announcement pending)
        {
            // Nobody waits for what is only shown.
            var news = live is { IsShown: false } ? live : null;
            return new()
            {
                Integration = Id,
                Number = group.Version + 1,
                Reason = reason,
                Alerts = alerts,
                Now = now,
                RouteLabels = routeLabels,
                Announcement = pending,
                Since = news?.Since ?? now,
                // A destination that asked to be left alone is, whatever there is to say.
                Due = live?.Due > now ? live.Due : now,
                Attempts = news?.Attempts ?? 0,
                Ambiguous = news?.Ambiguous ?? 0,
                Lease = live?.Lease,
                Objection = Waiting?.Objection,
            };
        }
    }

    internal static IntegrationFlush Decide(
        IntegrationId id,
        Integration integration,
        Announcement? told,
        Delivery? waiting,
        GroupState state,
        bool isTimeMuted,
        TimeSpan repeat,
        DateTimeOffset tick
    )
    {
        // What waits to be told counts as told, until it is given up.
        var live = waiting is { IsDead: false } ? waiting : null;
        // A message that could not be told while it was new is told all the same, unless that was given up; one that was told
        // is over without a word, and is not repeated either.
        var untold = state
            .Messages.Except(told?.Firing ?? FingerprintSet.Empty)
            .Except(state.Resolved.Intersect(waiting is { IsDead: true } ? waiting.Announcement.Firing : null));
        var last = (live?.Announcement ?? told)?.Without(state.Messages.Intersect(state.Resolved).Except(untold));
        var believed = state.Group.Believed(id);

        // What was announced is resolved aloud, even if it is inhibited or silenced by now; what waits to be resolved
        // aloud is also in what takes its place.
        var owed = state.Resolved.Intersect(believed);

        var muted = state.MutedOf(believed);
        var firing = state.Firing.Union(untold).Except(state.Muted);
        var resolved = state.Resolved.Except(state.Muted).Except(state.Messages).Union(owed);

        if (isTimeMuted)
        {
            return Result(new Decision.Keep(Silent.TimeMuted), last);
        }

        if (firing.Count + resolved.Count == 0)
        {
            return Result(new Decision.Keep(state.Muted.Count > 0 ? Silent.AllMuted : Silent.NothingAnnounced), last);
        }

        var reason = Dedup.Reason(last, firing, resolved, integration.SendResolved, repeat, tick);
        if (
            reason == NotificationReason.None
            // It is being told the very thing.
            || (
                reason == NotificationReason.RepeatIntervalElapsed
                && (live is { IsShown: false, Lease: not null } || firing.IsSubsetOf(state.Messages.Except(untold)))
            )
        )
        {
            return last is null || firing.Count == 0
                ? Result(new Decision.Keep(Silent.NothingAnnounced), last)
                : Result(
                    new Decision.Keep(
                        owed.Count > 0 && !integration.SendResolved ? Silent.ResolvedUnwanted : Silent.NothingNew,
                        last.Timestamp + repeat
                    ),
                    // Whoever does not want to hear of ends is owed none. What ended unheard under a silence must not
                    // look old when it fires again after it; what ended in the open does to Alertmanager, so also here.
                    last with
                    {
                        Firing = last.Firing.Except(owed.Intersect(state.Muted)),
                        Open = last.Open.Except(owed).Union(firing.Except(state.Messages)),
                    }
                );
        }

        if (live is not null)
        {
            // Whoever reads it knows only of what was delivered.
            var heard = Dedup.Reason(told, firing, resolved, integration.SendResolved, repeat, tick);
            reason = heard == NotificationReason.None ? reason : heard;
        }

        var tell = (integration.SendResolved ? firing.Union(resolved) : firing).Except(state.Messages.Except(untold));
        return Result(
            tell.Count > 0 ? new Decision.Tell(reason, state.Tell(tell)) : new Decision.Keep(Silent.ResolvedUnwanted),
            new()
            {
                Integration = id,
                Firing = firing,
                Resolved = resolved,
                Open = believed.Union(firing).Except(resolved).Except(state.Messages),
                Muted = muted,
                Timestamp = tick,
            }
        );

        IntegrationFlush Result(Decision decision, Announcement? announcement)
        {
            var show = decision is Decision.Keep { Because: not Silent.TimeMuted } ? Show(announcement) : null;
            return new()
            {
                Id = id,
                Integration = integration,
                Decision = show ?? decision,
                Announcement = decision is Decision.Keep && live is null ? announcement : told,
                Pending =
                    show is not null ? announcement! with { Muted = muted }
                    : decision is Decision.Tell || live is not null ? announcement
                    : null,
                Waiting = waiting,
            };
        }

        // Where something can be found again that says otherwise, and nothing is to be told anyway.
        Decision.Show? Show(Announcement? announcement)
        {
            var open = state.Firing.Intersect(announcement?.Open);
            var heard = open.Except(state.Muted);
            return
                told?.Receipt is not null
                && waiting is null or { IsShown: true }
                && open.Count > 0
                && !muted.SequenceEqual(announcement!.Muted)
                ? new(state.Tell(heard.Count > 0 ? heard : open))
                : null;
        }
    }
}
