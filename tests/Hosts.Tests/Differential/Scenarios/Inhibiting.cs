namespace Hosts.Tests.Differential.Scenarios;

internal static class Inhibiting
{
    private const string DownInhibitsItsCluster =
        "inhibit_rules: [{source_matchers: [alertname=\"Down\"], target_matchers: [alertname=\"A\"], equal: [cluster]}]";

    public static IEnumerable<Scenario> All =>
        [
            Scenario
                .Of("A_source_inhibits_targets_with_equal_labels", DownInhibitsItsCluster)
                .Fires(0, "Down cluster=x", "A cluster=x", "A cluster=y")
                .Sending(500, "Down cluster=x firing")
                .Sending(500, "A cluster=y firing")
                .Looks(1000)
                .Resolves(2000, "Down cluster=x")
                .Sending(2500, "Down cluster=x resolved")
                .Sending(2500, "A cluster=x firing, A cluster=y firing")
                .Looks(3000)
                .Until(4000),
            Scenario
                .Of("Labels_missing_on_both_are_equal", DownInhibitsItsCluster)
                .Fires(0, "Down i=1", "A i=2", "A cluster=x")
                .Sending(500, "Down i=1 firing")
                .Sending(500, "A cluster=x firing")
                .Until(2000),
            Scenario
                .Of("A_source_that_resolves_leaves_the_other_in_force", DownInhibitsItsCluster)
                .Fires(0, "Down cluster=x i=1", "Down cluster=x i=2", "A cluster=x")
                .Sending(500, "Down cluster=x i=1 firing, Down cluster=x i=2 firing")
                .Resolves(1000, "Down cluster=x i=1")
                .Sending(1500, "Down cluster=x i=1 resolved, Down cluster=x i=2 firing")
                .Resolves(3000, "Down cluster=x i=2")
                .Sending(3500, "Down cluster=x i=2 resolved")
                .Sending(3500, "A cluster=x firing")
                .Until(4000),
            Scenario
                .Of(
                    "What_matches_both_sides_is_not_inhibited_by_what_does_too",
                    "inhibit_rules: [{source_matchers: [alertname=~\"A|B\"], target_matchers: [alertname=~\"B|C\"]}]"
                )
                .Fires(0, "B i=1", "B i=2", "C")
                .Sending(500, "B i=1 firing, B i=2 firing")
                .Fires(1000, "A")
                .Sending(1500, "A firing")
                .Fires(2000, "B i=3")
                .Resolves(3000, "A")
                .Sending(3500, "A resolved")
                .Sending(3500, "B i=1 firing, B i=2 firing, B i=3 firing")
                .Until(4000),
            Scenario
                .Of(
                    "A_rule_without_equal_inhibits_everywhere",
                    "inhibit_rules: [{source_matchers: [severity=\"critical\"], target_matchers: [severity=\"warning\"]}]"
                )
                .Fires(0, "A severity=critical cluster=x", "A severity=warning cluster=y", "B severity=warning")
                .Sending(500, "A cluster=x severity=critical firing")
                .Looks(1000)
                .Until(2000),
            Scenario
                .Of("An_announced_target_is_held_back_while_its_source_fires", DownInhibitsItsCluster)
                .Fires(0, "A cluster=x i=1")
                .Sending(500, "A cluster=x i=1 firing")
                .Fires(1000, "Down cluster=x")
                .Sending(1500, "Down cluster=x firing")
                .Fires(2000, "A cluster=x i=2")
                .Resolves(4000, "Down cluster=x")
                .Sending(4500, "Down cluster=x resolved")
                .Sending(4500, "A cluster=x i=1 firing, A cluster=x i=2 firing")
                .Until(5000),
            Scenario
                .Of("A_source_whose_end_passes_inhibits_no_more", DownInhibitsItsCluster)
                .Posts(0, new PostedAlert("Down cluster=x") { StartsAtMs = 0, EndsAtMs = 2000 })
                .Sending(500, "Down cluster=x firing")
                .Fires(0, "A cluster=x")
                .Sending(2500, "Down cluster=x resolved")
                .Sending(2500, "A cluster=x firing")
                .Until(3000),
        ];
}
