using AlertHub.Alerts;

namespace AlertHub.Notifying;

/// <summary>What one receiver is told at one moment about one group of alerts.</summary>
public sealed record Notification
{
    /// <summary>At least one; those of a group in <see cref="AlertOrder"/>, as Alertmanager tells them.</summary>
    public required IReadOnlyList<Alert> Alerts { get; init; }

    /// <summary>The same for readers who may stop early: firing before resolved, else in order.</summary>
    public IEnumerable<Alert> FiringFirst => Alerts.OrderBy(a => a.Status(Now));

    /// <summary>The moment that decides which alerts are firing.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>Name of the receiver; empty where no route chose one.</summary>
    public string Receiver { get; init; } = "";

    /// <summary>The name of the group, as Alertmanager makes it; empty where the alerts were not grouped.</summary>
    public string GroupKey { get; init; } = "";

    public NotificationReason Reason { get; init; }

    /// <summary>What was told last of the group; null where nothing is known to have been, or nobody keeps it.</summary>
    public FormerNotification? Former { get; init; }

    /// <summary>
    /// Of what the receiver takes to fire: what is muted, and so not among <see cref="Alerts"/>, unless all of it is
    /// (<see cref="IsMuted"/>). Only where it can be taken back, which is where there is a receipt.
    /// </summary>
    public IReadOnlyList<MutedAlerts> Muted { get; init; } = [];

    /// <summary>Whether each of <see cref="Alerts"/> is muted: nobody is told, and what was told is to show that.</summary>
    public bool IsMuted =>
        Muted.Count > 0 && Alerts.All(alert => Muted.Any(muted => muted.Alerts.Contains(alert.Labels.Fingerprint)));

    /// <summary>Labels of the route (0.34).</summary>
    public Labels RouteLabels { get; init; } = Labels.Empty;

    /// <summary>What the alerts were grouped by; empty where they were not.</summary>
    public Labels GroupLabels { get; init; } = Labels.Empty;

    /// <summary>Address of the Alertmanager or Grafana that sent the group; null where none did.</summary>
    public Uri? ExternalUrl { get; init; }

    /// <summary>How many more alerts the group has that are not in <see cref="Alerts"/>.</summary>
    public int TruncatedAlerts { get; init; }

    /// <summary>The same with so many alerts at the most; 0 for all. The rest are counted.</summary>
    public Notification First(ulong maxAlerts) =>
        maxAlerts == 0 || maxAlerts >= (ulong)Alerts.Count
            ? this
            : this with
            {
                Alerts = [.. Alerts.Take((int)maxAlerts)],
                TruncatedAlerts = TruncatedAlerts + Alerts.Count - (int)maxAlerts,
            };

    public AlertStatus Status =>
        Alerts.Any(a => a.Status(Now) == AlertStatus.Firing) ? AlertStatus.Firing : AlertStatus.Resolved;

    /// <summary>What all alerts share; nothing where there is none.</summary>
    public Labels CommonLabels => Common(static alert => alert.Labels);

    /// <inheritdoc cref="CommonLabels"/>
    public Labels CommonAnnotations => Common(static alert => alert.Annotations);

    private Labels Common(Func<Alert, Labels> of) =>
        Alerts.Select(of).DefaultIfEmpty(Labels.Empty).Aggregate(static (common, labels) => common.Intersect(labels));
}
