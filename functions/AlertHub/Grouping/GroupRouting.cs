using AlertHub.Alerts;
using AlertHub.Configuration;
using AlertHub.Routing;

namespace AlertHub.Grouping;

/// <summary>Which groups alerts join, compiled once from a configuration that was checked; safe for many threads.</summary>
public sealed class GroupRouting
{
    private readonly Dictionary<(string Key, string Receiver), GroupRoute> routes;

    private GroupRouting(RoutingTree tree, Dictionary<(string, string), GroupRoute> routes) =>
        (Tree, this.routes) = (tree, routes);

    public static GroupRouting Compile(AlertmanagerConfig config)
    {
        var tree = RoutingTree.Compile(config.Route);
        var receivers = config.Receivers.ToDictionary(receiver => receiver.Name, StringComparer.Ordinal);
        return new(
            tree,
            tree.Routes.GroupBy(node => (node.Key, node.Options.Receiver))
                .ToDictionary(
                    same => same.Key,
                    same => new GroupRoute(
                        [.. same],
                        receivers.GetValueOrDefault(same.Key.Receiver) ?? new() { Name = same.Key.Receiver }
                    )
                )
        );
    }

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
    /// A group under this configuration, after another one: the same, less the alerts that go elsewhere now, and due no
    /// later than the new intervals allow; none where it has no route or no alert any more. Then all alerts that fire have
    /// to join their groups as if they had just come, for some go elsewhere by the new configuration; those that have
    /// ended must not, or their end is told again.
    /// </summary>
    public Group? Continue(Group group, DateTimeOffset now)
    {
        if (RouteOf(group.Id) is not { } route)
        {
            return null;
        }

        var left = group.Alerts.RemoveRange(
            group.Alerts.Where(alert => !GroupsOf(alert.Value.Labels).Any(to => to.Id == group.Id)).Select(a => a.Key)
        );
        var options = route.Nodes[0].Options;
        var latest = now + (group.HasFlushed ? options.GroupInterval : options.GroupWait);
        var next = group with { Alerts = left, Due = group.Due < latest ? group.Due : latest };
        return left.IsEmpty ? null
            : next == group ? group
            : next with { Version = group.Version + 1 };
    }

    private static GroupId Id(RouteNode node, Labels alert) =>
        new()
        {
            RouteKey = node.Key,
            Labels = node.GroupLabels(alert),
            Receiver = node.Options.Receiver,
        };
}
