using System.Globalization;
using System.Text;
using AlertHub.Alerts;
using AlertHub.Notifying;

namespace AlertHub.Channels;

/// <summary>A notification as lines of text: for the console, and where a destination takes nothing richer.</summary>
public static class PlainText
{
    private const int MostAlerts = 10;

    /// <summary>Of the names of several alerts in a headline, which has to say where, too.</summary>
    private const int LongestNames = 80;

    private static readonly string[] First =
    [
        Annotation.Summary,
        Annotation.Description,
        Annotation.Reason,
        Annotation.Threshold,
        Annotation.Dimensions,
        Annotation.Raw,
    ];

    /// <summary>One line: state, name, of AWS's services what it is about, and where.</summary>
    public static string Headline(Notification notification)
    {
        var common = notification.CommonLabels;
        var name =
            notification.Alerts.Count == 1
                ? notification.Alerts[0].Name
                : common[Label.AlertName]
                    ?? (
                        notification.GroupLabels.Count > 0
                            ? string.Join(", ", notification.GroupLabels.Select(static l => l.Value))
                            : Names(notification)
                    );
        var isOfAws = common["alarm_arn"] is not null || common["source"] is not null;
        var what =
            isOfAws && common["resource"] is { } resource && !name.Contains(resource, StringComparison.Ordinal)
                ? $" ({resource})"
                : "";
        var where = isOfAws ? string.Join(", ", new[] { common["account"], common["region"] }.OfType<string>()) : "";
        return Shown($"{What(notification)}{name}{what}{(where.Length > 0 ? $" in {where}" : "")}");
    }

    /// <summary>Of what fires, where anything does; all of them, or one and how many more there are.</summary>
    private static string Names(Notification notification)
    {
        string[] names =
        [
            .. notification
                .FiringFirst.Where(alert => alert.Status(notification.Now) == notification.Status)
                .Select(static alert => alert.Name)
                .Distinct(StringComparer.Ordinal),
        ];
        var all = string.Join(", ", names);
        return names.Length < 2 || all.Length <= LongestNames ? all : $"{names[0]} and {names.Length - 1} more";
    }

    /// <summary>The state of what has one, and how many there are: <c>FIRING (3): </c>, <c>2 messages: </c>; nothing for one message.</summary>
    private static string What(Notification notification)
    {
        var count = notification.Alerts.Count + notification.TruncatedAlerts;
        return !notification.Alerts.All(static alert => alert.IsMessage)
                ? $"{State(notification)}{Count(notification)}: "
            : count == 1 ? ""
            : $"{count} messages: ";
    }

    /// <summary><c> (9 firing, 3 resolved, 5 not sent)</c>; one number where it is one; nothing for a single alert.</summary>
    private static string Count(Notification notification)
    {
        var firing = notification.Alerts.Count(a => a.Status(notification.Now) == AlertStatus.Firing);
        (int Number, string What)[] counts =
        [
            (firing, "firing"),
            (notification.Alerts.Count - firing, "resolved"),
            (notification.TruncatedAlerts, "not sent"),
        ];
        var some = counts.Where(static c => c.Number > 0).ToArray();
        return notification is { Alerts.Count: 1, TruncatedAlerts: 0 } ? ""
            : some.Length == 1 ? $" ({some[0].Number})"
            : $" ({string.Join(", ", some.Select(static c => $"{c.Number} {c.What}"))})";
    }

    /// <summary>That it is muted; else the producer's word where all alerts share it, else ours.</summary>
    public static string State(Notification notification) =>
        notification.IsMuted
            ? notification.Muted.All(static muted => muted.Until is null)
                ? "INHIBITED"
                : "SILENCED"
            : notification.CommonAnnotations[Annotation.State]
                ?? (notification.Status == AlertStatus.Firing ? "FIRING" : "RESOLVED");

    public static string Render(Notification notification)
    {
        var text = new StringBuilder(Headline(notification));
        foreach (var muted in notification.Muted)
        {
            Line(text, $"muted ({muted.Alerts.Count})", Words(muted));
        }

        foreach (var alert in notification.FiringFirst.Take(MostAlerts))
        {
            text.Append('\n');
            if (notification.Alerts.Count > 1)
            {
                Line(text, What(alert, notification.Now), alert.Name);
            }

            foreach (var (name, value) in Lines(alert, notification.Now))
            {
                Line(text, name, value);
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

    private static string Words(MutedAlerts muted) =>
        muted.Until is { } until
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"silenced{(muted.SilencedBy.Length > 0 ? $" by {muted.SilencedBy}" : "")} until {until.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC{(muted.Comment.Length > 0 ? $": {muted.Comment}" : "")}"
            )
            : "inhibited by other alerts";

    private static string What(Alert alert, DateTimeOffset now) =>
        alert.IsMessage ? "message"
        : alert.Status(now) == AlertStatus.Firing ? "firing"
        : "resolved";

    /// <summary>What matters most first, addresses last.</summary>
    private static IEnumerable<(string Name, string Value)> Lines(Alert alert, DateTimeOffset now)
    {
        var annotations = alert.Annotations;
        if (annotations[Annotation.PreviousState] is { } before)
        {
            yield return ("state", $"{before} -> {annotations[Annotation.State]}");
        }

        foreach (var name in First)
        {
            if (annotations[name] is { } value)
            {
                yield return (name, value);
            }
        }

        var resolved = alert.Status(now) == AlertStatus.Resolved;
        var at = resolved ? alert.EndsAt!.Value : alert.StartsAt;
        yield return (
            resolved ? "ended"
            : alert.IsMessage ? "at"
            : "since",
            at.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture)
        );
        foreach (var label in alert.Labels.Where(static l => l.Name != Label.AlertName && !l.IsInternal))
        {
            yield return (label.Name, label.Value);
        }

        foreach (
            var annotation in annotations
                .Where(static a => !First.Contains(a.Name) && !a.IsInternal)
                .Where(static a => a.Name is not (Annotation.State or Annotation.PreviousState))
                .OrderBy(static a => a.Name.EndsWith(Annotation.UrlSuffix, StringComparison.Ordinal))
        )
        {
            yield return (annotation.Name, annotation.Value);
        }

        if (alert.GeneratorUrl is { } generator)
        {
            yield return ("generator_url", generator.IsAbsoluteUri ? generator.AbsoluteUri : generator.OriginalString);
        }
    }

    private static void Line(StringBuilder text, string name, string value) =>
        text.Append(CultureInfo.InvariantCulture, $"\n  {Shown(name)}: {Shown(value.ReplaceLineEndings("\n    "))}");

    /// <summary>Without what would move a terminal's cursor or set its colours.</summary>
    private static string Shown(string text) =>
        string.Concat(text.Select(static c => char.IsControl(c) && c is not ('\n' or '\t') ? ' ' : c));
}
