using AlertHub.Configuration.Shapes;
using AlertHub.Matching;

namespace AlertHub.Configuration;

/// <summary>What Alertmanager accepts but its author probably does not mean: warnings only.</summary>
internal static class Lint
{
    public static void Run(AlertmanagerConfig config, Place place)
    {
        if (place.Reading.Failed)
        {
            // Of a file that could not be read in whole, much would seem unused.
            return;
        }

        var routes = Routes(config.Route, place["route"]).ToArray();
        WarnOfOldSpellings(config, place, routes);
        WarnOfUnused(config, place, [.. routes.Select(static r => r.Route)]);
        foreach (var (route, at) in routes)
        {
            WarnOfContradiction(Matchers(route), at);
            WarnOfUnreachable(route.Routes, at["routes"]);
        }
    }

    private static IEnumerable<(RouteConfig Route, Place Place)> Routes(RouteConfig route, Place place) =>
        [(route, place), .. route.Routes.SelectMany((r, i) => Routes(r, place["routes"][i]))];

    private static void WarnOfOldSpellings(
        AlertmanagerConfig config,
        Place place,
        (RouteConfig Route, Place Place)[] routes
    )
    {
        if (config.MuteTimeIntervals.Count > 0)
        {
            place["mute_time_intervals"].Warn("this section is deprecated; call it time_intervals");
        }

        foreach (var (_, at) in routes)
        {
            WarnIfGiven(at, "matchers", "match", "match_re");
        }

        for (var i = 0; i < config.InhibitRules.Count; i++)
        {
            WarnIfGiven(place["inhibit_rules"][i], "source_matchers", "source_match", "source_match_re");
            WarnIfGiven(place["inhibit_rules"][i], "target_matchers", "target_match", "target_match_re");
        }
    }

    private static void WarnIfGiven(Place place, string instead, params string[] keys)
    {
        foreach (var key in keys.Where(place.Has))
        {
            place[key].Warn($"\"{key}\" is deprecated; write its conditions under \"{instead}\"");
        }
    }

    private static void WarnOfUnused(AlertmanagerConfig config, Place place, RouteConfig[] routes)
    {
        var receivers = routes.Select(static r => r.Receiver).ToHashSet();
        for (var i = 0; i < config.Receivers.Count; i++)
        {
            if (!receivers.Contains(config.Receivers[i].Name))
            {
                place["receivers"][i].Warn($"no route uses the receiver \"{config.Receivers[i].Name}\"");
            }
        }

        var intervals = routes.SelectMany(static r => r.MuteTimeIntervals.Concat(r.ActiveTimeIntervals)).ToHashSet();
        foreach (var (list, key) in CrossChecks.NamedIntervals(config))
        {
            for (var i = 0; i < list.Count; i++)
            {
                if (!intervals.Contains(list[i].Name))
                {
                    place[key][i].Warn($"no route uses the time interval \"{list[i].Name}\"");
                }
            }
        }
    }

    /// <summary>A label has one value: two equalities with different ones never hold together.</summary>
    private static void WarnOfContradiction(IEnumerable<Matcher> matchers, Place place)
    {
        var labels = matchers.Where(static m => m.Operator == MatchOperator.Equal).GroupBy(static m => m.Name);
        foreach (var label in labels)
        {
            string[] values = [.. label.Select(static m => m.Value).Distinct()];
            if (values.Length > 1)
            {
                place.Warn(
                    $"this route is never reached: \"{label.Key}\" cannot be \"{values[0]}\" and \"{values[1]}\" at once; "
                        + "for one or the other write =~ with | between them"
                );
            }
        }
    }

    /// <summary>
    /// A sibling that stands before, does not continue, and matches whatever this one matches takes all its alerts.
    /// Found by one equality that both have, so that a long list stays quick.
    /// </summary>
    private static void WarnOfUnreachable(IReadOnlyList<RouteConfig> siblings, Place place)
    {
        Matcher[][] all = [.. siblings.Select(Matchers)];
        var crowd = all.SelectMany(static m => m).CountBy(static m => m).ToDictionary();
        var byEquality = new Dictionary<Matcher, List<int>>();
        var others = new List<int>();
        for (var i = 0; i < siblings.Count; i++)
        {
            var matchers = all[i];
            var candidates = matchers.SelectMany(m => byEquality.GetValueOrDefault(m) ?? []).Concat(others);
            var taker = candidates.Where(c => Covers(all[c], matchers)).Select(static c => (int?)c).Min();
            if (taker is { } first)
            {
                place[i]
                    .Warn(
                        $"this route is never reached: routes[{first}] (line {siblings[first].Line}) takes all its alerts; "
                            + "put this one before it, or give that one \"continue: true\""
                    );
            }
            else if (!siblings[i].Continue)
            {
                // The equality that the fewest have: severity="page" may stand in all of them.
                var key = matchers.Where(static m => m.Operator == MatchOperator.Equal).MinBy(m => crowd[m]);
                Add(byEquality, others, key, i);
            }
        }
    }

    private static void Add(Dictionary<Matcher, List<int>> byEquality, List<int> others, Matcher? key, int index)
    {
        if (key is null)
        {
            others.Add(index);
        }
        else if (byEquality.TryGetValue(key, out var same))
        {
            same.Add(index);
        }
        else
        {
            byEquality[key] = [index];
        }
    }

    private static bool Covers(Matcher[] broader, Matcher[] narrower)
    {
        foreach (var b in broader)
        {
            if (!Array.Exists(narrower, n => Implies(n, b)))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Implies(Matcher narrow, Matcher broad) =>
        narrow.Name == broad.Name
        && (narrow.Equals(broad) || (narrow.Operator == MatchOperator.Equal && broad.Matches(narrow.Value)));

    private static Matcher[] Matchers(RouteConfig route) => [.. route.Match, .. route.MatchRe, .. route.Matchers];
}
