namespace Hosts.Tests.Differential.Scenarios;

internal static class Posting
{
    public static IEnumerable<Scenario> All =>
        [
            Scenario
                .Of("Valid_alerts_among_invalid_ones_are_kept")
                .At(
                    0,
                    new Step.PostBody(
                        """
                        [{"labels":{"alertname":"A","scenario":"$scenario"},"startsAt":"$at:0"},
                         {"labels":{"alertname":""},"startsAt":"$at:0"},
                         {"labels":{"alertname":"B","scenario":"$scenario"},"startsAt":"$at:1000","endsAt":"$at:0"},
                         {"labels":{"alertname":"C","0":"x","scenario":"$scenario"},"startsAt":"$at:0"},
                         {"labels":{"alertname":"D","scenario":"$scenario"},"startsAt":"$at:0"}]
                        """
                    )
                )
                .Sending(500, "A firing")
                .Sending(500, "D firing")
                .InsteadSending(
                    Allowance.AnyLabelName,
                    new Sent(500, "hook", "A firing"),
                    new Sent(500, "hook", "C 0=x firing"),
                    new Sent(500, "hook", "D firing")
                )
                .Looks(1000)
                .Until(1500),
            Scenario
                .Of("What_is_no_list_of_alerts_is_refused")
                .At(0, new Step.PostBody("{"), new Step.PostBody("{}"), new Step.PostBody("""[{"annotations":{}}]"""))
                .At(0, new Step.PostBody("""[{"labels":{"a":"b"},"generatorURL":"no url"}]"""), new Step.PostBody("[]"))
                .Until(1000),
            Scenario
                .Of("An_empty_label_is_no_label", "route: {group_by: [alertname, i]}")
                .Fires(0, "A i=")
                .Sending(500, "A firing")
                .Fires(1000, "A")
                .Looks(1000)
                .Until(2500),
            Scenario
                .Of("An_alert_needs_no_name")
                .Fires(0, "i=1", "i=2")
                .Sending(500, "i=1 firing, i=2 firing")
                .Until(1500),
        ];
}
