using AlertHub.Configuration;
using AlertHub.Muting;
using AlertHub.Routing;

namespace AlertHub.Grouping;

/// <summary>
/// Where the groups of a route go. Routes that have the same matchers and receiver share their groups, as one may speak
/// by day and the other, more slowly, by night: what the one told the other need not tell again.
/// </summary>
public sealed class GroupRoute
{
    internal GroupRoute(IReadOnlyList<RouteNode> nodes, GroupReceiver receiver) =>
        (Nodes, Receiver) = (nodes, receiver);

    /// <summary>At least one, in the order of the file.</summary>
    public IReadOnlyList<RouteNode> Nodes { get; }

    public GroupReceiver Receiver { get; }

    public IReadOnlyList<(IntegrationId Id, Integration Integration)> Integrations => Receiver.Integrations;

    /// <summary>The route whose options hold now, and why it tells nobody if it does not. The first that is not muted has the word.</summary>
    public (RouteNode Route, TimeMute? Mute) At(NamedTimeIntervals intervals, DateTimeOffset now)
    {
        foreach (var node in Nodes)
        {
            if (intervals.Mutes(node.Options, now) is null)
            {
                return (node, null);
            }
        }

        return (Nodes[0], intervals.Mutes(Nodes[0].Options, now));
    }
}
