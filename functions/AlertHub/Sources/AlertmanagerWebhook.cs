using System.Text.Json;
using AlertHub.Alerts;

namespace AlertHub.Sources;

/// <summary>
/// The webhook of Alertmanager (version 4) and of Grafana, which says more of the same:
/// https://prometheus.io/docs/alerting/latest/configuration/#webhook_config
/// </summary>
internal static class AlertmanagerWebhook
{
    /// <summary>What Grafana adds to an alert, and the annotation it becomes.</summary>
    private static readonly (string Member, string Annotation)[] Additions =
    [
        ("dashboardURL", Annotation.DashboardUrl),
        ("panelURL", "panel_url"),
        ("silenceURL", "silence_url"),
        ("imageURL", "image_url"),
        ("valueString", "value"),
    ];

    public static Reading? Read(JsonElement root, DateTimeOffset now)
    {
        JsonElement[] alerts = [.. root.Items("alerts")];
        return Array.Exists(alerts, static a => a.Member("labels") is { ValueKind: JsonValueKind.Object })
            ? new()
            {
                Kind = "alertmanager",
                TellsEnds = true,
                Alerts = [.. alerts.Select(a => ReadAlert(a, root, now))],
                GroupLabels = Labels.Of(Texts(root, "groupLabels")).WithoutEmpty(),
                ExternalUrl = root.Link("externalURL"),
                TruncatedAlerts = (int)Math.Clamp(root.Number("truncatedAlerts") ?? 0, 0, int.MaxValue),
            }
            : null;
    }

    private static Alert ReadAlert(JsonElement alert, JsonElement root, DateTimeOffset now)
    {
        var labels = Labels.Of(Texts(alert, "labels")).WithoutEmpty();
        var annotations = Texts(alert, "annotations");
        foreach (var (member, annotation) in Additions)
        {
            if (alert.Text(member) is { } value)
            {
                annotations = annotations.Prepend(new(annotation, value));
            }
        }

        (labels, annotations) = Known(labels, annotations, alert);
        var startsAt = Earlier(alert.Time("startsAt") ?? now, now);
        var endsAt = Earlier(alert.Time("endsAt") ?? now, now);
        return new()
        {
            Labels = labels,
            Annotations = Labels.Of(annotations).WithoutEmpty(),
            StartsAt = startsAt,
            EndsAt =
                !IsResolved(alert, root) ? null
                : endsAt < startsAt ? startsAt
                : endsAt,
            GeneratorUrl = alert.Link("generatorURL"),
        };
    }

    /// <summary>One alert that cannot be read does not hide the others, nor itself: without labels it is shown as it came.</summary>
    public static (Labels Labels, IEnumerable<Label> Annotations) Known(
        Labels labels,
        IEnumerable<Label> annotations,
        JsonElement alert
    )
    {
        if (labels.Count > 0)
        {
            return (labels, annotations);
        }

        var raw = alert.GetRawText();
        return (
            Labels.Of(
                new Label(Label.AlertName, "Unrecognised alert"),
                new(Label.Message, Fnv1a.Add(Fnv1a.Offset, raw).ToString("x16", null))
            ),
            [new(Annotation.Raw, raw)]
        );
    }

    /// <summary>The sender's word counts, not its clock against ours.</summary>
    private static bool IsResolved(JsonElement alert, JsonElement root) =>
        (alert.Text("status") ?? root.Text("status")) == "resolved";

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;

    public static IEnumerable<Label> Texts(JsonElement parent, string member) =>
        parent.Member(member)?.Texts().Select(static p => new Label(p.Key, p.Value)) ?? [];
}
