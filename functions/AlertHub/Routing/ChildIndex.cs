using AlertHub.Alerts;
using AlertHub.Matching;

namespace AlertHub.Routing;

/// <summary>
/// The children of one route by the values that they ask for, so that an alert is shown only those that it may match.
/// A child stands under the values of one of its matchers; one that no value leads to is shown every alert.
/// </summary>
internal sealed class ChildIndex
{
    /// <summary>Up to so many children asking each costs less than looking up.</summary>
    private const int Few = 6;

    private const int CursorsOnStack = 16;

    private readonly RouteNode[] children;

    /// <summary>For each child: which of its matchers holds when it was found under a value; -1 for none.</summary>
    private readonly int[] proven;

    /// <summary>Positions of children, run after run, each run ascending.</summary>
    private readonly int[] runs;

    private readonly Dictionary<string, Dictionary<string, Run>> byLabel;
    private readonly Run always;

    private readonly record struct Run(int At, int End);

    /// <summary>Null where an index would not help.</summary>
    public static ChildIndex? Over(RouteNode[] children)
    {
        if (children.Length <= Few)
        {
            return null;
        }

        var index = new ChildIndex(children);
        return index.byLabel.Count == 0 ? null : index;
    }

    private ChildIndex(RouteNode[] children)
    {
        this.children = children;
        proven = new int[children.Length];

        var crowd = Crowd(children);
        var (entries, rest) = (new Dictionary<(string Name, string Value), List<int>>(), new List<int>());
        foreach (var child in children)
        {
            proven[child.Position] = Narrowest(child, crowd);
            if (proven[child.Position] is var chosen and >= 0)
            {
                foreach (var value in Values(child.Matchers[chosen]))
                {
                    Entry(entries, (child.Matchers[chosen].Name, value)).Add(child.Position);
                }
            }
            else
            {
                rest.Add(child.Position);
            }
        }

        runs = new int[entries.Values.Sum(list => list.Count) + rest.Count];
        byLabel = new(StringComparer.Ordinal);
        var end = 0;
        always = Append(rest);
        foreach (var ((name, value), positions) in entries)
        {
            if (!byLabel.TryGetValue(name, out var byValue))
            {
                byLabel[name] = byValue = new(StringComparer.Ordinal);
            }

            byValue[value] = Append(positions);
        }

        Run Append(List<int> positions)
        {
            positions.CopyTo(runs, end);
            end += positions.Count;
            return new(end - positions.Count, end);
        }
    }

    /// <summary>As <see cref="RouteNode.Reach"/>, for the children: whether one of them took the alert.</summary>
    public bool Reach(Labels alert, ref RouteNode.Reached reached)
    {
        var most = Math.Min(alert.Count, byLabel.Count) + 1;
        var cursors = most <= CursorsOnStack ? stackalloc Run[CursorsOnStack] : new Run[most];
        cursors = cursors[..Find(alert, cursors)];

        var taken = false;
        while (Next(cursors) is var position and >= 0)
        {
            var child = children[position];
            if (child.Matches(alert, proven[position]))
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

    /// <summary>The runs that hold candidates, and how many they are.</summary>
    private int Find(Labels alert, Span<Run> cursors)
    {
        var count = 0;
        if (always.At < always.End)
        {
            cursors[count++] = always;
        }

        if (byLabel.Count < alert.Count)
        {
            foreach (var (name, byValue) in byLabel)
            {
                if (alert[name] is { } value && byValue.TryGetValue(value, out var run))
                {
                    cursors[count++] = run;
                }
            }
        }
        else
        {
            for (var i = 0; i < alert.Count; i++)
            {
                if (
                    byLabel.TryGetValue(alert[i].Name, out var byValue)
                    && byValue.TryGetValue(alert[i].Value, out var run)
                )
                {
                    cursors[count++] = run;
                }
            }
        }

        return count;
    }

    /// <summary>The candidate that comes first among its siblings, taken off its run; -1 when there is none left.</summary>
    private int Next(Span<Run> cursors)
    {
        var (first, position) = (-1, int.MaxValue);
        for (var i = 0; i < cursors.Length; i++)
        {
            if (cursors[i].At < cursors[i].End && runs[cursors[i].At] < position)
            {
                (first, position) = (i, runs[cursors[i].At]);
            }
        }

        if (first < 0)
        {
            return -1;
        }

        cursors[first] = cursors[first] with { At = cursors[first].At + 1 };
        return position;
    }

    /// <summary>How many children ask for each value.</summary>
    private static Dictionary<(string, string), int> Crowd(RouteNode[] children)
    {
        var crowd = new Dictionary<(string, string), int>();
        foreach (var matcher in children.SelectMany(child => child.Matchers))
        {
            foreach (var value in Values(matcher))
            {
                crowd[(matcher.Name, value)] = crowd.GetValueOrDefault((matcher.Name, value)) + 1;
            }
        }

        return crowd;
    }

    /// <summary>The matcher whose values are asked for by the fewest children: <c>service="shop"</c>, not <c>severity="page"</c>.</summary>
    private static int Narrowest(RouteNode child, Dictionary<(string, string), int> crowd)
    {
        var (narrowest, fewest) = (-1, int.MaxValue);
        for (var i = 0; i < child.Matchers.Count; i++)
        {
            var matcher = child.Matchers[i];
            if (
                Values(matcher) is { Count: > 0 } values
                && values.Max(v => crowd[(matcher.Name, v)]) is var most
                && most < fewest
            )
            {
                (narrowest, fewest) = (i, most);
            }
        }

        return narrowest;
    }

    /// <summary>All the values with which a matcher holds; none where they cannot be listed, or where a missing label is one.</summary>
    private static IReadOnlyCollection<string> Values(Matcher matcher) =>
        matcher.Values is { } values && !values.Contains("") ? values : [];

    private static List<int> Entry(Dictionary<(string, string), List<int>> entries, (string, string) key)
    {
        if (!entries.TryGetValue(key, out var list))
        {
            entries[key] = list = [];
        }

        return list;
    }
}
