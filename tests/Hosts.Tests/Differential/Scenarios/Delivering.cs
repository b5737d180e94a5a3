using Hosts.Tests.Support;

namespace Hosts.Tests.Differential.Scenarios;

internal static class Delivering
{
    public static IEnumerable<Scenario> All =>
        [
            Scenario
                .Of("More_than_max_alerts_are_cut_off", "receivers: [{name: hook, webhook_configs: [{max_alerts: 2}]}]")
                .Fires(0, "A i=1 same=1", "A i=2 same=1", "A i=3")
                .Sending(500, "A i=3 firing, A i=1 same=1 firing, 1 more")
                .Resolves(1000, "A i=1 same=1")
                .Sending(1500, "A i=3 firing, A i=1 same=1 resolved, 1 more")
                .Until(2500),
            Scenario
                .Of("What_was_answered_500_is_sent_again")
                .Answers("hook", new WebhookAnswer(500))
                .Fires(0, "A i=1")
                .Sending(500, "A i=1 firing")
                .Sending(1000, "A i=1 firing")
                .Allows(Allowance.RetryTimes, 500)
                .Fires(3000, "A i=2")
                .Sending(3500, "A i=1 firing, A i=2 firing")
                .Until(4000),
            Scenario
                .Of("What_was_answered_400_waits_for_the_next_tick")
                .Answers("hook", new WebhookAnswer(400))
                .Fires(0, "A")
                .Sending(500, "A firing")
                .Sending(1500, "A firing")
                .Until(3000),
            Scenario
                .Of(
                    "A_slow_receiver_does_not_hold_up_others",
                    "route: {routes: [{receiver: slow, continue: true}, {receiver: fast}]}"
                )
                .Answers("slow", new WebhookAnswer(200, TimeSpan.FromMilliseconds(2500)))
                .Fires(0, "A i=1")
                .Sending(500, "slow", "A i=1 firing")
                .Sending(500, "fast", "A i=1 firing")
                .Fires(1000, "A i=2")
                .Sending(1500, "fast", "A i=1 firing, A i=2 firing")
                .Sending(3000, "slow", "A i=1 firing, A i=2 firing")
                .Allows(Allowance.SlowDelivery, 200)
                .Until(3500),
            Scenario
                .Of(
                    "One_webhook_of_a_receiver_fails_and_the_other_gets_its_message_once",
                    "receivers: [{name: hook, webhook_configs: [{}, {}]}]"
                )
                .Answers("hook-2", new WebhookAnswer(503))
                .Fires(0, "A")
                .Sending(500, "hook", "A firing")
                .Sending(500, "hook-2", "A firing")
                .Sending(1000, "hook-2", "A firing")
                .Allows(Allowance.RetryTimes, 500)
                .Until(3000),
            Scenario
                .Of(
                    "Of_two_webhooks_only_one_wants_the_resolve",
                    "receivers: [{name: hook, webhook_configs: [{}, {send_resolved: false}]}]"
                )
                .Fires(0, "A")
                .Sending(500, "hook", "A firing")
                .Sending(500, "hook-2", "A firing")
                .Resolves(1000, "A")
                .Sending(1500, "hook", "A resolved")
                .Until(2500),
        ];
}
