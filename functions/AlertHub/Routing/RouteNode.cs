using AlertHub.Alerts;
using AlertHub.Configuration;
using AlertHub.Matching;

namespace AlertHub.Routing;

/// <summary>A route: the conditions under which alerts come here, and what is done with those that go no further down.</summary>
public sealed class RouteNode
{
    private readonly Matcher[] matchers;
    private readonly RouteNode[] children;
    private readonly ChildIndex? index;

    /// <summary>The answer for an alert that reaches this route only: most do.</summary>
    private readonly RouteNode[] alone;

    internal RouteNode(RouteConfig route, RouteNode? parent, int position)
    {
        (Parent, Position, Line, Continue) = (parent, position, route.Line, route.Continue);
        matchers = [.. route.Match, .. route.MatchRe.Select(static m => m.Anchored()), .. route.Matchers];
        Array.Sort(matchers, Matcher.Order);

        var printed = $"{{{string.Join<Matcher>(',', matchers)}}}";
        Key = parent is null ? printed : $"{parent.Key}/{printed}";
        Id = parent is null ? printed : $"{parent.Id}/{printed}/{position}";
        Options = RouteSettings.Of(route, parent?.Options);
        children = [.. route.Routes.Select((child, i) => new RouteNode(child, this, i))];
        index = ChildIndex.Over(children);
        alone = [this];
    }

    /// <summary>Null for the root.</summary>
    public RouteNode? Parent { get; }

    /// <summary>Among its siblings, counted from 0.</summary>
    public int Position { get; }

    /// <summary>In the file, counted from 1; 0 where it came from none.</summary>
    public int Line { get; }

    /// <summary>Sorted by name, value and operator; all must hold.</summary>
    public IReadOnlyList<Matcher> Matchers => matchers;

    /// <summary>Whether siblings after this one are asked although it matched.</summary>
    public bool Continue { get; }

    public RouteSettings Options { get; }

    public IReadOnlyList<RouteNode> Children => children;

    /// <summary>The matchers from the root down to here, as in group keys: <c>{}/{team="ops"}</c>. Siblings may share one.</summary>
    public string Key { get; }

    /// <summary>The key with the position among siblings at each step: no two routes of a tree share one.</summary>
    public string Id { get; }

    /// <summary>Those of an alert's labels that name the group it is told in.</summary>
    public Labels GroupLabels(Labels alert) => Options.GroupByAll ? alert : alert.Only(Options.GroupBy);

    /// <summary>The name of a group, as Alertmanager makes it: <c>{}/{team="ops"}:{alertname="DiskFull"}</c>.</summary>
    public string GroupKey(Labels groupLabels) => $"{Key}:{groupLabels}";

    /// <summary>The first matcher that does not hold, or null where the alert belongs here.</summary>
    internal Matcher? Objection(Labels alert)
    {
        foreach (var matcher in matchers)
        {
            if (!matcher.Matches(alert[matcher.Name]))
            {
                return matcher;
            }
        }

        return null;
    }

    /// <summary>Whether all matchers hold, but for the one that needs no asking.</summary>
    internal bool Matches(Labels alert, int proven = -1)
    {
        for (var i = 0; i < matchers.Length; i++)
        {
            if (i != proven && !matchers[i].Matches(alert[matchers[i].Name]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>For an alert that this route matches: the routes that it reaches, in the order in which they are asked.</summary>
    internal void Reach(Labels alert, ref Reached reached)
    {
        var taken = index is null ? ReachEach(alert, ref reached) : index.Reach(alert, ref reached);
        if (!taken)
        {
            reached.Add(this);
        }
    }

    private bool ReachEach(Labels alert, ref Reached reached)
    {
        var taken = false;
        foreach (var child in children)
        {
            if (child.Matches(alert))
            {
                taken = true;
                child.Reach(alert, ref reached);
                if (!child.Continue)
                {
                    break;
                }
            }
        }

        return taken;
    }

    /// <summary>What was reached so far; of a single route no list is made.</summary>
    internal ref struct Reached
    {
        private RouteNode? first;
        private List<RouteNode>? all;

        public void Add(RouteNode node)
        {
            if (first is null)
            {
                first = node;
            }
            else
            {
                all ??= [first];
                all.Add(node);
            }
        }

        public readonly IReadOnlyList<RouteNode> Nodes => all ?? (IReadOnlyList<RouteNode>?)first?.alone ?? [];
    }

    public override string ToString() => Id;
}
