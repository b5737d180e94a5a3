using AlertHub.Configuration.Shapes;
using AlertHub.Configuration.Yaml;

namespace AlertHub.Configuration;

/// <summary>The rules between the sections of a file.</summary>
internal static class CrossChecks
{
    private const string Receiver = "receiver";
    private const string TimeInterval = "time interval";

    /// <summary>Each compares a name with all that exist; a file with more unknown names lacks a section.</summary>
    private const int MostSuggestions = 50;

    public static void Run(AlertmanagerConfig config, Place place)
    {
        var receivers = new HashSet<string>(StringComparer.Ordinal);
        CheckUnique([.. config.Receivers.Select(static r => r.Name)], place["receivers"], receivers, Receiver);

        var intervals = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (list, key) in NamedIntervals(config))
        {
            CheckUnique([.. list.Select(static i => i.Name)], place[key], intervals, TimeInterval);
        }

        if (!place.Has("route") || place["route"].Node is YamlNode.Scalar { IsNull: true })
        {
            place["route"].Error("the file has no route; give one with at least a receiver");
            return;
        }

        CheckRoot(config.Route, place["route"]);
        var unknown = UnknownNames(
            config.Route,
            place["route"],
            AreKnown(place["receivers"], config.Receivers.Count) ? receivers : null,
            NamedIntervals(config).All(i => AreKnown(place[i.Key], i.Intervals.Count)) ? intervals : null
        );
        foreach (var (i, (at, what, name)) in unknown.Index())
        {
            var (known, section) = what == Receiver ? (receivers, "receivers") : (intervals, "time_intervals");
            at.Error($"no {what} is called \"{name}\"{(i < MostSuggestions ? Advice(name, known, section) : "")}");
        }
    }

    /// <summary>Whether a list's names could all be read; if not, a name that is missing may be one of the others.</summary>
    private static bool AreKnown(Place list, int count) =>
        !list.IsWrong && Enumerable.Range(0, count).All(i => !list[i].IsWrong && !list[i]["name"].IsWrong);

    public static IEnumerable<(IReadOnlyList<NamedTimeInterval> Intervals, string Key)> NamedIntervals(
        AlertmanagerConfig config
    ) => [(config.MuteTimeIntervals, "mute_time_intervals"), (config.TimeIntervals, "time_intervals")];

    private static void CheckUnique(string[] names, Place list, HashSet<string> taken, string what)
    {
        for (var i = 0; i < names.Length; i++)
        {
            if (!taken.Add(names[i]) && names[i].Length > 0)
            {
                list[i]["name"].Error($"another {what} is called \"{names[i]}\" already; rename one of them");
            }
        }
    }

    private static void CheckRoot(RouteConfig root, Place place)
    {
        if (root.Receiver is null)
        {
            place["receiver"].Error("the root route takes every alert, so it needs a receiver");
        }

        foreach (var (count, key) in Conditions(root).Where(static c => c.Count > 0))
        {
            place[key].Error("the root route takes every alert at every time; move this to a route below it");
        }

        if (root.Continue)
        {
            place["continue"].Error("no route stands after the root route, so it has no \"continue\"; remove it");
        }
    }

    private static IEnumerable<(int Count, string Key)> Conditions(RouteConfig root) =>
        [
            (root.Match.Count, "match"),
            (root.MatchRe.Count, "match_re"),
            (root.Matchers.Count, "matchers"),
            (root.MuteTimeIntervals.Count, "mute_time_intervals"),
            (root.ActiveTimeIntervals.Count, "active_time_intervals"),
        ];

    private static IEnumerable<(Place At, string What, string Name)> UnknownNames(
        RouteConfig route,
        Place place,
        HashSet<string>? receivers,
        HashSet<string>? intervals
    ) =>
        [
            .. route.Receiver is { } receiver && receivers?.Contains(receiver) == false
                ? [(place["receiver"], Receiver, receiver)]
                : ((Place, string, string)[])[],
            .. UnknownIntervals(route.MuteTimeIntervals, place["mute_time_intervals"], intervals),
            .. UnknownIntervals(route.ActiveTimeIntervals, place["active_time_intervals"], intervals),
            .. route.Routes.SelectMany((r, i) => UnknownNames(r, place["routes"][i], receivers, intervals)),
        ];

    private static IEnumerable<(Place At, string What, string Name)> UnknownIntervals(
        IReadOnlyList<string> names,
        Place place,
        HashSet<string>? intervals
    ) =>
        from name in names.Index()
        where intervals?.Contains(name.Item) == false
        select (place[name.Index], TimeInterval, name.Item);

    private static string Advice(string name, HashSet<string> known, string section) =>
        Suggestion.For(name, known) is { Length: > 0 } suggestion ? suggestion
        : known.Count is 0 or > 8 ? $"; add it under {section}"
        : $"; add it under {section}, or take {(known.Count > 1 ? "one of " : "")}\"{string.Join("\", \"", known)}\"";
}
