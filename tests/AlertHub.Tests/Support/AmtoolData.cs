using System.Text.Json;
using AlertHub.Alerts;
using AlertHub.Templates;
using AlertHub.Templates.Alertmanager;
using AlertHub.Templates.Times;

namespace AlertHub.Tests.Support;

/// <summary>A template's data in the JSON that <c>amtool template render --template.data</c> takes.</summary>
internal static class AmtoolData
{
    public static TemplateData Read(JsonElement data, DateTimeOffset now)
    {
        return new()
        {
            Receiver = Text(data, "receiver"),
            Status = Text(data, "status"),
            Alerts = new([.. data.GetProperty("alerts").EnumerateArray().Select(Alert)]),
            NotificationReason = Text(data, "notification_reason"),
            GroupLabels = Set(data, "groupLabels"),
            CommonLabels = Set(data, "commonLabels"),
            CommonAnnotations = Set(data, "commonAnnotations"),
            RouteLabels = Set(data, "routeLabels"),
            ExternalUrl = Text(data, "externalURL"),
            Now = now,
        };
    }

    private static AlertValue Alert(JsonElement alert) =>
        new()
        {
            Status = Text(alert, "status"),
            Labels = Set(alert, "labels"),
            Annotations = Set(alert, "annotations"),
            StartsAt = Time(alert, "startsAt"),
            EndsAt = Time(alert, "endsAt"),
            GeneratorUrl = Text(alert, "generatorURL"),
            Fingerprint = Text(alert, "fingerprint"),
        };

    private static string Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) ? value.GetString()! : "";

    private static KeyValues Set(JsonElement json, string name) =>
        json.TryGetProperty(name, out var set)
            ? new(Labels.Of(set.EnumerateObject().Select(pair => new Label(pair.Name, pair.Value.GetString()!))))
            : KeyValues.Empty;

    private static TimeValue Time(JsonElement json, string name) =>
        json.TryGetProperty(name, out var time)
            ? new(
                TimeReader.Read("2006-01-02T15:04:05Z07:00", time.GetString()!, GoZone.Utc, out var objection)
                    ?? throw new FormatException(objection)
            )
            : new(GoTime.Zero);
}
