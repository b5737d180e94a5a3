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

    /// <summary>Nobody is told: what was sent before is to show what has changed and is no news, such as a silence.</summary>
    Shown,
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
            NotificationReason.Shown => "shown only",
            _ => "none",
        };
}
