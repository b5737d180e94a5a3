namespace AlertHub.Notifying;

/// <summary>Why somebody is told now.</summary>
public enum NotificationReason
{
    /// <summary>There is no reason, or none is known.</summary>
    None,
    FirstNotification,
    NewAlertsAdded,
    SomeAlertsResolved,
    AllAlertsResolved,
    RepeatIntervalElapsed,
}

public static class NotificationReasons
{
    /// <summary>In Alertmanager's words, as webhooks and templates have them since 0.32.</summary>
    public static string Text(this NotificationReason reason) =>
        reason switch
        {
            NotificationReason.FirstNotification => "first notification",
            NotificationReason.NewAlertsAdded => "new alerts added",
            NotificationReason.SomeAlertsResolved => "some alerts resolved",
            NotificationReason.AllAlertsResolved => "all alerts resolved",
            NotificationReason.RepeatIntervalElapsed => "repeat interval elapsed",
            _ => "none",
        };
}
