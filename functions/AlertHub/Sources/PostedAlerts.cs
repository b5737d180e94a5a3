using System.Text.Json;
using AlertHub.Alerts;

namespace AlertHub.Sources;

/// <summary>
/// Alerts as Alertmanager's API takes them (<c>POST /api/v2/alerts</c>), which whoever cannot reach that puts into a queue or a
/// topic: an array, each with its labels and, if it likes, the time it ends at.
/// </summary>
internal static class PostedAlerts
{
    public static Reading? Read(JsonElement root, DateTimeOffset now)
    {
        if (root.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        JsonElement[] alerts = [.. root.EnumerateArray()];
        return Array.Exists(alerts, static alert => alert.Member("labels") is { ValueKind: JsonValueKind.Object })
            ? new() { Kind = "posted-alerts", Alerts = [.. alerts.Select(alert => ReadAlert(alert, now))] }
            : null;
    }

    private static Alert ReadAlert(JsonElement alert, DateTimeOffset now)
    {
        var (labels, annotations) = AlertmanagerWebhook.Known(
            Labels.Of(AlertmanagerWebhook.Texts(alert, "labels")).WithoutEmpty(),
            AlertmanagerWebhook.Texts(alert, "annotations"),
            alert
        );
        var startsAt = alert.Time("startsAt") is { } start && start < now ? start : now;
        return new()
        {
            Labels = labels,
            Annotations = Labels.Of(annotations).WithoutEmpty(),
            StartsAt = startsAt,
            EndsAt = alert.Time("endsAt") is { } end ? (end < startsAt ? startsAt : end) : null,
            GeneratorUrl = alert.Link("generatorURL"),
        };
    }
}
