using AlertHub.Alerts;
using AlertHub.Notifying;

namespace AlertHub.Channels.Slack;

/// <summary>How bad it is, by the label <c>severity</c> in the words that are in use, so that it can be seen to rise.</summary>
internal static class SlackSeverity
{
    /// <summary>Of the worst alert that fires; null where none does.</summary>
    public static Alert? Worst(Notification notification) =>
        notification
            .Alerts.Where(alert => alert.Status(notification.Now) == AlertStatus.Firing)
            .MaxBy(static alert => Rank(alert.Labels["severity"]));

    /// <summary>From 1; 0 where nothing fires.</summary>
    public static int Rank(Notification notification) =>
        Worst(notification) is { } worst ? Rank(worst.Labels["severity"]) : 0;

    /// <summary>What nobody said, or understood, may be bad.</summary>
    public static int Rank(string? severity) =>
        severity?.ToLowerInvariant() switch
        {
            "none" or "debug" or "info" or "informational" or "notice" or "low" or "ok" => 1,
            "warning" or "warn" or "minor" or "medium" or "moderate" => 2,
            "critical" or "crit" or "fatal" or "emergency" or "page" or "disaster" => 4,
            _ => 3,
        };
}
