using System.Globalization;
using AlertHub.Alerts;
using AlertHub.Notifying;

namespace AlertHub.Channels.Slack;

/// <summary>What one alert and a group of them show alike: facts, links, and when it was.</summary>
internal static class SlackParts
{
    /// <summary>Bounds what addresses take of the message's text.</summary>
    private const int LongestLinks = 2400;

    /// <summary>Annotations with a place of their own in the message; any other is a field.</summary>
    private static readonly string[] Placed =
    [
        Annotation.Summary,
        Annotation.Description,
        Annotation.Reason,
        Annotation.State,
        Annotation.PreviousState,
        Annotation.Threshold,
        Annotation.Dimensions,
        Annotation.Raw,
    ];

    /// <summary>Labels and the annotations without a place of their own, two columns; what has no room is counted.</summary>
    public static IEnumerable<SlackBlock> Facts(Labels labels, Labels annotations)
    {
        Label[] facts =
        [
            .. annotations.Where(static a => a.Name == Annotation.Dimensions),
            .. labels.Where(static l => l.Name is not (Label.AlertName or "alarm_arn" or "message" or "source")),
            .. annotations.Where(static a =>
                !Placed.Contains(a.Name) && !a.Name.EndsWith(Annotation.UrlSuffix, StringComparison.Ordinal)
            ),
        ];
        if (facts.Length > 0)
        {
            yield return new SlackBlock.Fields([
                .. facts
                    .Take(SlackBlock.Fields.Most)
                    .Select(static f => $"*{SlackText.Escape(Name(f.Name), 40)}*\n{SlackText.Code(f.Value, 160)}"),
            ]);
        }

        if (facts.Length > SlackBlock.Fields.Most)
        {
            yield return new SlackBlock.Context(
                $"and {facts.Length - SlackBlock.Fields.Most} more labels and annotations"
            );
        }
    }

    public static string Links(Labels annotations, Uri? source, Uri? external)
    {
        var links = annotations
            .Where(static a => a.Name.EndsWith(Annotation.UrlSuffix, StringComparison.Ordinal))
            .OrderBy(static a => a.Name != Annotation.RunbookUrl)
            .Select(static a => SlackText.Link(a.Value, Name(a.Name[..^Annotation.UrlSuffix.Length]), 1600))
            .Append(source is null ? null : SlackText.Link(source.AbsoluteUri, "Source", 1600))
            .Append(external is null ? null : SlackText.Link(external.AbsoluteUri, "Alertmanager", 400))
            .OfType<string>();
        var line = "";
        foreach (var link in links)
        {
            var longer = line.Length == 0 ? link : $"{line}  ·  {link}";
            line = longer.Length <= LongestLinks ? longer : line;
        }

        return line;
    }

    /// <summary>When, in the reader's own time zone and, where Slack cannot tell that, in UTC.</summary>
    public static string Footer(Notification notification, Alert alert)
    {
        var resolved = alert.Status(notification.Now) == AlertStatus.Resolved;
        var at = resolved ? alert.EndsAt!.Value : alert.StartsAt;
        var lasted =
            resolved && alert.EndsAt - alert.StartsAt is { TotalSeconds: >= 1 } length
                ? $" after {Length(length)}"
                : "";
        var source = alert.Labels["source"] is { } name ? $"{SlackText.Code(name, 60)}  " : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{source}{Moment(alert, resolved)} <!date^{at.ToUnixTimeSeconds()}^{{date_num}} {{time_secs}}|{at:yyyy-MM-dd HH:mm:ss} UTC>{lasted}"
        );
    }

    private static string Moment(Alert alert, bool resolved) =>
        resolved ? "ended"
        : alert.Annotations[Annotation.State] == "MESSAGE" ? "came"
        : "since";

    private static string Length(TimeSpan length) =>
        length switch
        {
            { TotalDays: >= 1 } => $"{(int)length.TotalDays} d {length.Hours} h",
            { TotalHours: >= 1 } => $"{(int)length.TotalHours} h {length.Minutes} min",
            { TotalMinutes: >= 1 } => $"{(int)length.TotalMinutes} min {length.Seconds} s",
            _ => $"{(int)length.TotalSeconds} s",
        };

    /// <summary><c>dead_letter</c> is "Dead letter" to a reader; what could format is left out.</summary>
    private static string Name(string name)
    {
        var words = name.Replace('_', ' ').Replace('*', ' ').Replace('`', ' ').Replace('~', ' ').Trim();
        return words.Length == 0 ? "Unnamed" : char.ToUpperInvariant(words[0]) + words[1..];
    }
}
