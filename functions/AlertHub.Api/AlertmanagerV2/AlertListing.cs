using AlertHub.Alerts;
using AlertHub.Grouping;
using AlertHub.Routing;
using AlertHub.Storing;

namespace AlertHub.Api.AlertmanagerV2;

/// <summary>What of the state the API shows, as of a moment.</summary>
internal static class AlertListing
{
    public static IReadOnlyList<ShownReceiver> Receivers(HubRules rules) =>
        [.. rules.Config.Receivers.Select(static receiver => new ShownReceiver(receiver.Name, receiver.Labels))];

    public static IReadOnlyList<ShownAlert> Alerts(
        HubState state,
        HubRules rules,
        AlertsQuery query,
        DateTimeOffset now
    )
    {
        var muters = state.Muters(rules.Intervals);
        var receivers = Receivers(rules).ToDictionary(static receiver => receiver.Name, StringComparer.Ordinal);
        var shown = new List<ShownAlert>();
        foreach (var alert in state.Alerts.Values)
        {
            // What is over and what another label rules out is most of all that is asked for by filters.
            if (!query.MayWant(alert, now))
            {
                continue;
            }

            string[] names = [.. rules.Routing.Tree.Match(alert.Labels).Select(static r => r.Options.Receiver)];
            var one = new ShownAlert
            {
                Alert = alert,
                Receivers = names,
                Mute = muters.Mute(alert.Labels, now),
            };
            if (query.Wants(one, names.Select(name => receivers[name]), now))
            {
                shown.Add(one);
            }
        }

        return shown;
    }

    /// <summary>Groups of which an alert is wanted, with those alerts.</summary>
    public static IReadOnlyList<ShownGroup> Groups(
        HubState state,
        HubSettings settings,
        AlertsQuery query,
        DateTimeOffset now
    )
    {
        var rules = settings.Rules;
        var receivers = Receivers(rules).ToDictionary(static receiver => receiver.Name, StringComparer.Ordinal);
        var muters = state.Muters(rules.Intervals);
        // As there: an alert is said to go to the receivers that are asked about, not to all of its own.
        Group[] wanted =
        [
            .. state.Groups.Values.Where(group =>
                receivers.TryGetValue(group.Id.Receiver, out var receiver) && query.Wants(receiver)
            ),
        ];
        var told = Told(wanted);
        var groups = new List<ShownGroup>();
        foreach (var group in wanted)
        {
            if (rules.Routing.RouteOf(group.Id) is not { } route)
            {
                continue;
            }

            var (node, timeMute) = route.At(rules.Intervals, now);
            if (timeMute is not null && !query.Muted)
            {
                continue;
            }

            ShownAlert[] alerts =
            [
                .. group
                    .Alerts.Values.Select(alert => new ShownAlert
                    {
                        Alert = alert,
                        Receivers = told[alert.Fingerprint],
                        Mute = muters.Mute(alert.Labels, now),
                        MutedBy = timeMute?.Intervals ?? [],
                    })
                    .Where(alert => query.WantsInGroup(alert, now)),
            ];
            if (alerts.Length > 0)
            {
                groups.Add(
                    new()
                    {
                        Labels = group.Id.Labels,
                        RouteLabels = RouteLabels(settings, node, group, now),
                        Receiver = group.Id.Receiver,
                        Alerts = alerts,
                    }
                );
            }
        }

        return groups;
    }

    /// <summary>As a notification that told all of the group now would have them.</summary>
    private static Labels RouteLabels(HubSettings settings, RouteNode route, Group group, DateTimeOffset now) =>
        settings
            .Templates.WithRouteLabels(
                new()
                {
                    Alerts = [.. group.Alerts.Values.Select(alert => alert.AsTold(now))],
                    Now = now,
                    Receiver = group.Id.Receiver,
                    GroupKey = group.Id.Key,
                    GroupLabels = group.Id.Labels,
                    RouteLabels = route.Options.Labels,
                    ExternalUrl = settings.ExternalUrl,
                }
            )
            .RouteLabels;

    /// <summary>The receivers of each alert's groups, sorted.</summary>
    private static Dictionary<ulong, List<string>> Told(IEnumerable<Group> groups)
    {
        var told = new Dictionary<ulong, List<string>>();
        foreach (var group in groups)
        {
            foreach (var fingerprint in group.Alerts.Keys)
            {
                if (!told.TryGetValue(fingerprint, out var names))
                {
                    told[fingerprint] = names = [];
                }

                names.Add(group.Id.Receiver);
            }
        }

        foreach (var names in told.Values)
        {
            names.Sort(Text.GoString.Compare);
        }

        return told;
    }
}
