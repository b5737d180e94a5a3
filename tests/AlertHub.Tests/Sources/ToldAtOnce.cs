using AlertHub.Alerts;
using AlertHub.Sources;
using AlertHub.Tests.Support;

namespace AlertHub.Tests.Sources;

public sealed class ToldAtOnce
{
    [Fact]
    public void What_is_told_is_what_was_said()
    {
        var notification = Assert.Single(
            Some.NotificationsOf(Samples.Bytes("alertmanager/mixed-group-of-twelve.json"))
        );

        Assert.Equal(Some.Now, notification.Now);
        Assert.Equal(12, notification.Alerts.Count);
        Assert.Equal(5, notification.TruncatedAlerts);
        Assert.Equal(Some.Labels(("alertname", "HighLoad"), ("job", "node")), notification.GroupLabels);
        Assert.Equal("http://alertmanager.example.com:9093/", notification.ExternalUrl?.AbsoluteUri);
    }

    [Fact]
    public void Firing_alerts_come_before_resolved_ones_else_in_the_order_they_came()
    {
        var notification = Assert.Single(
            Some.NotificationsOf(Samples.Bytes("alertmanager/mixed-group-of-twelve.json"))
        );

        Assert.Equal(
            [1, 2, 4, 5, 6, 9, 10, 11, 12, 3, 7, 8],
            notification.Alerts.Select(a => int.Parse(a.Labels["instance"]!.Split('-', ':')[1], null))
        );
    }

    [Fact]
    public void A_message_is_told_at_the_moment_it_came()
    {
        var notification = Source.Tell(new() { Body = "disk full"u8.ToArray(), ReceivedAt = Some.Now.AddDays(1) });

        Assert.Equal(Some.Now.AddDays(1), notification.Now);
        Assert.Equal(Some.Now.AddDays(1), Assert.Single(notification.Alerts).StartsAt);
    }

    [Fact]
    public void An_alarm_that_is_over_is_told_as_resolved() =>
        Assert.Equal(
            AlertStatus.Resolved,
            Assert.Single(Some.NotificationsOf(Samples.Bytes("sns/metric-ok.json"))).Status
        );
}
