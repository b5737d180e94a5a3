using AlertHub.Alerts;
using AlertHub.Tests.Support;

namespace AlertHub.Tests.Alerts;

public sealed class AlertStates
{
    [Theory]
    [InlineData(null, AlertStatus.Firing)]
    [InlineData(-1, AlertStatus.Resolved)]
    [InlineData(0, AlertStatus.Resolved)]
    [InlineData(1, AlertStatus.Firing)]
    public void An_alert_is_resolved_from_the_moment_it_ends(int? ticksFromNow, AlertStatus expected) =>
        Assert.Equal(
            expected,
            (Some.Alert() with { EndsAt = ticksFromNow is { } ticks ? Some.Now.AddTicks(ticks) : null }).Status(
                Some.Now
            )
        );

    [Fact]
    public void A_group_fires_while_one_of_its_alerts_does()
    {
        Assert.Equal(AlertStatus.Firing, Some.Notification(Some.Resolved(), Some.Alert()).Status);
        Assert.Equal(AlertStatus.Resolved, Some.Notification(Some.Resolved(), Some.Resolved()).Status);
    }

    [Fact]
    public void What_a_group_has_in_common_is_what_all_its_alerts_say()
    {
        var group = Some.Notification(
            Some.Alert("Load", Some.Labels(("job", "node"), ("instance", "a")), Some.Labels(("runbook_url", "r"))),
            Some.Alert("Load", Some.Labels(("job", "node"), ("instance", "b")), Some.Labels(("runbook_url", "r")))
        );

        Assert.Equal(Some.Labels(("alertname", "Load"), ("job", "node")), group.CommonLabels);
        Assert.Equal(Some.Labels(("runbook_url", "r")), group.CommonAnnotations);
    }

    [Fact]
    public void An_alert_without_a_name_is_still_called_something() =>
        Assert.Equal("Alert without a name", (Some.Alert() with { Labels = Some.Labels(("job", "node")) }).Name);
}
