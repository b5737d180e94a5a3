namespace Hosts.Tests.Differential.Scenarios;

internal static class Resolving
{
    private const string Unresolved = "receivers: [{name: hook, webhook_configs: [{send_resolved: false}]}]";

    public static IEnumerable<Scenario> All =>
        [
            Scenario
                .Of("A_partial_resolve_is_told")
                .Fires(0, "A i=1", "A i=2")
                .Sending(500, "A i=1 firing, A i=2 firing")
                .Resolves(1000, "A i=1")
                .Sending(1500, "A i=1 resolved, A i=2 firing")
                .Until(3000),
            Scenario
                .Of("A_partial_resolve_is_not_told_without_send_resolved", Unresolved)
                .Fires(0, "A i=1", "A i=2")
                .Sending(500, "A i=1 firing, A i=2 firing")
                .Resolves(1000, "A i=1")
                .Fires(3000, "A i=3")
                .Sending(3500, "A i=2 firing, A i=3 firing")
                .Until(4000),
            Scenario
                .Of("When_all_are_resolved_all_are_told")
                .Fires(0, "A i=1", "A i=2")
                .Sending(500, "A i=1 firing, A i=2 firing")
                .Resolves(1000, "A i=1", "A i=2")
                .Sending(1500, "A i=1 resolved, A i=2 resolved")
                .Looks(2000)
                .Until(3000),
            Scenario
                .Of("One_after_the_other_each_resolve_is_told_once")
                .Fires(0, "A i=1", "A i=2")
                .Sending(500, "A i=1 firing, A i=2 firing")
                .Resolves(1000, "A i=1")
                .Sending(1500, "A i=1 resolved, A i=2 firing")
                .Resolves(2000, "A i=2")
                .Sending(2500, "A i=2 resolved")
                .Until(4000),
            Scenario
                .Of("Without_send_resolved_the_next_firing_is_announced", Unresolved)
                .Fires(0, "A")
                .Sending(500, "A firing")
                .Resolves(1000, "A")
                .Fires(2000, "A")
                .Sending(2500, "A firing")
                .Until(3000),
            Scenario
                .Of("What_fires_again_after_its_resolve_is_announced_again")
                .Fires(0, "A")
                .Sending(500, "A firing")
                .Resolves(1000, "A")
                .Sending(1500, "A resolved")
                .Fires(2000, "A")
                .Sending(2500, "A firing")
                .Until(3000),
            Scenario
                .Of("What_fires_again_in_a_group_that_goes_on_is_announced_again")
                .Fires(0, "A i=1", "A i=2")
                .Sending(500, "A i=1 firing, A i=2 firing")
                .Resolves(1000, "A i=1")
                .Sending(1500, "A i=1 resolved, A i=2 firing")
                .Fires(2000, "A i=1")
                .Sending(2500, "A i=1 firing, A i=2 firing")
                .Until(3000),
            Scenario
                .Of("A_gap_between_two_ticks_is_not_seen", "route: {group_interval: 3s}")
                .Fires(0, "A")
                .Sending(500, "A firing")
                .Resolves(1000, "A")
                .Fires(2000, "A")
                .Until(4500),
            Scenario
                .Of("A_resolve_of_what_nobody_knows_is_silent")
                .Resolves(0, "A")
                .Posts(1000, new PostedAlert("B") { StartsAtMs = -60_000, EndsAtMs = 500 })
                .Until(2500),
            Scenario
                .Of("An_alert_resolves_when_its_end_passes")
                .Posts(0, new PostedAlert("A") { StartsAtMs = 0, EndsAtMs = 2000 })
                .Sending(500, "A firing")
                .Sending(2500, "A resolved")
                .Until(3500),
            Scenario
                .Of("Sending_again_puts_the_end_off")
                .Posts(0, new PostedAlert("A") { StartsAtMs = 0, EndsAtMs = 2000 })
                .Sending(500, "A firing")
                .Posts(1000, new PostedAlert("A") { StartsAtMs = 0, EndsAtMs = 4000 })
                .Sending(4500, "A resolved")
                .Until(5000),
            Scenario
                .Of("Overlapping_times_are_merged_into_the_longest")
                .Posts(0, new PostedAlert("A i=1") { StartsAtMs = 0, EndsAtMs = 4000 })
                .Sending(500, "A i=1 firing")
                .Posts(1000, new PostedAlert("A i=1") { StartsAtMs = -5000, EndsAtMs = 3000 })
                .Fires(2000, "A i=2")
                .Sending(2500, "A i=1 firing, A i=2 firing")
                .Sending(4500, "A i=1 resolved, A i=2 firing")
                .Until(5000),
            Scenario
                .Of("A_later_resolve_of_what_was_resolved_is_merged", "route: {group_interval: 3s}")
                .Fires(0, "A i=1", "A i=2")
                .Sending(500, "A i=1 firing, A i=2 firing")
                .Resolves(1000, "A i=1")
                .Posts(2000, new PostedAlert("A i=1") { StartsAtMs = 0, EndsAtMs = 2000 })
                .Sending(3500, "A i=1 resolved, A i=2 firing")
                .Until(4500),
            Scenario
                .Of("Times_that_do_not_overlap_are_replaced", "route: {group_wait: 3s}")
                .Posts(0, new PostedAlert("A") { StartsAtMs = 0, EndsAtMs = 500 })
                .Fires(1000, "A")
                .Sending(3000, "A firing")
                .Until(4000),
            Scenario
                .Of("An_alert_without_a_start_started_when_it_came")
                .Posts(0, new PostedAlert("A"))
                .Sending(500, "A firing")
                .Resolves(1000, "A")
                .Sending(1500, "A resolved")
                .Until(2500),
            Scenario
                .Of("An_alert_without_an_end_ends_after_resolve_timeout", "global: {resolve_timeout: 2s}")
                .Fires(0, "A")
                .Sending(500, "A firing")
                .Sending(2500, "A resolved")
                .Until(3500),
        ];
}
