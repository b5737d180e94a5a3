namespace Hosts.Tests.Differential.Scenarios;

internal static class Grouping
{
    public static IEnumerable<Scenario> All =>
        [
            Scenario
                .Of("Alerts_within_group_wait_go_together", "route: {group_wait: 1s}")
                .Fires(0, "A i=1")
                .Fires(500, "A i=2")
                .Sending(1000, "A i=1 firing, A i=2 firing")
                .Until(2500),
            Scenario
                .Of("An_alert_that_started_long_ago_is_sent_at_once", "route: {group_wait: 3s}")
                .Posts(0, new PostedAlert("A i=1") { StartsAtMs = -60_000 })
                .Sending(0, "A i=1 firing")
                .Fires(500, "A i=2")
                .Sending(1000, "A i=1 firing, A i=2 firing")
                .Until(2500),
            Scenario
                .Of("A_flap_within_group_wait_stays_silent", "route: {group_wait: 1s}")
                .Fires(0, "A")
                .Resolves(500, "A")
                .Until(3500),
            Scenario
                .Of("After_a_silent_flap_the_next_firing_waits_anew", "route: {group_wait: 1s}")
                .Fires(0, "A")
                .Resolves(500, "A")
                .Fires(2500, "A")
                .Sending(3000, "A firing")
                .InsteadSending(Allowance.EmptyGroupEnds, new Sent(3500, "hook", "A firing"))
                .Until(4000),
            Scenario
                .Of("A_late_alert_waits_for_the_group_interval", "route: {group_interval: 2s}")
                .Fires(0, "A i=1")
                .Sending(500, "A i=1 firing")
                .Fires(1000, "A i=2")
                .Sending(2500, "A i=1 firing, A i=2 firing")
                .Until(4000),
            Scenario
                .Of("Groups_have_timers_of_their_own")
                .Fires(0, "A i=1", "B i=1")
                .Sending(500, "A i=1 firing")
                .Sending(500, "B i=1 firing")
                .Fires(1000, "B i=2", "C")
                .Sending(1500, "B i=1 firing, B i=2 firing")
                .Sending(1500, "C firing")
                .Until(3000),
            Scenario
                .Of("What_is_sent_again_unchanged_is_not_announced_again")
                .Fires(0, "A")
                .Sending(500, "A firing")
                .Fires(1000, "A")
                .Fires(2000, "A")
                .Looks(2000)
                .Until(3000),
            Scenario
                .Of("A_changed_annotation_waits_for_the_next_message")
                .Posts(0, new PostedAlert("A i=1") { StartsAtMs = 0, Annotations = "old runbook=a" })
                .Sending(500, "A i=1 firing")
                .Posts(1000, new PostedAlert("A i=1") { StartsAtMs = 0, Annotations = "new runbook=a" })
                .Fires(2000, "A i=2")
                .Sending(2500, "A i=1 firing, A i=2 firing")
                .Until(3000),
            Scenario
                .Of("Alerts_stand_in_the_order_of_job_and_instance")
                .Fires(
                    0,
                    "A job=b instance=1",
                    "A job=a instance=2",
                    "A job=a instance=1 z=1",
                    "A job=a instance=1",
                    "A job=a",
                    "A instance=0",
                    "A"
                )
                .Sending(
                    500,
                    "A instance=1 job=a firing, A instance=1 job=a z=1 firing, A instance=2 job=a firing, "
                        + "A job=a firing, A instance=1 job=b firing, A instance=0 firing, A firing"
                )
                .Until(1000),
            Scenario
                .Of("A_repeat_comes_with_the_first_tick_after_its_interval", "route: {repeat_interval: 2500ms}")
                .Fires(0, "A")
                .Sending(500, "A firing")
                .Sending(3500, "A firing")
                .Sending(6500, "A firing")
                .Until(7000),
            Scenario
                .Of("A_new_alert_starts_the_repeat_interval_anew", "route: {repeat_interval: 2500ms}")
                .Fires(0, "A i=1")
                .Sending(500, "A i=1 firing")
                .Fires(2000, "A i=2")
                .Sending(2500, "A i=1 firing, A i=2 firing")
                .Sending(5500, "A i=1 firing, A i=2 firing")
                .Until(6000),
            Scenario
                .Of(
                    "A_repeat_interval_that_is_a_multiple_of_the_group_interval_is_kept",
                    "route: {repeat_interval: 2s}"
                )
                .Fires(0, "A")
                .InsteadSending(
                    Allowance.ExactRepeat,
                    new(500, "hook", "A firing"),
                    new(2500, "hook", "A firing"),
                    new(4500, "hook", "A firing"),
                    new(6500, "hook", "A firing")
                )
                .Until(7000) with
            {
                Varies = true,
            },
        ];
}
