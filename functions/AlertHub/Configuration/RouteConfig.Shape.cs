using AlertHub.Configuration.Shapes;

namespace AlertHub.Configuration;

public sealed partial record RouteConfig
{
    internal static Shape<RouteConfig> Shape { get; } =
        new Shape<RouteConfig>("route", new())
            .Field(
                "receiver",
                Kinds.Text,
                static r => r.Receiver ?? "",
                static (r, v) => r with { Receiver = v.Length == 0 ? null : v }
            )
            .About("The name of the receiver; its parent's if not given.")
            .Field(
                "group_by",
                Kinds.OptionalList(Kinds.Text),
                static r => r.GroupBy,
                static (r, v) => r with { GroupBy = v }
            )
            .About("Labels by which alerts are put together; ... alone for all.")
            .Field("match", Kinds.Match, static r => r.Match, static (r, v) => r with { Match = v })
            .About("Deprecated, use matchers: labels and the values they must have.")
            .Field("match_re", Kinds.MatchRegex, static r => r.MatchRe, static (r, v) => r with { MatchRe = v })
            .About("Deprecated, use matchers: labels and regular expressions for their values.")
            .Field("matchers", Kinds.Matchers, static r => r.Matchers, static (r, v) => r with { Matchers = v })
            .About("Conditions on labels, all of which must hold.")
            .Field(
                "mute_time_intervals",
                Kinds.TextList,
                static r => r.MuteTimeIntervals,
                static (r, v) => r with { MuteTimeIntervals = v }
            )
            .About("Names of time intervals in which nobody is told.")
            .Field(
                "active_time_intervals",
                Kinds.TextList,
                static r => r.ActiveTimeIntervals,
                static (r, v) => r with { ActiveTimeIntervals = v }
            )
            .About("Names of time intervals outside of which nobody is told.")
            .Field("continue", Kinds.Bool, static r => r.Continue, static (r, v) => r with { Continue = v })
            .About("Whether the routes after this one are tried as well.")
            .Always()
            .Field("routes", Kinds.List(() => Shape!), static r => r.Routes, static (r, v) => r with { Routes = v })
            .About("Routes below this one; the first that matches takes the alert.")
            .Field(
                "group_wait",
                Kinds.OptionalDuration,
                static r => r.GroupWait,
                static (r, v) => r with { GroupWait = v }
            )
            .About("How long a new group waits for more alerts.")
            .Field(
                "group_interval",
                Kinds.OptionalDuration,
                static r => r.GroupInterval,
                static (r, v) => r with { GroupInterval = v }
            )
            .About("How long at least between two messages about a group that changes.")
            .Field(
                "repeat_interval",
                Kinds.OptionalDuration,
                static r => r.RepeatInterval,
                static (r, v) => r with { RepeatInterval = v }
            )
            .About("After how long a message about a group that does not change is repeated.")
            .Field(
                "labels",
                Kinds.Labels(Kinds.LabelTemplate),
                static r => r.Labels,
                static (r, v) => r with { Labels = v }
            )
            .About("Labels of the route, for templates.")
            .Since("0.34")
            .Check(CheckGroupBy)
            .Check(CheckIntervals)
            .Then(static (r, place) => r with { Line = place.Node.Mark.Line });

    private static void CheckGroupBy(RouteConfig route, Place place)
    {
        var (names, groupBy) = (route.GroupBy ?? [], place["group_by"]);
        Kinds.CheckLabelNames(names, groupBy);
        if (names.Contains(AllLabels) && names.Any(static n => n != AllLabels))
        {
            groupBy.Error($"\"{AllLabels}\" means all labels; remove the others, or remove \"{AllLabels}\"");
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < names.Count; i++)
        {
            if (!seen.Add(names[i]) && names[i] != AllLabels)
            {
                groupBy[i].Error($"\"{names[i]}\" stands here twice; remove one of them");
            }
        }
    }

    private static void CheckIntervals(RouteConfig route, Place place)
    {
        if (route.GroupInterval == TimeSpan.Zero)
        {
            place["group_interval"].Error("it cannot be zero; 5m is usual");
        }

        if (route.RepeatInterval == TimeSpan.Zero)
        {
            place["repeat_interval"].Error("it cannot be zero; 4h is usual");
        }
    }
}
