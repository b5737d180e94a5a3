using AlertHub.Alerts;
using AlertHub.Routing;

namespace AlertHub.Grouping;

/// <summary>
/// What becomes of a group under another configuration. Whoever stores groups one by one stores what moves first and
/// what stays then: what was moved already is moved again without harm, and nothing is lost between.
/// </summary>
public sealed record Regrouping
{
    /// <summary><see cref="GroupRouting.Continue"/>.</summary>
    public required Group? Stays { get; init; }

    /// <summary>To other groups, each once.</summary>
    public required IReadOnlyList<Move> Moves { get; init; }

    public static Regrouping Of(Group group, GroupRouting routing, DateTimeOffset now)
    {
        var stays = routing.Continue(group, now);
        var told = group
            .Announcements.Select(static told => told.Integration)
            .Union(group.Deliveries.Select(static delivery => delivery.Integration))
            .Select(integration => (Integration: integration, Believed: group.Believed(integration)))
            .ToArray();
        var moves =
            from alert in @group.Alerts.Values
            from to in routing.GroupsOf(alert.Labels)
            where to.Id != @group.Id
            let owed = Owed(alert.Fingerprint, to.Id)
            where alert.IsFiring(now) || owed.Length > 0 || IsUntold(alert)
            group new MovedAlert(alert, owed) by to.Id into some
            select new Move
            {
                To = some.Key,
                Route = routing.GroupsOf(some.First().Alert.Labels).First(to => to.Id == some.Key).Route,
                Alerts = [.. some],
            };
        return new() { Stays = stays, Moves = [.. moves] };

        // What happened and waits to be told here is told there, however long ago it was.
        bool IsUntold(TrackedAlert alert) =>
            alert.Alert.IsMessage
            && stays?.Alerts.ContainsKey(alert.Fingerprint) is not true
            && !group.Announcements.Any(told => told.Firing.Contains(alert.Fingerprint));

        // What was told to fire here and goes elsewhere now is owed its end there, if the same receiver hears of it: also
        // what has ended already.
        IntegrationId[] Owed(ulong fingerprint, GroupId to) =>
            to.Receiver != group.Id.Receiver || stays?.Alerts.ContainsKey(fingerprint) is true
                ? []
                : [.. told.Where(each => each.Believed.Contains(fingerprint)).Select(static each => each.Integration)];
    }
}

/// <summary>Alerts that join another group.</summary>
public sealed record Move
{
    public required GroupId To { get; init; }

    /// <summary>By which they come there.</summary>
    public required RouteNode Route { get; init; }

    public required IReadOnlyList<MovedAlert> Alerts { get; init; }

    /// <summary>The group that they join after it; null where there is none and nothing joins.</summary>
    public Group? Apply(Group? group, DateTimeOffset now)
    {
        foreach (var (alert, owed) in Alerts)
        {
            if (alert.IsFiring(now))
            {
                group = Group.Join(group, To, alert, Route.Options, now);
            }
            else if (alert.Alert.IsMessage)
            {
                group = Holding(group, alert, now);
            }

            foreach (var integration in owed)
            {
                group = Holding(group, alert, now).Owing(integration, FingerprintSet.Of(alert.Fingerprint));
            }
        }

        return group;
    }

    private Group Holding(Group? group, TrackedAlert alert, DateTimeOffset now)
    {
        group ??= new() { Id = To, Due = DateTimeOffset.MaxValue };
        return group.Alerts.ContainsKey(alert.Fingerprint)
            ? group
            : group with
            {
                Alerts = group.Alerts.With(alert),
                Due = group.Alerts.IsEmpty ? now + Route.Options.GroupWait : group.Due,
                Version = group.Version + 1,
            };
    }
}

/// <param name="Alert">As its former group had it.</param>
/// <param name="Owed">Integrations that were told it fires, and are owed its end.</param>
public sealed record MovedAlert(TrackedAlert Alert, IReadOnlyList<IntegrationId> Owed);
