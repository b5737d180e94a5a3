using System.Globalization;
using AlertHub.Alerts;
using AlertHub.Notifying;

namespace AlertHub.Channels.Slack;

/// <summary>
/// Several alerts in one message: what they share, the ten worst, and how many more there are. Of a storm nobody reads each: it is a
/// digest, which counts by severity and by what tells the alerts apart, and keeps the worst to a line each.
/// </summary>
internal static class SlackGroup
{
    private const int MostAlerts = 10;

    /// <summary>From so many on it is a storm.</summary>
    private const int Storm = 50;

    private const int MostValues = 5;
    private const int LongestAlert = 480;
    private const int LongestLine = 260;

    public static List<SlackBlock> Blocks(Notification notification, SlackActions? actions)
    {
        var (labels, annotations) = (notification.CommonLabels, notification.CommonAnnotations);
        var count = notification.Alerts.Count + notification.TruncatedAlerts;
        Alert[] worst =
        [
            .. notification
                .Alerts.OrderBy(alert => alert.Status(notification.Now))
                .ThenByDescending(static alert => SlackSeverity.Rank(alert.Labels["severity"]))
                .Take(MostAlerts),
        ];
        List<SlackBlock> blocks =
        [
            .. SlackMutes.Blocks(notification),
            .. SlackParts.Facts(labels, annotations, room: 0),
        ];
        if (notification.Alerts.Count > MostAlerts)
        {
            blocks.AddRange(Digest(notification, labels));
        }

        blocks.AddRange(
            count >= Storm
                ?
                [
                    new SlackBlock.Section(
                        string.Join('\n', worst.Select(alert => Line(notification, labels, alert, LongestLine)))
                    ),
                ]
                : worst.Select(alert => new SlackBlock.Section(Shown(notification, labels, alert)))
        );
        if (count > worst.Length)
        {
            var more = $"and {Number(count - worst.Length)} more";
            blocks.Add(
                new SlackBlock.Context(
                    notification.ExternalUrl is { } hub ? SlackText.Link(hub.OriginalString, more, 1600) ?? more : more
                )
            );
        }

        if (
            SlackParts.Links(notification, annotations, source: null, actions) is { } links
            && links.Length <= SlackMessage.LongestBlocks - 400 - blocks.Sum(static b => b.Length)
        )
        {
            blocks.Add(links);
        }

        blocks.Add(new SlackBlock.Context(SlackParts.Footer(notification, notification.Alerts[0])));
        return blocks;
    }

    /// <summary>How many of what: by severity, worst first, and by the label that best divides them.</summary>
    private static IEnumerable<SlackBlock> Digest(Notification notification, Labels common)
    {
        List<string> lines = [];
        if (common["severity"] is null && notification.Alerts.Any(static alert => alert.Labels["severity"] is not null))
        {
            lines.Add(Counts(notification.Alerts, "severity", SlackSeverity.Rank));
        }

        if (Divider(notification.Alerts, common) is { } name)
        {
            lines.Add(Counts(notification.Alerts, name, static _ => 0));
        }

        if (lines.Count > 0)
        {
            yield return new SlackBlock.Section(string.Join('\n', lines));
        }
    }

    /// <summary>The label of fewest values, but more than one, that most alerts have; alertname before all others.</summary>
    private static string? Divider(IReadOnlyList<Alert> alerts, Labels common) =>
        alerts
            .SelectMany(static alert => alert.Labels)
            .Where(label => !label.IsInternal && label.Name is not "severity" && common[label.Name] is null)
            .GroupBy(static label => label.Name, StringComparer.Ordinal)
            .Select(static label => (Name: label.Key, Alerts: label.Count(), Values: label.Distinct().Count()))
            .Where(label => label.Values > 1 && label.Values * 2 <= label.Alerts && label.Alerts * 2 > alerts.Count)
            .OrderBy(static label => label.Name is not Label.AlertName)
            .ThenBy(static label => label.Values)
            .ThenBy(static label => label.Name, StringComparer.Ordinal)
            .Select(static label => label.Name)
            .FirstOrDefault();

    private static string Counts(IReadOnlyList<Alert> alerts, string name, Func<string, int> rank)
    {
        var called = SlackText.Escape(SlackParts.Name(name), 40);
        var counts = alerts
            .CountBy(alert => alert.Labels[name] ?? "", StringComparer.Ordinal)
            .OrderByDescending(each => rank(each.Key))
            .ThenByDescending(static each => each.Value)
            .ThenBy(static each => each.Key, StringComparer.Ordinal)
            .ToArray();
        var shown = string.Join(
            "  ",
            counts
                .Take(MostValues)
                .Select(static each =>
                    $"{(each.Key.Length == 0 ? "none" : SlackText.Code(each.Key, 90))} {Number(each.Value)}"
                )
        );
        return counts.Length > MostValues
            ? $"*{called}*  {shown}  and {Number(counts.Length - MostValues)} more"
            : $"*{called}*  {shown}";
    }

    private static string Shown(Notification notification, Labels common, Alert alert)
    {
        var text = Line(notification, common, alert, LongestAlert);
        var says = Says(alert) is { } words ? $"\n{SlackText.Escape(words, 200)}" : "";
        var link = alert.GeneratorUrl is { } source
            ? SlackText.Link(source.OriginalString, SlackParts.SourceName(source), 400)
            : null;
        return link is null || text.Length + says.Length + link.Length > LongestAlert
            ? text + says
            : $"{text}{says}  {link}";
    }

    private static string Line(Notification notification, Labels common, Alert alert, int longest)
    {
        var own = SlackParts.Own(alert, common, 4);
        var line =
            alert.IsMessage ? "*Message*"
            : alert.Status(notification.Now) == AlertStatus.Firing ? "*Firing*"
            : "*Resolved*";
        if (own.Length == 0)
        {
            return $"{line}  {SlackText.Code(alert.Name, 150)}";
        }

        foreach (var label in own)
        {
            // Its name needs no name.
            var code = SlackText.Code(label.Name == Label.AlertName ? label.Value : $"{label.Name}={label.Value}", 90);
            line = line.Length + code.Length + 2 <= longest ? $"{line}  {code}" : line;
        }

        return line;
    }

    private static string? Says(Alert alert) =>
        SlackMessage.Summary(alert.Name, alert.Annotations)
        ?? alert.Annotations[Annotation.Description]
        ?? alert.Annotations[Annotation.Reason]
        ?? alert.Annotations[Annotation.Raw];

    private static string Number(int count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
