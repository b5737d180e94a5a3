using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using AlertHub.Alerts;
using AlertHub.Notifying;

namespace AlertHub.Channels.Slack;

/// <summary>
/// A notification as the body of a Slack message: a header, and under it an attachment whose bar has the state's
/// colour. Pure; whatever the alerts hold, it keeps Slack's limits.
/// </summary>
public static class SlackMessage
{
    /// <summary>
    /// Slack refuses messages whose blocks add up to some 12,000 characters (msg_blocks_too_long, undocumented;
    /// slackapi/bolt-js issues 2509 and 2867). This stays well below.
    /// </summary>
    public const int LongestBlocks = 9000;

    private const int LongestText = 3000;
    private const int MostAlerts = 10;
    private const int LongestLinks = 2400;

    private static readonly JsonWriterOptions Json = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

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

    /// <summary>The message with its blocks.</summary>
    public static byte[] Render(Notification notification)
    {
        var headline = PlainText.Headline(notification);
        var blocks = notification.Alerts.Count == 1 ? One(notification, notification.Alerts[0]) : Several(notification);
        return Write(json =>
        {
            json.WriteString("text", SlackText.Escape(headline, LongestText));
            json.WriteStartArray("blocks");
            new SlackBlock.Header(SlackText.Escape(headline, SlackBlock.Header.Longest)).Write(json);
            json.WriteEndArray();
            json.WriteStartArray("attachments");
            json.WriteStartObject();
            json.WriteString("color", Colour(notification));
            json.WriteStartArray("blocks");
            foreach (var block in blocks)
            {
                block.Write(json);
            }

            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
        });
    }

    /// <summary>The message without blocks, for a Slack that refused them.</summary>
    public static byte[] RenderPlain(Notification notification) =>
        Write(json => json.WriteString("text", SlackText.Escape(PlainText.Render(notification), LongestText)));

    private static byte[] Write(Action<Utf8JsonWriter> members)
    {
        using var buffer = new MemoryStream(4096);
        using (var json = new Utf8JsonWriter(buffer, Json))
        {
            json.WriteStartObject();
            members(json);
            json.WriteBoolean("unfurl_links", false);
            json.WriteBoolean("unfurl_media", false);
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private static string Colour(Notification notification) =>
        (
            notification.Status,
            notification.CommonAnnotations[Annotation.State],
            notification.CommonLabels["severity"]
        ) switch
        {
            (AlertStatus.Resolved, _, _) => "#2eb67d",
            (_, "INSUFFICIENT_DATA", _) => "#868e96",
            (_, "MESSAGE", _) or (_, _, "info" or "none") => "#1d9bd1",
            (_, _, "warning") => "#ecb22e",
            _ => "#e01e5a",
        };

    private static List<SlackBlock> One(Notification notification, Alert alert)
    {
        List<SlackBlock> blocks = [];
        var annotations = alert.Annotations;
        var change = annotations[Annotation.PreviousState] is { } before
            ? $"{SlackText.Code(before, 40)} → {SlackText.Code(annotations[Annotation.State] ?? "", 40)}"
            : null;
        var threshold = annotations[Annotation.Threshold] is { } condition ? SlackText.Code(condition, 600) : null;
        Section(string.Join("   ", new[] { change, threshold }.OfType<string>()));

        // A summary that repeats the headline tells nothing.
        if (annotations[Annotation.State] is null && annotations[Annotation.Summary] is { } summary)
        {
            Section($"*{SlackText.Escape(summary.Replace('*', ' ').ReplaceLineEndings(" "), 600)}*");
        }

        Section(SlackText.Escape(annotations[Annotation.Description] ?? "", 1400));
        Section(
            annotations[Annotation.Reason] is { } reason
                ? $">{SlackText.Escape(reason.ReplaceLineEndings(" "), 1200)}"
                : ""
        );
        blocks.AddRange(Facts(alert.Labels, annotations));

        var links = Links(annotations, alert.GeneratorUrl, notification.ExternalUrl);
        var footer = Footer(notification, alert);
        var room =
            LongestBlocks - SlackBlock.Header.Longest - links.Length - footer.Length - blocks.Sum(static b => b.Length);
        Section(annotations[Annotation.Raw] is { } raw ? SlackText.Block(raw, Math.Min(room, LongestText)) : "");
        Section(links);
        blocks.Add(new SlackBlock.Context(footer));
        return blocks;

        void Section(string text)
        {
            if (!string.IsNullOrWhiteSpace(text))
            {
                blocks.Add(new SlackBlock.Section(text));
            }
        }
    }

    private static List<SlackBlock> Several(Notification notification)
    {
        var labels = notification.CommonLabels;
        var annotations = notification.CommonAnnotations;
        List<SlackBlock> blocks = [.. Facts(labels, annotations)];
        foreach (var alert in notification.Alerts.Take(MostAlerts))
        {
            var own = Labels.Of(alert.Labels.Where(l => labels[l.Name] is null));
            var name =
                own.Count == 0
                    ? SlackText.Code(alert.Name, 150)
                    : string.Join("  ", own.Take(4).Select(static l => SlackText.Code($"{l.Name}={l.Value}", 90)));
            var says =
                alert.Annotations[Annotation.Summary]
                ?? alert.Annotations[Annotation.Description]
                ?? alert.Annotations[Annotation.Raw];
            var link = alert.GeneratorUrl is { } source ? SlackText.Link(source.AbsoluteUri, "Source", 400) : null;
            var state = alert.Status(notification.Now) == AlertStatus.Firing ? "*Firing*" : "*Resolved*";
            var text = $"{state}  {name}{(says is null ? "" : $"\n{SlackText.Escape(says, 200)}")}";
            blocks.Add(
                new SlackBlock.Section(link is null || text.Length + link.Length > 620 ? text : $"{text}  {link}")
            );
        }

        var more = Math.Max(0, notification.Alerts.Count - MostAlerts) + notification.TruncatedAlerts;
        if (more > 0)
        {
            blocks.Add(new SlackBlock.Context($"and {more.ToString(CultureInfo.InvariantCulture)} more"));
        }

        if (
            Links(annotations, null, notification.ExternalUrl) is { Length: > 0 } links
            && links.Length <= LongestBlocks - 400 - blocks.Sum(static b => b.Length)
        )
        {
            blocks.Add(new SlackBlock.Section(links));
        }

        blocks.Add(new SlackBlock.Context(Footer(notification, notification.Alerts[0])));
        return blocks;
    }

    /// <summary>Labels and the annotations without a place of their own, two columns; what has no room is counted.</summary>
    private static IEnumerable<SlackBlock> Facts(Labels labels, Labels annotations)
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

    private static string Links(Labels annotations, Uri? source, Uri? external)
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
    private static string Footer(Notification notification, Alert alert)
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
            $"{source}{(resolved ? "ended" : "since")} <!date^{at.ToUnixTimeSeconds()}^{{date_num}} {{time_secs}}|{at:yyyy-MM-dd HH:mm:ss} UTC>{lasted}"
        );
    }

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
