using System.Globalization;
using AlertHub.Alerts;
using AlertHub.Notifying;

namespace AlertHub.Channels.Slack;

/// <summary>What is said in the thread of a message that was changed: what is new about it, in a line or three.</summary>
internal static class SlackReply
{
    private const int MostNames = 5;

    /// <summary>
    /// Whether it concerns more people than those who follow the thread: it got worse, is to be remembered, or something happened beside
    /// it.
    /// </summary>
    public static bool IsForEverybody(Notification notification, SlackReceipt before) =>
        notification.Reason == NotificationReason.RepeatIntervalElapsed
        || notification.Alerts.Any(static alert => alert.IsMessage)
        || SlackSeverity.Rank(notification) > before.Severity;

    /// <summary>One section, well below its limit of 3,000 characters.</summary>
    public static SlackContent Content(Notification notification, SlackReceipt before)
    {
        var text = Text(notification, before);
        return new(
            (json, _) =>
            {
                json.WriteString("text", text);
                json.WriteStartArray("blocks");
                new SlackBlock.Section(text).Write(json);
                json.WriteEndArray();
                SlackMessage.WriteUnfurling(json);
            },
            (json, _) =>
            {
                json.WriteString("text", text);
                SlackMessage.WriteUnfurling(json);
            }
        );
    }

    public static string Text(Notification notification, SlackReceipt before)
    {
        var known = notification.Former?.Firing ?? FingerprintSet.Empty;
        var byStatus = notification.Alerts.ToLookup(alert => alert.Status(notification.Now));
        Alert[] firing = [.. byStatus[AlertStatus.Firing]];
        Alert[] ended = [.. byStatus[AlertStatus.Resolved]];
        Alert[] fresh = [.. firing.Where(alert => !known.Contains(alert.Labels.Fingerprint))];
        if (firing.Length == 0)
        {
            var end = ended.Max(static alert => alert.EndsAt) ?? notification.Now;
            var muted = notification.Muted.Sum(static muted => muted.Alerts.Count);
            return muted > 0
                ? $"*{Number(ended.Length)} resolved*: {Names(notification, ended)}\n{Number(muted)} silenced or inhibited, still firing"
                : $"{(ended.Length == 1 ? "*Resolved*" : $"*All {Number(ended.Length)} resolved*")}{After(" after ", before, end)}";
        }

        List<string> lines = [];
        if (SlackSeverity.Rank(notification) > before.Severity && before.Severity > 0)
        {
            var severity = SlackSeverity.Worst(notification)?.Labels["severity"];
            lines.Add(
                severity is { Length: > 0 }
                    ? $"*Severity is now* {SlackText.Code(severity, 60)}"
                    : "*Severity has risen*"
            );
        }

        if (fresh.Length > 0)
        {
            lines.Add($"*{Number(fresh.Length)} new*: {Names(notification, fresh)}");
        }

        if (ended.Length > 0)
        {
            lines.Add($"*{Number(ended.Length)} resolved*: {Names(notification, ended)}");
        }

        // The message above shows them no more when it is changed next.
        lines.AddRange(
            fresh
                .Where(static alert => alert.IsMessage)
                .Take(MostNames)
                .Select(static alert => $">{SlackText.Escape(OneLine(alert), 300)}")
        );
        lines.Add(
            fresh.Length + ended.Length > 0
                ? $"{Number(firing.Length)} firing now"
                : $"*Still firing*{After(" after ", before, notification.Now)}: {Names(notification, firing)}"
        );
        return string.Join('\n', lines);
    }

    private static string After(string words, SlackReceipt before, DateTimeOffset end) =>
        end.ToUnixTimeSeconds() - before.Since is >= 1 and < 100L * 365 * 24 * 60 * 60 and var seconds
            ? words + SlackParts.Length(TimeSpan.FromSeconds(seconds))
            : "";

    private static string Names(Notification notification, Alert[] alerts)
    {
        var common = notification.CommonLabels;
        var names = string.Join(", ", alerts.Take(MostNames).Select(alert => Name(alert, common)));
        return alerts.Length > MostNames ? $"{names} and {Number(alerts.Length - MostNames)} more" : names;
    }

    /// <summary>By what tells it from the others.</summary>
    private static string Name(Alert alert, Labels common)
    {
        var own = SlackParts.Own(alert, common, 2);
        return own.Length == 0
            ? SlackText.Code(alert.Name, 120)
            : string.Join(' ', own.Select(static label => SlackText.Code($"{label.Name}={label.Value}", 90)));
    }

    private static string OneLine(Alert alert) =>
        (
            alert.Annotations[Annotation.Summary] ?? alert.Annotations[Annotation.Description] ?? alert.Name
        ).ReplaceLineEndings(" ");

    private static string Number(int count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
