using AlertHub.Alerts;
using AlertHub.Configuration;

namespace AlertHub.Routing;

/// <summary>Which routes alerts reach. Compiled once from a configuration that was checked; safe for many threads.</summary>
public sealed class RoutingTree
{
    private RoutingTree(RouteNode root) => Root = root;

    public static RoutingTree Compile(RouteConfig route) => new(new RouteNode(route, parent: null, position: 0));

    public RouteNode Root { get; }

    /// <summary>Every route, parents before their children, in the order of the file.</summary>
    public IEnumerable<RouteNode> Routes => Below(Root);

    /// <summary>
    /// The routes that an alert reaches, in Alertmanager's order: depth first, left to right; a route that matched and
    /// does not say <c>continue</c> is the last that is asked among its siblings; one with no matching child is reached
    /// itself.
    /// </summary>
    public IReadOnlyList<RouteNode> Match(Labels alert)
    {
        var reached = new RouteNode.Reached();
        if (Root.Matches(alert))
        {
            Root.Reach(alert, ref reached);
        }

        return reached.Nodes;
    }

    /// <summary>The same, with the reason at each route: for people, as it asks every sibling in turn.</summary>
    public RouteVisit Explain(Labels alert) => Explain(Root, alert);

    private static RouteVisit Explain(RouteNode route, Labels alert)
    {
        if (route.Objection(alert) is { } matcher)
        {
            return new() { Route = route, Outcome = new RouteOutcome.Refused(matcher, alert[matcher.Name]) };
        }

        RouteNode? last = null;
        var (children, taken) = (new List<RouteVisit>(), false);
        foreach (var child in route.Children)
        {
            var visit = last is null
                ? Explain(child, alert)
                : new RouteVisit { Route = child, Outcome = new RouteOutcome.NotAsked(last) };
            children.Add(visit);
            if (visit.Outcome is RouteOutcome.Reached or RouteOutcome.PassedOn)
            {
                taken = true;
                last = child.Continue ? null : child;
            }
        }

        return new()
        {
            Route = route,
            Outcome = taken ? new RouteOutcome.PassedOn() : new RouteOutcome.Reached(),
            Children = children,
        };
    }

    private static IEnumerable<RouteNode> Below(RouteNode route) => route.Children.SelectMany(Below).Prepend(route);
}
