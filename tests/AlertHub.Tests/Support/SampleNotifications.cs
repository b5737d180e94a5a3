using AlertHub.Alerts;
using AlertHub.Notifying;
using AlertHub.Templates;

namespace AlertHub.Tests.Support;

/// <summary>Notifications as teams get them, for the templates.</summary>
internal static class SampleNotifications
{
    private static readonly Uri Hub = new("https://alerts.example.com");

    public static IReadOnlyDictionary<string, TemplateData> All { get; } =
        new Dictionary<string, TemplateData>
        {
            ["one-firing"] = Of(OneFiring, "team-db"),
            ["some-resolved"] = Of(SomeResolved, "team-db"),
            ["all-resolved"] = Of(AllResolved, "team-db"),
            ["bare"] = Of(Some.Notification(Some.Alert("Watchdog")), "default"),
            ["thirty"] = Of(Thirty, "team-web.pager"),
            ["hostile"] = Of(Hostile, "<b>"),
        };

    private static TemplateData Of(Notification notification, string receiver) =>
        TemplateData.Of(notification, receiver, "first notification");

    private static Alert Disk(
        string instance,
        string mountpoint,
        string percent,
        int minutes,
        int? endedMinutesAgo = null
    ) =>
        new()
        {
            Labels = Some.Labels(
                ("alertname", "DiskFull"),
                ("cluster", "eu-west-1"),
                ("service", "postgres"),
                ("severity", "critical"),
                ("instance", instance),
                ("mountpoint", mountpoint)
            ),
            Annotations = Some.Labels(
                ("summary", $"{mountpoint} on {instance} is {percent} full"),
                ("description", "Writes fail when nothing is left. Remove old WAL archives or grow the volume."),
                ("runbook_url", "https://runbooks.example.com/disk-full?team=db&kind=wal"),
                ("dashboard_url", $"https://grafana.example.com/d/disk?var-instance={instance}")
            ),
            StartsAt = Some.Now.AddMinutes(-minutes),
            EndsAt = endedMinutesAgo is { } ago ? Some.Now.AddMinutes(-ago) : null,
            GeneratorUrl = new("https://prometheus.example.com/graph?g0.expr=disk_free+%3C+0.05&g0.tab=1"),
        };

    private static Notification OneFiring => Group(Disk("db-3:9100", "/var/lib/postgresql", "97%", 12));

    private static Notification SomeResolved =>
        Group(
            Disk("db-3:9100", "/var/lib/postgresql", "97%", 192),
            Disk("db-4:9100", "/", "95.5%", 7),
            Disk("db-1:9100", "/", "96%", 50, endedMinutesAgo: 3)
        );

    private static Notification AllResolved =>
        Group(Disk("db-3:9100", "/var/lib/postgresql", "97%", 192, 2), Disk("db-4:9100", "/", "95%", 7, 1));

    private static Notification Thirty =>
        new()
        {
            Alerts =
            [
                .. Enumerable
                    .Range(1, 30)
                    .Select(i => new Alert
                    {
                        Labels = Some.Labels(
                            ("alertname", "HighLatency"),
                            ("severity", "warning"),
                            ("pod", $"web-{i:00}"),
                            ("zone", $"{(char)('a' + i % 3)}")
                        ),
                        Annotations = Some.Labels(
                            ("summary", $"web-{i:00} answers in {200 + i} ms"),
                            (
                                "description",
                                $"{new string('x', 30)} {i} {string.Concat(Enumerable.Repeat("slow ", 80))}"
                            )
                        ),
                        StartsAt = Some.Now.AddMinutes(-i),
                    }),
            ],
            Now = Some.Now,
            GroupLabels = Some.Labels(("alertname", "HighLatency")),
            ExternalUrl = Hub,
            TruncatedAlerts = 12,
        };

    /// <summary>What a producer might send by mistake or on purpose.</summary>
    private static Notification Hostile =>
        new()
        {
            Alerts =
            [
                new()
                {
                    Labels = Some.Labels(
                        ("alertname", "<script>alert('x')</script>"),
                        ("sev&erity", "\"><img src=x onerror=alert(1)>"),
                        ("zone", "`*_~|[x](http://evil.example)\\ \u202e\n@channel <!channel>")
                    ),
                    Annotations = Some.Labels(
                        ("summary", "</div></td></table><h1>5 > 3 & 2 < 4</h1>"),
                        ("description", "line one\nline two\t{{ .Alerts }} ${x} é 中 😀"),
                        ("runbook_url", "javascript:alert(document.cookie)"),
                        ("evil\"_url", "https://x.example/\"onmouseover=\"alert(1)")
                    ),
                    StartsAt = Some.Now.AddSeconds(-30),
                },
            ],
            Now = Some.Now,
            GroupLabels = Some.Labels(("alertname", "<script>alert('x')</script>")),
            ExternalUrl = Hub,
        };

    private static Notification Group(params IReadOnlyList<Alert> alerts) =>
        new()
        {
            Alerts = alerts,
            Now = Some.Now,
            GroupLabels = Some.Labels(("alertname", "DiskFull"), ("cluster", "eu-west-1"), ("service", "postgres")),
            ExternalUrl = Hub,
        };
}
