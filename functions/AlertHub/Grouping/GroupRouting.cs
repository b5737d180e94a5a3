using AlertHub.Alerts;
using AlertHub.Configuration;
using AlertHub.Routing;

namespace AlertHub.Grouping;

/// <summary>Which groups alerts join, compiled once from a configuration that was checked; safe for many threads.</summary>
public sealed class GroupRouting
{
    private readonly Dictionary<(string Key, string Receiver), GroupRoute> routes;
    private readonly Dictionary<string, GroupReceiver> receivers;

    private GroupRouting(RoutingTree tree, Dictionary<string, GroupReceiver> receivers)
    {
        (Tree, this.receivers) = (tree, receivers);
        routes = tree
            .Routes.GroupBy(node => (node.Key, node.Options.Receiver))
            .ToDictionary(
                same => same.Key,
                same => new GroupRoute(
                    [.. same],
                    receivers.GetValueOrDefault(same.Key.Receiver) ?? new(new() { Name = same.Key.Receiver })
                )
            );
    }

    public static GroupRouting Compile(HubConfig config) => Compile(config.Alertmanager.Route, config.Receivers);

    public static GroupRouting Compile(AlertmanagerConfig config) => Compile(config.Route, config.Receivers);

    private static GroupRouting Compile(RouteConfig route, IReadOnlyList<Receiver> receivers) =>
        new(
            RoutingTree.Compile(route),
            receivers
                .Select(static receiver => new GroupReceiver(receiver))
                .ToDictionary(static receiver => receiver.Name, StringComparer.Ordinal)
        );

    /// <summary>Those of the configuration, used by a route or not.</summary>
    public IEnumerable<GroupReceiver> Receivers => receivers.Values;

    public GroupReceiver? Receiver(string name) => receivers.GetValueOrDefault(name);

    public RoutingTree Tree { get; }

    /// <summary>The groups that an alert belongs to, with the route that leads to each, in the order in which routes are asked.</summary>
    public IReadOnlyList<(GroupId Id, RouteNode Route)> GroupsOf(Labels alert)
    {
        var reached = Tree.Match(alert);
        if (reached.Count == 1)
        {
            return [(Id(reached[0], alert), reached[0])];
        }

        return [.. reached.Select(node => (Id(node, alert), node)).DistinctBy(static group => group.Item1)];
    }

    /// <summary>Where a group goes; null where the configuration has no such route or receiver any more.</summary>
    public GroupRoute? RouteOf(GroupId id) => routes.GetValueOrDefault((id.RouteKey, id.Receiver));

    /// <summary>
    /// A group under this configuration, after another one: the same, less the alerts that go elsewhere now, and due no later
    /// than the new intervals allow; none where nothing is left of it. Whatever is to be told of the others is told where they go
    /// now, so nothing is told of them here any more. Then all alerts that fire have to join their groups as if they had just
    /// come; those that have ended must not, or their end is told again, unless it is owed.
    /// </summary>
    public Group? Continue(Group group, DateTimeOffset now)
    {
        var route = RouteOf(group.Id);
        var options = route?.Nodes[0].Options;
        var left = FingerprintSet.Of(
            group
                .Alerts.Where(alert => GroupsOf(alert.Value.Labels).All(to => to.Id != group.Id))
                .Select(static alert => alert.Key)
        );
        var receiver = Receiver(group.Id.Receiver);
        var latest = now + (group.HasFlushed ? options?.GroupInterval : options?.GroupWait);
        var next = group with
        {
            Alerts = route is null ? AlertMap.Empty : group.Alerts.Without(left),
            Announcements = [.. group.Announcements.Select(announcement => announcement.Without(left))],
            Deliveries =
            [
                .. group
                    .Deliveries.Where(delivery => receiver?.Find(delivery.Integration) is not null)
                    .Select(delivery => delivery.IsDead ? delivery : delivery.Without(left, group.Version + 1))
                    .OfType<Delivery>(),
            ],
            Due = latest < group.Due ? latest.Value : group.Due,
        };
        return next == group ? group : (next with { Version = group.Version + 1 }).OrNothing();
    }

    private static GroupId Id(RouteNode node, Labels alert) =>
        new()
        {
            RouteKey = node.Key,
            Labels = node.GroupLabels(alert),
            Receiver = node.Options.Receiver,
        };
}
