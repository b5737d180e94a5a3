using AlertHub.Alerts;
using AlertHub.Channels.Slack;
using AlertHub.Notifying;
using AlertHub.Tests.Support;

namespace AlertHub.Tests.Channels.Slack;

/// <summary>What is said in the thread of a message.</summary>
public sealed class Replies
{
    private static readonly SlackReceipt Before = new()
    {
        Severity = 2,
        Since = Some.Now.AddMinutes(-65).ToUnixTimeSeconds(),
    };

    [Fact]
    public void New_alerts_are_named_by_what_tells_them_from_the_others() =>
        Assert.Equal(
            "*2 new*: `instance=b`, `instance=c`\n3 firing now",
            Text(NotificationReason.NewAlertsAdded, Warning("a"), Warning("b"), Warning("c"))
        );

    [Fact]
    public void Resolved_ones_are_named_too() =>
        Assert.Equal(
            "*1 new*: `instance=b`\n*1 resolved*: `instance=c`\n2 firing now",
            Text(NotificationReason.NewAlertsAdded, Warning("a"), Warning("b"), Ended("c"))
        );

    [Fact]
    public void The_end_of_the_last_says_how_long_it_all_took() =>
        Assert.Equal(
            "*Resolved* after 1 h 4 min",
            Text(NotificationReason.AllAlertsResolved, Some.Resolved("Something"))
        );

    [Fact]
    public void The_end_of_several_says_how_many_they_were() =>
        Assert.Equal(
            "*All 2 resolved* after 1 h 4 min",
            Text(NotificationReason.AllAlertsResolved, Ended("a"), Ended("b"))
        );

    [Fact]
    public void A_reminder_says_since_when() =>
        Assert.Equal(
            "*Still firing* after 1 h 5 min: `Something`",
            Text(NotificationReason.RepeatIntervalElapsed, Warning("a"))
        );

    [Fact]
    public void What_got_worse_says_so_first() =>
        Assert.Equal(
            "*Severity is now* `critical`\n*1 new*: `instance=b` `severity=critical`\n2 firing now",
            Text(NotificationReason.NewAlertsAdded, Warning("a"), Of("b", "critical"))
        );

    [Fact]
    public void Many_are_counted() =>
        Assert.EndsWith(
            "`instance=host-5` and 9,995 more\n10,000 firing now",
            Text(NotificationReason.NewAlertsAdded, [.. Some.AlertsNumbering(10_000)]),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData(NotificationReason.RepeatIntervalElapsed, "warning", true)]
    [InlineData(NotificationReason.NewAlertsAdded, "warning", false)]
    [InlineData(NotificationReason.NewAlertsAdded, "info", false)]
    [InlineData(NotificationReason.NewAlertsAdded, "critical", true)]
    [InlineData(NotificationReason.NewAlertsAdded, "error", true)]
    [InlineData(NotificationReason.NewAlertsAdded, "CRITICAL", true)]
    [InlineData(NotificationReason.NewAlertsAdded, "what nobody knows", true)]
    [InlineData(NotificationReason.SomeAlertsResolved, "warning", false)]
    public void Everybody_sees_a_reminder_and_what_got_worse(NotificationReason reason, string severity, bool isSeen) =>
        Assert.Equal(
            isSeen,
            SlackReply.IsForEverybody(Some.Notification(Of("a", severity)) with { Reason = reason }, Before)
        );

    [Fact]
    public void An_end_is_for_those_who_follow() =>
        Assert.False(
            SlackReply.IsForEverybody(
                Some.Notification(Ended("a")) with
                {
                    Reason = NotificationReason.AllAlertsResolved,
                },
                Before
            )
        );

    [Theory]
    [InlineData("<!channel> <@U1> <https://x|y> & `code`")]
    [InlineData("\u202Eright to left\u0000 \uD83D half \uDD25")]
    [InlineData("🔥🔥🔥🔥🔥🔥🔥🔥🔥🔥")]
    public void Whatever_alerts_are_called_a_reply_mentions_nobody_and_fits(string filling)
    {
        var name = string.Concat(Enumerable.Repeat(filling, 50));
        Alert[] alerts =
        [
            .. Enumerable
                .Range(0, 30)
                .Select(n =>
                    Some.Alert(
                        $"{name}{n}",
                        Some.Labels(($"a{name}", $"{n}{name}"), ("instance", name), ("severity", $"{name}"))
                    ) with
                    {
                        EndsAt = n % 2 == 0 ? null : Some.Now,
                    }
                ),
        ];
        var notification = Some.Notification(alerts) with { Reason = NotificationReason.NewAlertsAdded };

        var body = new SlackEnvelope.New(SlackSender.Unnamed).Around(SlackReply.Content(notification, Before).Full);

        Assert.Equal([], SlackRules.BrokenBy(body));
        Assert.DoesNotContain("<", SlackReply.Text(notification, Before), StringComparison.Ordinal);
        Assert.True(SlackReply.Text(notification, Before).Length <= 3000);
    }

    private static string Text(NotificationReason reason, params IReadOnlyList<Alert> alerts) =>
        SlackReply.Text(
            Some.Notification(alerts) with
            {
                Reason = reason,
                Former = new() { Firing = FingerprintSet.Of(Warning("a").Labels.Fingerprint) },
            },
            Before
        );

    private static Alert Warning(string instance) => Of(instance, "warning");

    private static Alert Ended(string instance) => Warning(instance) with { EndsAt = Some.Now.AddMinutes(-1) };

    private static Alert Of(string instance, string severity) =>
        Some.Alert("Something", Some.Labels(("instance", instance), ("severity", severity)));
}
