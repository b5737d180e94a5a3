using System.Globalization;
using System.Text;
using AlertHub.Alerts;
using AlertHub.Configuration;
using AlertHub.Matching;
using AlertHub.Muting;
using AlertHub.Routing;

namespace AlertHub.Local.Commands;

/// <summary>Where one alert goes and why, and who is not told and why not.</summary>
internal sealed class RouteExplanation(HubConfig config, RoutingTree tree, Labels alert, DateTimeOffset now)
{
    /// <summary>Of the routes that were passed by, so many are listed unless all are asked for.</summary>
    private const int Few = 10;

    private readonly RouteVisit root = tree.Explain(alert);
    private readonly IReadOnlyDictionary<RouteNode, string> keys = RouteKey.Of(tree);
    private readonly NamedTimeIntervals intervals = NamedTimeIntervals.Of(config.Alertmanager);
    private readonly StringBuilder text = new();

    /// <summary>In the order in which they are told.</summary>
    public IReadOnlyList<string> Receivers => [.. root.Ends.Select(end => end.Route.Options.Receiver)];

    public string Text(bool all)
    {
        text.Clear();
        text.Append(CultureInfo.InvariantCulture, $"{alert} at {now.UtcDateTime:yyyy-MM-dd HH:mm} UTC\n");
        foreach (var (i, end) in root.Ends.Index())
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{i + 1}. {end.Route.Options.Receiver}\n");
            Describe(end.Route);
        }

        DescribePassedBy([.. PassedBy(root)], all);
        return text.ToString();
    }

    private void Describe(RouteNode route)
    {
        var names = config.Routes.Where(named => named.Route == route.Id).Select(named => $" \"{named.Name}\"");
        Line("route", $"line {route.Line}{string.Concat(names)}: {Reason(route)}");
        Line("key", RouteKey.Quote(keys[route]));
        Line("group", route.GroupKey(route.GroupLabels(alert)));
        Line("timers", RouteWords.Timers(route.Options));
        if (Now(route.Options) is { } sentence)
        {
            Line("now", sentence);
        }
    }

    private string Reason(RouteNode route) =>
        route.Parent is null ? "the root, as no route below it matches"
        : root.Ends.Count() > 1 && route.Continue ? $"{RouteWords.Path(route)} (continue)"
        : RouteWords.Path(route);

    private string? Now(RouteSettings route) =>
        intervals.Mutes(route, now) switch
        {
            TimeMute.Inactive inactive => $"silent: it is active in {Intervals(inactive.Intervals)} only",
            TimeMute.Muted muted => $"silent: it is muted in {Intervals(muted.Intervals)}",
            _ when route.ActiveTimeIntervals.Count + route.MuteTimeIntervals.Count > 0 => "told: "
                + string.Join(
                    ", ",
                    [
                        .. route
                            .ActiveTimeIntervals.Where(name => intervals.Contains(name, now))
                            .Select(n => $"within \"{n}\""),
                        .. route.MuteTimeIntervals.Select(n => $"outside of \"{n}\""),
                    ]
                ),
            _ => null,
        };

    /// <summary><c>"weekend" (saturday or sunday)</c>.</summary>
    private string Intervals(IReadOnlyList<string> names) =>
        string.Join(
            " and ",
            from name in names
            let times = config
                .Alertmanager.TimeIntervals.Concat(config.Alertmanager.MuteTimeIntervals)
                .First(named => named.Name == name)
                .Intervals
            select $"\"{name}\" ({(times.Count == 0 ? "never" : string.Join("; or ", times))})"
        );

    private void DescribePassedBy(RouteVisit[] passedBy, bool all)
    {
        if (passedBy.Length == 0)
        {
            return;
        }

        var shown = all ? passedBy : passedBy[..Math.Min(Few, passedBy.Length)];
        text.Append("\nNot told:\n");
        foreach (var visit in shown)
        {
            var why = visit.Outcome switch
            {
                RouteOutcome.Refused refused => Refusal(refused),
                RouteOutcome.NotAsked notAsked =>
                    $"not asked, as the route in line {notAsked.Because.Line} matches and does not say continue",
                _ => "",
            };
            text.Append(
                CultureInfo.InvariantCulture,
                $"   line {visit.Route.Line}: {visit.Route.Options.Receiver}: {RouteWords.Path(visit.Route)}: {why}\n"
            );
        }

        if (shown.Length < passedBy.Length)
        {
            text.Append(CultureInfo.InvariantCulture, $"   and {passedBy.Length - shown.Length} more (--all)\n");
        }
    }

    private static string Refusal(RouteOutcome.Refused refused) =>
        (refused.Value, refused.Matcher.Operator) switch
        {
            (null, _) => $"the alert has no label {refused.Matcher.Name}",
            (_, MatchOperator.NotEqual or MatchOperator.NotRegex) =>
                $"{refused.Matcher.Name} is \"{refused.Value}\"; it must not be",
            _ => $"{refused.Matcher.Name} is \"{refused.Value}\"",
        };

    private static IEnumerable<RouteVisit> PassedBy(RouteVisit visit) =>
        visit.Outcome is RouteOutcome.Refused or RouteOutcome.NotAsked ? [visit] : visit.Children.SelectMany(PassedBy);

    private void Line(string name, string value) =>
        text.Append(CultureInfo.InvariantCulture, $"   {name, -7} {value}\n");
}
