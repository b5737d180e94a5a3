namespace Hosts.Tests.Differential.Scenarios;

internal static class Silencing
{
    public static IEnumerable<Scenario> All =>
        [
            Scenario
                .Of("A_silence_before_the_alert_holds_it_back")
                .Silences(0, "s", "alertname=A", 60_000)
                .Fires(1000, "A", "B")
                .Sending(1500, "B firing")
                .Looks(2000)
                .Until(3000),
            Scenario
                .Of("A_silence_holds_back_what_comes_later")
                .Fires(0, "A i=1")
                .Sending(500, "A i=1 firing")
                .Silences(1000, "s", "alertname=A", 60_000)
                .Fires(2000, "A i=2")
                .Until(4000),
            Scenario
                .Of("A_silence_for_one_alert_leaves_its_group")
                .Silences(0, "s", "alertname=~A|B i=1", 60_000)
                .Fires(1000, "A i=1", "A i=2")
                .Sending(1500, "A i=2 firing")
                .Fires(2000, "A i=3")
                .Sending(2500, "A i=2 firing, A i=3 firing")
                .Until(3000),
            Scenario
                .Of("When_a_silence_expires_the_alert_is_announced")
                .Silences(0, "s", "alertname=A", 3000)
                .Fires(1000, "A")
                .Sending(3500, "A firing")
                .Looks(4000)
                .Until(4000),
            Scenario
                .Of("When_a_silence_is_deleted_the_alert_is_announced")
                .Silences(0, "s", "alertname=A", 60_000)
                .Fires(1000, "A")
                .Unsilences(3000, "s")
                .Sending(3500, "A firing")
                .Unsilences(4000, "s")
                .Until(4000),
            Scenario
                .Of("A_silence_that_is_pending_holds_nothing_back_yet")
                .Silences(0, "s", "alertname=A", 4000, fromMs: 2000)
                .Fires(1000, "A i=1")
                .Sending(1500, "A i=1 firing")
                .Fires(3000, "A i=2")
                .Sending(4500, "A i=1 firing, A i=2 firing")
                .Until(5000),
            Scenario
                .Of("A_silence_with_new_matchers_is_another_silence")
                .Silences(0, "s", "alertname=A", 60_000)
                .Fires(1000, "A i=1", "B i=1")
                .Sending(1500, "B i=1 firing")
                .Silences(2000, "s", "alertname=B", 60_000, fromMs: 0)
                .Sending(2500, "A i=1 firing")
                .Fires(3000, "B i=2")
                .Until(4000),
            Scenario
                .Of("A_silence_with_a_new_end_is_the_same_silence")
                .Silences(0, "s", "alertname=A i!=2", 2000, fromMs: 300)
                .Silences(1000, "s", "alertname=A i!=2", 4000, fromMs: 300)
                .Fires(1000, "A i=1", "A i=2")
                .Sending(1500, "A i=2 firing")
                .Sending(4500, "A i=1 firing, A i=2 firing")
                .Until(5000),
            Scenario
                .Of("What_resolves_before_the_silence_ends_was_never_announced")
                .Silences(0, "s", "alertname=A", 3000)
                .Fires(1000, "A")
                .Resolves(2000, "A")
                .Until(4500),
            Scenario
                .Of("After_a_silence_the_repeat_interval_goes_on", "route: {repeat_interval: 2500ms}")
                .Fires(0, "A")
                .Sending(500, "A firing")
                .Silences(1000, "s", "alertname=A", 5000)
                .Sending(5500, "A firing")
                .Until(6000),
            Scenario
                .Of("What_was_announced_is_resolved_under_a_silence_too")
                .Fires(0, "A")
                .Sending(500, "A firing")
                .Silences(1000, "s", "alertname=A", 60_000)
                .Resolves(2000, "A")
                .InsteadSending(
                    Allowance.ResolvedUnderSilence,
                    new(500, "hook", "A firing"),
                    new(2500, "hook", "A resolved")
                )
                .Until(4000),
            Scenario
                .Of("What_fires_again_after_a_silence_is_announced")
                .Fires(0, "A")
                .Sending(500, "A firing")
                .Silences(1000, "s", "alertname=A", 3000)
                .Resolves(2000, "A")
                .Fires(4000, "A")
                .InsteadSending(
                    Allowance.FiredAgainAfterSilence,
                    new(500, "hook", "A firing"),
                    new(2500, "hook", "A resolved"),
                    new(4500, "hook", "A firing")
                )
                .Until(6000),
            Scenario
                .Of("Deleting_a_silence_that_does_not_exist_is_an_error")
                .Unsilences(0, "nobody")
                .Allows(Allowance.UnknownSilence)
                .Until(200),
            Scenario
                .Of("A_silence_of_amtool_holds_until_its_end")
                .At(0, Add("3000"))
                .Fires(1000, "A")
                .Sending(3500, "A firing")
                .Until(4000),
            Scenario
                .Of("A_silence_that_amtool_expires_is_over")
                .At(0, Add("60000"))
                .Fires(1000, "A")
                .At(2000, new Step.Amtool(["silence", "expire", "$id:s"]))
                .Sending(2500, "A firing")
                .Until(3000),
            Scenario
                .Of("A_silence_that_amtool_updates_holds_until_its_new_end")
                .At(0, Add("2000"))
                .Fires(1000, "A")
                .At(1000, new Step.Amtool(["silence", "update", "--end=$at:4000", "$id:s"]))
                .Sending(4500, "A firing")
                .Until(5000),
            Scenario
                .Of("A_silence_that_amtool_imports_holds")
                .At(
                    0,
                    new Step.Amtool(
                        ["silence", "import", "--force", "$import"],
                        Import: new("s", "alertname=A", 0, 3000)
                    )
                )
                .Fires(1000, "A", "B")
                .Sending(1500, "B firing")
                .Sending(3500, "A firing")
                .Until(4000),
        ];

    private static Step.Amtool Add(string end) =>
        new(
            [
                "silence",
                "add",
                "--author=me",
                "--comment=work",
                $"--end=$at:{end}",
                "alertname=A",
                "scenario=$scenario",
            ],
            Makes: "s"
        );
}
