using AlertHub.Alerts;
using AlertHub.Routing;
using AlertHub.Text;

namespace AlertHub.Local.Commands;

/// <summary>Routes and what they say, in words for a terminal.</summary>
internal static class RouteWords
{
    /// <summary><c>severity="page", team="web"</c>; the root and others without matchers take everything.</summary>
    public static string Conditions(RouteNode route) =>
        route.Matchers.Count == 0 ? "everything" : string.Join(", ", route.Matchers);

    /// <summary>From below the root down to the route: <c>severity="page" &gt; team="web"</c>.</summary>
    public static string Path(RouteNode route) =>
        route.Parent is null or { Parent: null } ? Conditions(route) : $"{Path(route.Parent)} > {Conditions(route)}";

    public static string Timers(RouteSettings options) =>
        $"wait {Text(options.GroupWait)}, interval {Text(options.GroupInterval)}, repeat {Text(options.RepeatInterval)}";

    public static string Grouping(RouteSettings options) =>
        options switch
        {
            { GroupByAll: true } => "every alert by itself",
            { GroupBy: [] } => "all alerts together",
            _ => $"by {string.Join(", ", options.GroupBy)}",
        };

    /// <summary>What the route says otherwise than its parent, each as a few words; of the root everything.</summary>
    public static IEnumerable<string> Differences(RouteNode route)
    {
        var (own, parent) = (route.Options, route.Parent?.Options);
        if (route.Continue)
        {
            yield return "continue";
        }

        if (parent is null || Grouping(own) != Grouping(parent))
        {
            yield return Grouping(own);
        }

        if (parent is null)
        {
            yield return Timers(own);
        }
        else
        {
            foreach (
                var (name, mine, theirs) in ((string, TimeSpan, TimeSpan)[])
                    [
                        ("wait", own.GroupWait, parent.GroupWait),
                        ("interval", own.GroupInterval, parent.GroupInterval),
                        ("repeat", own.RepeatInterval, parent.RepeatInterval),
                    ]
            )
            {
                if (mine != theirs)
                {
                    yield return $"{name} {Text(mine)}";
                }
            }
        }

        if (own.ActiveTimeIntervals.Count > 0)
        {
            yield return $"active in {string.Join(", ", own.ActiveTimeIntervals)}";
        }

        if (own.MuteTimeIntervals.Count > 0)
        {
            yield return $"muted in {string.Join(", ", own.MuteTimeIntervals)}";
        }

        if (own.Labels.Count > 0 && own.Labels != (parent?.Labels ?? Labels.Empty))
        {
            yield return $"labels {own.Labels}";
        }
    }

    private static string Text(TimeSpan duration) => PrometheusDuration.Print(duration);
}
