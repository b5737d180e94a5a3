namespace Hosts.Tests.Differential.Scenarios;

/// <summary>Each needs programs of its own.</summary>
internal static class Reloading
{
    public static IEnumerable<Scenario> All =>
        [
            Scenario
                .Of("A_reload_that_adds_a_route_repeats_nothing")
                .Fires(0, "A")
                .Sending(500, "A firing")
                .At(1000, new Step.Reload("route: {routes: [{receiver: second, matchers: [alertname=\"B\"]}]}"))
                .Fires(2000, "B")
                .Sending(2500, "second", "B firing")
                .Resolves(2700, "A")
                .Sending(3000, "A resolved")
                .InsteadSending(
                    Allowance.ReloadKeepsTimers,
                    new Sent(500, "hook", "A firing"),
                    new Sent(2500, "second", "B firing"),
                    new Sent(3500, "hook", "A resolved")
                )
                .Until(4000),
            Scenario
                .Of("A_receiver_that_a_reload_puts_in_is_told_at_once")
                .Fires(0, "A")
                .Sending(500, "A firing")
                .At(1000, new Step.Reload("route: {receiver: second}"))
                .Sending(1000, "second", "A firing")
                .Until(2500),
            Scenario
                .Of("A_reload_of_an_invalid_file_changes_nothing")
                .Fires(0, "A i=1")
                .Sending(500, "A i=1 firing")
                .At(1000, new Step.Reload("route: {group_by: [i, i]}"))
                .Fires(2000, "A i=2")
                .Sending(2500, "A i=1 firing, A i=2 firing")
                .Until(3000),
            Scenario
                .Of(
                    "What_was_inhibited_before_a_reload_is_inhibited_after_it",
                    "inhibit_rules: [{source_matchers: [alertname=\"Down\"], target_matchers: [alertname=\"A\"]}]"
                )
                .Fires(0, "Down", "A")
                .At(
                    1000,
                    new Step.Reload(
                        "inhibit_rules: [{source_matchers: [alertname=\"Down\"], target_matchers: [alertname=~\"A|B\"]}]"
                    )
                )
                .InsteadSending(Allowance.InhibitedAtOnce, new Sent(500, "hook", "Down firing"))
                .Until(2500) with
            {
                Varies = true,
            },
            Scenario
                .Of("What_was_announced_before_a_restart_is_not_announced_after_it")
                .Fires(0, "A")
                .Sending(500, "A firing")
                .At(1000, new Step.Restart())
                .Fires(4000, "A")
                .Until(6000),
            Scenario
                .Of("What_was_announced_before_a_restart_is_resolved_after_it")
                .Fires(0, "A")
                .Sending(500, "A firing")
                .At(1000, new Step.Restart())
                .Resolves(4000, "A")
                .Sending(4000, "A resolved")
                .InsteadSending(
                    Allowance.RestartForgetsNothing,
                    new(500, "hook", "A firing"),
                    new(4500, "hook", "A resolved")
                )
                .Until(6000) with
            {
                ExtraToleranceMs = 300,
            },
            Scenario
                .Of("A_silence_outlives_a_restart")
                .Silences(0, "s", "alertname=A", 60_000)
                .At(1000, new Step.Restart())
                .Fires(4000, "A", "B")
                .Sending(4500, "B firing")
                .Looks(5000)
                .Until(6000),
        ];
}
