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

    /// <summary>
    /// What is to be shown where it was told, as that shows something else: these alerts fire or, where each of them is muted,
    /// are muted. Null where it shows what is so, something waits to be told, or nothing can be changed.
    /// </summary>
    public Showing? Shows { get; init; }

    /// <summary>What waited when this was decided.</summary>
    private Delivery? Waiting { get; init; }

    /// <summary>What it is to be told or shown after this flush.</summary>
    internal Delivery? Delivery(Group group, Labels routeLabels, DateTimeOffset now)
    {
        var live = Waiting is { IsDead: false, IsShown: false } ? Waiting : null;
        return (Decision, Pending) switch
        {
            (Decision.Tell tell, { } pending) => new()
            {
                Integration = Id,
                Number = group.Version + 1,
                Reason = tell.Reason,
                Alerts = tell.Alerts,
                Now = now,
                RouteLabels = routeLabels,
                Announcement = pending,
                Since = live?.Since ?? now,
                // A destination that asked to be left alone is, whatever there is to say.
                Due = live?.Due > now ? live.Due : now,
                Attempts = live?.Attempts ?? 0,
                Ambiguous = live?.Ambiguous ?? 0,
                // Also of what is only being shown: one after the other.
                Lease = Waiting is { IsDead: false } ? Waiting.Lease : null,
                Objection = Waiting?.Objection,
            },
            (_, { } pending) when live is not null => live with { Announcement = pending },
            _ when Waiting is null or { IsShown: true } => Show(group, routeLabels, now),
            _ => Waiting,
        };
    }

    /// <summary>What is to be shown waits as it did, is something else by now, or is no more to be shown.</summary>
    private Delivery? Show(Group group, Labels routeLabels, DateTimeOffset now)
    {
        if (Shows is null)
        {
            return Waiting?.Lease?.Until > now ? Waiting : null;
        }

        // It holds nothing of what is known to have been told, which it does not change.
        var announcement = new Announcement
        {
            Integration = Id,
            Timestamp = DateTimeOffset.MinValue,
            Muted = Shows.Muted,
        };
        return Waiting is not null && Waiting.Announcement == announcement && Waiting.Alerts.SequenceEqual(Shows.Alerts)
            ? Waiting
            : new()
            {
                Integration = Id,
                Number = group.Version + 1,
                Reason = NotificationReason.Shown,
                Alerts = Shows.Alerts,
                Now = now,
                RouteLabels = routeLabels,
                Announcement = announcement,
                Since = Waiting?.Since ?? now,
                Due = Waiting?.Due ?? now,
                Lease = Waiting?.Lease,
            };
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
        var live = waiting is { IsDead: false, IsShown: false } ? waiting : null;
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

        var muted = told?.Receipt is null ? [] : state.MutedOf(believed);
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
                && (live?.Lease is not null || firing.IsSubsetOf(state.Messages.Except(untold)))
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
                Timestamp = tick,
                // Where nothing is told, what was told stands there as it did.
                Muted = tell.Count > 0 ? muted : last?.Muted ?? [],
                Receipt = told?.Receipt,
            }
        );

        IntegrationFlush Result(Decision decision, Announcement? announcement) =>
            new()
            {
                Id = id,
                Integration = integration,
                Decision = decision,
                Announcement = decision is Decision.Keep && live is null ? announcement : told,
                Pending = decision is Decision.Tell || live is not null ? announcement : null,
                Shows = decision is Decision.Keep { Because: not Silent.TimeMuted } ? Show(announcement) : null,
                Waiting = waiting,
            };

        Showing? Show(Announcement? announcement)
        {
            var open = state.Firing.Intersect(announcement?.Open);
            var heard = open.Except(state.Muted);
            return
                announcement?.Receipt is not null
                && waiting is null or { IsShown: true }
                && open.Count > 0
                && !muted.SequenceEqual(announcement.Muted)
                ? new(state.Tell(heard.Count > 0 ? heard : open), muted)
                : null;
        }
    }
}

/// <summary>What is to be shown where something was told before.</summary>
/// <param name="Alerts">Those that fire and are not muted; where each of them is muted, all of them. In order, at least one.</param>
/// <param name="Muted">What is muted, and by what.</param>
public sealed record Showing(IReadOnlyList<Alert> Alerts, IReadOnlyList<MutedAlerts> Muted);
