using AlertHub.Notifying;

namespace AlertHub.Metrics;

/// <summary>
/// What the hub counts: by Alertmanager's names, so that its dashboards and rules work, where the meaning is the same; what
/// Alertmanager does not have begins with <c>alerthub_</c>. Where a name, a type or a label differs from 0.25,
/// tests/Hosts.Tests/Oracles/MetricsByAlertmanager says why.
/// </summary>
public sealed class HubMetrics(MetricRegistry registry)
{
    /// <summary>By status (<c>firing</c>, <c>resolved</c>) and version of the API.</summary>
    public MetricFamily<Counter> AlertsReceived { get; } =
        registry.Counters(
            "alertmanager_alerts_received_total",
            "Alerts that came and were taken.",
            "status",
            "version"
        );

    public MetricFamily<Counter> AlertsInvalid { get; } =
        registry.Counters("alertmanager_alerts_invalid_total", "Alerts that came and were refused.", "version");

    /// <summary>By <c>active</c> and <c>suppressed</c>.</summary>
    public MetricFamily<Gauge> Alerts { get; } =
        registry.Gauges("alertmanager_alerts", "Alerts that have not ended, by what becomes of them.", "state");

    /// <summary>By <c>active</c>, <c>pending</c> and <c>expired</c>.</summary>
    public MetricFamily<Gauge> Silences { get; } = registry.Gauges("alertmanager_silences", "Silences.", "state");

    public Gauge Groups { get; } = registry.Gauge("alertmanager_dispatcher_aggregation_groups", "Groups of alerts.");

    /// <summary>From the request's body to the alerts' being stored.</summary>
    public Histogram AlertProcessing { get; } =
        registry.Summary(
            "alertmanager_dispatcher_alert_processing_duration_seconds",
            "How long taking alerts in took, until they were stored."
        );

    /// <summary>Notifications, of which each may take several requests.</summary>
    public MetricFamily<Counter> Notifications { get; } =
        registry.Counters(
            "alertmanager_notifications_total",
            "Notifications that were begun, and attempts that failed once they had waited for a minute.",
            "integration"
        );

    /// <summary>Given up, or tried again in vain after a minute or longer, by what the attempt failed for.</summary>
    public MetricFamily<Counter> NotificationsFailed { get; } =
        registry.Counters(
            "alertmanager_notifications_failed_total",
            "Notifications that were given up, and attempts that failed once they had waited for a minute.",
            "integration",
            "reason"
        );

    public MetricFamily<Counter> NotificationRequests { get; } =
        registry.Counters("alertmanager_notification_requests_total", "Attempts to tell somebody.", "integration");

    public MetricFamily<Counter> NotificationRequestsFailed { get; } =
        registry.Counters(
            "alertmanager_notification_requests_failed_total",
            "Attempts to tell somebody that failed.",
            "integration"
        );

    public MetricFamily<Histogram> NotificationLatency { get; } =
        registry.Histograms(
            "alertmanager_notification_latency_seconds",
            "How long attempts to tell somebody took.",
            [1, 5, 10, 15, 20],
            "integration"
        );

    public Gauge ConfigHash { get; } =
        registry.Gauge("alertmanager_config_hash", "A hash of the configuration in force.");

    public Gauge ConfigReloadSuccessful { get; } =
        registry.Gauge(
            "alertmanager_config_last_reload_successful",
            "Whether the configuration that was read last is in force."
        );

    public Gauge ConfigReloadSuccessTime { get; } =
        registry.Gauge(
            "alertmanager_config_last_reload_success_timestamp_seconds",
            "When the configuration in force was read."
        );

    public Gauge Receivers { get; } = registry.Gauge("alertmanager_receivers", "Receivers that routes lead to.");

    public Gauge Integrations { get; } = registry.Gauge("alertmanager_integrations", "Ways in which receivers tell.");

    public Gauge ReceiversWithoutDestination { get; } =
        registry.Gauge(
            "alerthub_receivers_without_destination",
            "Receivers with an integration that has no destination yet."
        );

    public Gauge Undelivered { get; } =
        registry.Gauge("alerthub_undelivered", "Notifications that wait for their delivery.");

    public Gauge OldestUndelivered { get; } =
        registry.Gauge("alerthub_oldest_undelivered_age_seconds", "How long the oldest of them has waited.");

    public Gauge DeadLetters { get; } =
        registry.Gauge("alerthub_dead_letters", "Notifications that were given up and are kept.");

    /// <summary>By destination; cleared and told anew at each scrape.</summary>
    public MetricFamily<Gauge> BreakerOpen { get; } =
        registry.Gauges("alerthub_breaker_open", "Whether a destination is left alone for a while.", "destination");

    /// <summary>There is one server, and no gossip.</summary>
    public Gauge ClusterEnabled { get; } =
        registry.Gauge("alertmanager_cluster_enabled", "Whether several gossip with each other: never.");

    /// <summary>One series of the value 1.</summary>
    public MetricFamily<Gauge> Build { get; } =
        registry.Gauges(
            "alertmanager_build_info",
            "Which program this is, by its labels.",
            "branch",
            "goarch",
            "goos",
            "goversion",
            "revision",
            "version"
        );

    /// <summary>There are series from the start, so that a rate over them sees the first one too.</summary>
    /// <param name="integrations">Names of those in the configuration.</param>
    public void Announce(IEnumerable<string> integrations)
    {
        _ = AlertsReceived["firing", "v2"];
        _ = AlertsReceived["resolved", "v2"];
        _ = AlertsInvalid["v2"];
        foreach (var integration in integrations)
        {
            _ = Notifications[integration];
            foreach (var reason in Enum.GetValues<FailureReason>())
            {
                _ = NotificationsFailed[integration, reason.Text()];
            }

            _ = NotificationRequests[integration];
            _ = NotificationRequestsFailed[integration];
            _ = NotificationLatency[integration];
        }
    }
}
