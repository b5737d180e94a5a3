using System.Globalization;
using System.Text;
using AlertHub.Alerts;
using AlertHub.Notifying;

namespace AlertHub.Channels;

/// <summary>A notification as lines of text: for the console, and where a destination takes nothing richer.</summary>
public static class PlainText
{
    private const int MostAlerts = 10;

    /// <summary>One line: state, name and where.</summary>
    public static string Headline(Notification notification)
    {
        var alerts = notification.Alerts;
        var total = alerts.Count + notification.TruncatedAlerts;
        var common = notification.CommonLabels;
        var name =
            common[Label.AlertName]
            ?? (
                notification.GroupLabels.Count > 0
                    ? string.Join(", ", notification.GroupLabels.Select(static l => l.Value))
                    : "alerts"
            );
        var where = string.Join(", ", new[] { common["account"], common["region"] }.OfType<string>());
        return Shown(
            $"{State(notification)}{(total > 1 ? $" ({total})" : "")}: {name}{(where.Length > 0 ? $" in {where}" : "")}"
        );
    }

    /// <summary>The producer's word where all alerts share it, else ours.</summary>
    public static string State(Notification notification) =>
        notification.CommonAnnotations[Annotation.State]
        ?? (notification.Status == AlertStatus.Firing ? "FIRING" : "RESOLVED");

    public static string Render(Notification notification)
    {
        var text = new StringBuilder(Headline(notification));
        foreach (var alert in notification.Alerts.Take(MostAlerts))
        {
            text.Append('\n');
            if (notification.Alerts.Count > 1)
            {
                Line(text, alert.Status(notification.Now) == AlertStatus.Firing ? "firing" : "resolved", alert.Name);
            }

            if (alert.Annotations[Annotation.PreviousState] is { } before)
            {
                Line(text, "state", $"{before} -> {alert.Annotations[Annotation.State]}");
            }

            foreach (
                var (name, value) in alert.Annotations.Where(static a =>
                    a.Name is not (Annotation.State or Annotation.PreviousState)
                )
            )
            {
                Line(text, name, value);
            }

            foreach (var (name, value) in alert.Labels.Where(static l => l.Name != Label.AlertName))
            {
                Line(text, name, value);
            }

            Line(text, "since", alert.StartsAt.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture));
            if (alert.GeneratorUrl is { } source)
            {
                Line(text, "source", source.AbsoluteUri);
            }
        }

        var more = notification.Alerts.Count - MostAlerts;
        return (
            more > 0 || notification.TruncatedAlerts > 0
                ? text.Append(
                    CultureInfo.InvariantCulture,
                    $"\nand {Math.Max(more, 0) + notification.TruncatedAlerts} more"
                )
                : text
        ).ToString();
    }

    private static void Line(StringBuilder text, string name, string value) =>
        text.Append(CultureInfo.InvariantCulture, $"\n  {Shown(name)}: {Shown(value.ReplaceLineEndings("\n    "))}");

    /// <summary>Without what would move a terminal's cursor or set its colours.</summary>
    private static string Shown(string text) =>
        string.Concat(text.Select(static c => char.IsControl(c) && c is not ('\n' or '\t') ? ' ' : c));
}
