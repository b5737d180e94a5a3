using AlertHub.Alerts;

namespace AlertHub.Notifying;

/// <summary>What one receiver is told at one moment about one group of alerts.</summary>
public sealed record Notification
{
    /// <summary>At least one; firing before resolved, else in the order they came.</summary>
    public required IReadOnlyList<Alert> Alerts { get; init; }

    /// <summary>The moment that decides which alerts are firing.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>What the alerts were grouped by; empty where they were not.</summary>
    public Labels GroupLabels { get; init; } = Labels.Empty;

    /// <summary>Address of the Alertmanager or Grafana that sent the group; null where none did.</summary>
    public Uri? ExternalUrl { get; init; }

    /// <summary>How many more alerts the group has that are not in <see cref="Alerts"/>.</summary>
    public int TruncatedAlerts { get; init; }

    public AlertStatus Status =>
        Alerts.Any(a => a.Status(Now) == AlertStatus.Firing) ? AlertStatus.Firing : AlertStatus.Resolved;

    public Labels CommonLabels => Alerts.Select(a => a.Labels).Aggregate((common, labels) => common.Intersect(labels));

    public Labels CommonAnnotations =>
        Alerts.Select(a => a.Annotations).Aggregate((common, annotations) => common.Intersect(annotations));
}
