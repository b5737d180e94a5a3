using AlertHub.Alerts;
using AlertHub.Tests.Support;

namespace AlertHub.Tests.Notifying;

public sealed class WhatAlertsShare
{
    [Fact]
    public void Labels_and_annotations_that_all_alerts_have_are_common()
    {
        var notification = Some.Notification(
            Some.Alert("A", Some.Labels(("zone", "x"), ("host", "1")), Some.Labels(("summary", "s"))),
            Some.Alert("A", Some.Labels(("zone", "x"), ("host", "2")), Some.Labels(("summary", "s"), ("more", "m")))
        );

        Assert.Equal(Some.Labels(("alertname", "A"), ("zone", "x")), notification.CommonLabels);
        Assert.Equal(Some.Labels(("summary", "s")), notification.CommonAnnotations);
    }

    [Fact]
    public void Where_there_is_no_alert_there_is_nothing_in_common()
    {
        var notification = Some.Notification() with { Alerts = [] };

        Assert.Equal(Labels.Empty, notification.CommonLabels);
        Assert.Equal(Labels.Empty, notification.CommonAnnotations);
    }
}
