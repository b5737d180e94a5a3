using System.Text.Json;
using AlertHub.Alerts;
using AlertHub.Notifying;
using AlertHub.Text;

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

    /// <summary>The bar of what nobody can judge or need not look at.</summary>
    internal const string Grey = "#868e96";

    private const int LongestText = 3000;
    private const int LongestPreview = 200;

    /// <summary>Of what came, below what was found in it.</summary>
    private const int LongestFold = 900;
    private const int LongestWholeName = 100;

    /// <summary>The message with its blocks.</summary>
    public static byte[] Render(Notification notification) => Render(notification, SlackSender.Unnamed);

    /// <summary>The same from a sender.</summary>
    public static byte[] Render(Notification notification, SlackSender sender) =>
        new SlackEnvelope.New(sender).Around(Content(notification).Full);

    internal static SlackContent Content(Notification notification) => Content(notification, actions: null);

    /// <param name="notification">What is told.</param>
    /// <param name="actions">Null where nobody answers to buttons.</param>
    internal static SlackContent Content(Notification notification, SlackActions? actions) =>
        new(
            (json, isChange) => Write(json, isChange, notification, actions),
            (json, isChange) => WritePlain(json, isChange, notification)
        );

    private static void Write(Utf8JsonWriter json, bool isChange, Notification notification, SlackActions? actions)
    {
        var headline = PlainText.Headline(notification);
        var blocks =
            notification.Alerts.Count == 1
                ? One(notification, notification.Alerts[0], actions)
                : SlackGroup.Blocks(notification, actions);
        json.WriteString("text", SlackText.Escape(Preview(notification, headline), LongestText));
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
        if (!isChange)
        {
            WriteUnfurling(json);
        }
    }

    /// <summary>What a phone shows of it: the headline and, where it is one alert, why.</summary>
    private static string Preview(Notification notification, string headline)
    {
        var first = notification.FiringFirst.First();
        var why = Why(first.Name, notification.CommonAnnotations) ?? Why(first.Name, first.Annotations);
        return why is null ? headline : $"{headline}\n{Cut.To(why.ReplaceLineEndings(" "), LongestPreview)}";
    }

    /// <summary>What is wrong before the service's own words, which may be no more than a code.</summary>
    private static string? Why(string name, Labels annotations)
    {
        var (summary, reason) = (Summary(name, annotations), annotations[Annotation.Reason]);
        return summary is null || reason is null
            ? summary ?? reason ?? annotations[Annotation.Description] ?? annotations[Annotation.Raw]
            : $"{summary}: {reason}";
    }

    /// <summary>Null where it only repeats the headline.</summary>
    internal static string? Summary(string name, Labels annotations) =>
        annotations[Annotation.Summary] is { } summary && summary != $"{name} is {annotations[Annotation.State]}"
            ? summary
            : null;

    /// <summary>The message without blocks, for a Slack that refused them.</summary>
    public static byte[] RenderPlain(Notification notification) => RenderPlain(notification, SlackSender.Unnamed);

    /// <summary>The same from a sender.</summary>
    public static byte[] RenderPlain(Notification notification, SlackSender sender) =>
        new SlackEnvelope.New(sender).Around(Content(notification).Plain);

    internal static void WritePlain(Utf8JsonWriter json, bool isChange, Notification notification)
    {
        json.WriteString("text", SlackText.Escape(PlainText.Render(notification), LongestText));
        if (isChange)
        {
            // What is not named stays.
            json.WriteStartArray("blocks");
            json.WriteEndArray();
            json.WriteStartArray("attachments");
            json.WriteEndArray();
        }
        else
        {
            WriteUnfurling(json);
        }
    }

    /// <summary>Addresses in alerts are not for Slack to call.</summary>
    internal static void WriteUnfurling(Utf8JsonWriter json)
    {
        json.WriteBoolean("unfurl_links", false);
        json.WriteBoolean("unfurl_media", false);
    }

    /// <summary>Green for what is over, grey for what nobody can judge or need not look at, else by the worst that fires.</summary>
    private static string Colour(Notification notification)
    {
        var annotations = notification.CommonAnnotations;
        var isUnjudged = notification.Alerts.All(static alert =>
            alert is { IsMessage: true } && alert.Labels["severity"] is null
        );
        var isOver = notification.Status == AlertStatus.Resolved;
        var isGrey =
            notification.IsMuted
            // What it said to fire beside that fires still.
            || (isOver && notification.Muted.Count > 0)
            || (
                !isOver
                && (
                    annotations[Annotation.State] is "INSUFFICIENT_DATA"
                    || annotations[Annotation.SuppressedBy] is not null
                )
            );
        return isGrey ? Grey
            : isOver ? "#2eb67d"
            // What only says something, and not how bad it is, may be bad news.
            : isUnjudged ? "#ecb22e"
            : SlackSeverity.Rank(notification) switch
            {
                1 => "#1d9bd1",
                2 => "#ecb22e",
                _ => "#e01e5a",
            };
    }

    private static List<SlackBlock> One(Notification notification, Alert alert, SlackActions? actions)
    {
        List<SlackBlock> blocks = [.. SlackMutes.Blocks(notification)];
        var annotations = alert.Annotations;
        var change = annotations[Annotation.PreviousState] is { } before
            ? $"{SlackText.Code(before, 40)} → {SlackText.Code(annotations[Annotation.State] ?? "", 40)}"
            : null;
        var threshold = annotations[Annotation.Threshold] is { } condition ? SlackText.Code(condition, 600) : null;
        Section(string.Join("   ", new[] { change, threshold }.OfType<string>()));

        // The header has cut it.
        Section(
            alert.Name.Length > LongestWholeName && annotations[Annotation.Raw] is null
                ? SlackText.Code(alert.Name, 300)
                : ""
        );

        if (Summary(alert.Name, annotations) is { } summary)
        {
            Section($"*{SlackText.Escape(summary.Replace('*', ' ').ReplaceLineEndings(" "), 600)}*");
        }

        Section(SlackText.Escape(annotations[Annotation.Description] ?? "", 1200));
        Section(
            annotations[Annotation.Reason] is { } reason
                ? $">{SlackText.Escape(reason.ReplaceLineEndings(" "), 1000)}"
                : ""
        );
        blocks.AddRange(SlackParts.Facts(alert.Labels, annotations));

        var links = SlackParts.Links(notification, annotations, alert.GeneratorUrl, actions);
        var footer = SlackParts.Footer(notification, alert);
        var room =
            LongestBlocks
            - SlackBlock.Header.Longest
            - (links?.Length ?? 0)
            - footer.Length
            - blocks.Sum(static b => b.Length);
        Section(
            annotations[Annotation.Raw] is { } raw
                ? SlackText.Block(
                    raw,
                    Math.Min(room, annotations[Annotation.Summary] is null ? LongestText : LongestFold)
                )
                : ""
        );
        if (links is not null)
        {
            blocks.Add(links);
        }

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
}
