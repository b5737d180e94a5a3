namespace Hosts.Tests.Differential.Scenarios;

internal static class Routing
{
    public static IEnumerable<Scenario> All =>
        [
            Scenario
                .Of(
                    "Continue_reaches_two_receivers",
                    """
                    route:
                      routes:
                      - {receiver: first, matchers: [severity="page"], continue: true}
                      - {receiver: second, matchers: [alertname=~"A|B"]}
                    """
                )
                .Fires(0, "A severity=page", "B severity=info", "C severity=info")
                .Sending(500, "first", "A severity=page firing")
                .Sending(500, "second", "A severity=page firing")
                .Sending(500, "second", "B severity=info firing")
                .Sending(500, "hook", "C severity=info firing")
                .Resolves(1000, "A severity=page")
                .Sending(1500, "first", "A severity=page resolved")
                .Sending(1500, "second", "A severity=page resolved")
                .Until(2500),
            Scenario
                .Of(
                    "Nested_routes_inherit_and_override",
                    """
                    route:
                      group_interval: 2s
                      routes:
                      - matchers: [team="x"]
                        receiver: team
                        group_by: [team]
                        routes:
                        - {matchers: [severity!="info", severity=~".+"], receiver: pager, group_wait: 1500ms}
                        - {matchers: [severity="info"], group_interval: 1s}
                    """
                )
                .Fires(0, "A team=x severity=page", "B team=x severity=info", "C team=x", "D team=y")
                .Sending(500, "team", "B severity=info team=x firing")
                .Sending(500, "team", "C team=x firing")
                .Sending(500, "hook", "D team=y firing")
                .Sending(1500, "pager", "A severity=page team=x firing")
                .Fires(1000, "E team=x severity=info", "F team=x")
                .Sending(1500, "team", "B severity=info team=x firing, E severity=info team=x firing")
                .Sending(2500, "team", "C team=x firing, F team=x firing")
                .Until(3000),
            Scenario
                .Of("Grouped_by_everything_each_alert_is_alone", "route: {group_by: ['...']}")
                .Fires(0, "A i=1", "A i=2")
                .Sending(500, "A i=1 firing")
                .Sending(500, "A i=2 firing")
                .Resolves(1000, "A i=2")
                .Sending(1500, "A i=2 resolved")
                .Until(2500),
            Scenario
                .Of("Grouped_by_nothing_all_alerts_are_together", "route: {group_by: []}")
                .Fires(0, "A i=1", "B")
                .Sending(500, "B firing, A i=1 firing")
                .Fires(1000, "C")
                .Sending(1500, "B firing, C firing, A i=1 firing")
                .Until(2500),
            Scenario
                .Of("Nested_in_a_route_that_groups_an_empty_group_by_counts", "route: {routes: [{group_by: []}]}")
                .Fires(0, "A", "B")
                .Sending(500, "A firing")
                .Sending(500, "B firing")
                .InsteadSending(Allowance.EmptyGroupBy, new Sent(500, "hook", "A firing, B firing"))
                .Until(1500),
            Scenario
                .Of("A_missing_group_label_is_left_out", "route: {group_by: [cluster, alertname]}")
                .Fires(0, "A i=1", "A cluster=x i=2", "A cluster= i=3", "A cluster=x i=4")
                .Sending(500, "A i=1 firing, A i=3 firing")
                .Sending(500, "A cluster=x i=2 firing, A cluster=x i=4 firing")
                .Until(1500),
            Scenario
                .Of(
                    "Two_routes_to_one_receiver_are_two_groups",
                    """
                    route:
                      routes:
                      - {receiver: same, matchers: [i=~"1|2"], continue: true}
                      - {receiver: same, matchers: [alertname="A", i=~"2|3"]}
                    """
                )
                .Fires(0, "A i=1", "A i=2", "A i=3")
                .Sending(500, "same", "A i=1 firing, A i=2 firing")
                .Sending(500, "same", "A i=2 firing, A i=3 firing")
                .Resolves(1000, "A i=3")
                .Sending(1500, "same", "A i=2 firing, A i=3 resolved")
                .Until(2500),
            Scenario
                .Of(
                    "A_group_key_quotes_and_sorts",
                    """
                    route:
                      group_by: [v, alertname]
                      routes:
                      - {receiver: team-x.pager, matchers: ['v=~"a.*"', 'alertname!="B"', 'alertname!~"C"']}
                    """
                )
                .Fires(0, "A v=a\"b\\cé", "B v=a")
                .Sending(500, "team-x.pager", "A v=a\"b\\cé firing")
                .Sending(500, "hook", "B v=a firing")
                .Until(1500),
            Scenario
                .Of(
                    "Matchers_see_a_missing_label_as_empty",
                    """
                    route:
                      routes:
                      - {receiver: without, matchers: [i=""]}
                      - {receiver: other, matchers: ['i!="1"']}
                    """
                )
                .Fires(0, "A", "A i=1", "A i=2")
                .Sending(500, "without", "A firing")
                .Sending(500, "hook", "A i=1 firing")
                .Sending(500, "other", "A i=2 firing")
                .Until(1500),
        ];
}
