using AlertHub.Muting;
using AlertHub.Routing;

namespace AlertHub.Grouping;

/// <summary>What is to be done about a group when it is due: who is told what, and the group afterwards.</summary>
public sealed record Flush
{
    public required Group Group { get; init; }

    /// <summary>To be stored in its place together with what is to be told; null where nothing is left of it.</summary>
    public required Group? Next { get; init; }

    /// <summary>The last moment at which the group was due: it may have been late by more than an interval.</summary>
    public required DateTimeOffset Tick { get; init; }

    public required DateTimeOffset Now { get; init; }

    /// <summary>The route whose options held.</summary>
    public required RouteNode Route { get; init; }

    /// <summary>Why the route tells nobody; null where it does.</summary>
    public required TimeMute? TimeMute { get; init; }

    /// <summary>Alerts of the group that are inhibited or silenced; the others are not in it.</summary>
    public required IReadOnlyDictionary<ulong, AlertMute> Mutes { get; init; }

    public required IReadOnlyList<IntegrationFlush> Integrations { get; init; }

    /// <summary>
    /// Decides about a group, or null where it is not due or was flushed at that time already: whoever comes second, or
    /// comes again after a crash, finds nothing to do.
    /// </summary>
    /// <param name="group">The group as it is stored.</param>
    /// <param name="due">When the flush was due, as it was known when it was scheduled.</param>
    /// <param name="now">Decides what fires and what mutes; <paramref name="due"/> decides what is to be repeated.</param>
    /// <param name="to">Where the group goes.</param>
    /// <param name="muters">What may keep alerts from being told.</param>
    public static Flush? Decide(Group group, DateTimeOffset due, DateTimeOffset now, GroupRoute to, Muters muters)
    {
        if (group.Due != due || now < due)
        {
            return null;
        }

        var (route, timeMute) = to.At(muters.Intervals, now);
        var tick = due + (now - due).Ticks / route.Options.GroupInterval.Ticks * route.Options.GroupInterval;
        var state = GroupState.Of(group, muters, now);
        IntegrationFlush[] integrations =
        [
            .. to.Integrations.Select(each =>
                IntegrationFlush.Decide(
                    each.Id,
                    each.Integration,
                    group.Announcement(each.Id),
                    group.Delivery(each.Id),
                    state,
                    timeMute is not null,
                    route.Options.RepeatInterval,
                    tick
                )
            ),
        ];
        return new()
        {
            Group = group,
            Next = Following(group, state, integrations, route, tick + route.Options.GroupInterval),
            Tick = tick,
            Now = now,
            Route = route,
            TimeMute = timeMute,
            Mutes = state.Mutes,
            Integrations = integrations,
        };
    }

    /// <summary>The first moment, this or a later one, at which the group is due and that is not before another.</summary>
    public DateTimeOffset TickFrom(DateTimeOffset moment)
    {
        var interval = Route.Options.GroupInterval.Ticks;
        return moment <= Tick
            ? Tick
            : Tick + TimeSpan.FromTicks(((moment - Tick).Ticks + interval - 1) / interval * interval);
    }

    /// <summary>
    /// The group with what was decided. What has ended leaves it, unless somebody is owed its end: whoever may not be told
    /// now, or waits to be. An alert that changed meanwhile is safe: its group has another version then, and this flush
    /// cannot be stored.
    /// </summary>
    private static Group? Following(
        Group group,
        GroupState state,
        IReadOnlyList<IntegrationFlush> integrations,
        RouteNode route,
        DateTimeOffset due
    )
    {
        var next = group with
        {
            Announcements = [.. integrations.Select(static each => each.Announcement).OfType<Announcement>()],
            Deliveries =
            [
                .. integrations
                    .Select(each => each.Delivery(group, route.Options.Labels, state.Now))
                    .OfType<Delivery>(),
                // Of an integration that the configuration has no more.
                .. group.Deliveries.Where(delivery => integrations.All(each => each.Id != delivery.Integration)),
            ],
            Due = due,
            HasFlushed = true,
            Version = group.Version + 1,
        };
        return next.WithoutUnowed(state.Resolved).OrNothing();
    }
}
