using System.Globalization;
using System.Text;
using AlertHub.Alerts;
using AlertHub.Notifying;
using AlertHub.Text;

namespace AlertHub.Channels.Webhook;

/// <summary>
/// What Alertmanager posts to a webhook, version 4, byte for byte
/// (https://prometheus.io/docs/alerting/latest/configuration/#webhook_config; <c>notification_reason</c> since 0.32,
/// <c>routeLabels</c> since 0.34). Written by hand, as no encoder of System.Text.Json has Go's escapes.
/// </summary>
public static class WebhookPayload
{
    /// <summary>What Go writes for a time that is not known.</summary>
    private const string NoTime = "0001-01-01T00:00:00Z";

    /// <param name="notification">With its group and receiver.</param>
    /// <param name="maxAlerts">How many alerts to tell, 0 for all. What is common is then common to these.</param>
    public static byte[] Render(Notification notification, ulong maxAlerts = 0)
    {
        var told = notification.First(maxAlerts);
        var json = new StringBuilder("{\"receiver\":").AppendJson(QuoteMeta(told.Receiver));
        json.Append(",\"status\":").AppendJson(Text(told.Status)).Append(",\"alerts\":[");
        for (var i = 0; i < told.Alerts.Count; i++)
        {
            AppendAlert(i == 0 ? json : json.Append(','), told.Alerts[i], told.Now);
        }

        json.Append("],\"notification_reason\":").AppendJson(told.Reason.Text());
        AppendLabels(json.Append(",\"groupLabels\":"), told.GroupLabels);
        AppendLabels(json.Append(",\"commonLabels\":"), told.CommonLabels);
        AppendLabels(json.Append(",\"commonAnnotations\":"), Annotation.Told(told.CommonAnnotations));
        AppendLabels(json.Append(",\"routeLabels\":"), told.RouteLabels);
        json.Append(",\"externalURL\":").AppendJson(told.ExternalUrl?.OriginalString ?? "");
        json.Append(",\"version\":\"4\",\"groupKey\":").AppendJson(told.GroupKey);
        json.Append(CultureInfo.InvariantCulture, $",\"truncatedAlerts\":{told.TruncatedAlerts}}}\n");
        return Encoding.UTF8.GetBytes(json.ToString());
    }

    private static void AppendAlert(StringBuilder json, Alert alert, DateTimeOffset now)
    {
        var status = alert.Status(now);
        AppendLabels(json.Append("{\"status\":").AppendJson(Text(status)).Append(",\"labels\":"), alert.Labels);
        AppendLabels(json.Append(",\"annotations\":"), Annotation.Told(alert.Annotations));
        json.Append(",\"startsAt\":").AppendJson(Time(alert.StartsAt)).Append(",\"endsAt\":");
        json.AppendJson(status == AlertStatus.Resolved && alert.EndsAt is { } end ? Time(end) : NoTime)
            .Append(",\"generatorURL\":")
            .AppendJson(alert.GeneratorUrl?.OriginalString ?? "")
            .Append(",\"fingerprint\":")
            .AppendJson(alert.Labels.FingerprintText)
            .Append('}');
    }

    private static void AppendLabels(StringBuilder json, Labels labels)
    {
        json.Append('{');
        for (var i = 0; i < labels.Count; i++)
        {
            (i == 0 ? json : json.Append(',')).AppendJson(labels[i].Name).Append(':').AppendJson(labels[i].Value);
        }

        json.Append('}');
    }

    private static string Text(AlertStatus status) => status == AlertStatus.Firing ? "firing" : "resolved";

    /// <summary>As Go writes times: in the zone they came in, fractions without trailing zeros. Ours end at 100 ns.</summary>
    private static string Time(DateTimeOffset time) =>
        time.ToString(
            time.Offset == TimeSpan.Zero ? "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'" : "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz",
            CultureInfo.InvariantCulture
        );

    /// <summary>Alertmanager tells a receiver's name as a regular expression that matches it (Go's regexp.QuoteMeta).</summary>
    private static string QuoteMeta(string name) =>
        string.Concat(
            name.Select(static c => @"\.+*?()|[]{}^$".Contains(c, StringComparison.Ordinal) ? $"\\{c}" : $"{c}")
        );
}
