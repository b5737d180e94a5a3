using System.Globalization;
using AlertHub.Alerts;
using AlertHub.Notifying;

namespace AlertHub.Channels.Slack;

/// <summary>What one alert and a group of them show alike: facts, links, and when it was.</summary>
internal static class SlackParts
{
    /// <summary>Bounds what addresses take of the message's text.</summary>
    private const int LongestLinks = 2400;

    private const int LongestLink = 1600;

    /// <summary>Of an alarm of CloudWatch.</summary>
    private const string Identifier = "alarm_arn";

    /// <summary>The room of a reason and a threshold, which what has commands has not.</summary>
    private const int LongestCommands = 1200;

    private const int MostCommands = 2;

    /// <summary>What a person asks first of something that somebody did; any other fact comes after.</summary>
    private static readonly string[] FirstFacts = ["who", "source_address", "mfa", "policy"];

    /// <summary>In the order a person needs them; any other link comes after.</summary>
    private static readonly string[] FirstLinks =
    [
        Annotation.RunbookUrl,
        Annotation.AlarmUrl,
        Annotation.ResourceUrl,
        Annotation.MetricUrl,
        Annotation.LogsUrl,
        Annotation.DashboardUrl,
    ];

    /// <summary>Of the partitions.</summary>
    private static readonly string[] Consoles =
    [
        ".console.aws.amazon.com",
        ".console.amazonaws.cn",
        ".console.amazonaws-us-gov.com",
        ".console.amazonaws-eusc.eu",
    ];

    /// <summary>Words that people write in capitals.</summary>
    private static readonly string[] Capitals = ["arn", "id", "ip", "mfa", "url", "vpc"];

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
    public static IEnumerable<SlackBlock> Facts(Labels labels, Labels annotations) =>
        Facts(
            labels,
            annotations,
            annotations[Annotation.Reason] is null && annotations[Annotation.Threshold] is null ? LongestCommands : 0
        );

    /// <inheritdoc cref="Facts(Labels, Labels)"/>
    /// <param name="labels">Of the alert, or that alerts have in common.</param>
    /// <param name="annotations">The same.</param>
    /// <param name="room">For commands, in characters; without any they are only counted.</param>
    public static IEnumerable<SlackBlock> Facts(Labels labels, Labels annotations, int room)
    {
        Label[] facts =
        [
            .. annotations.Where(static a => a.Name == Annotation.Dimensions),
            .. labels.Where(static l => l.Name is not (Label.AlertName or Identifier) && !l.IsInternal),
            .. annotations
                .Where(static a => !Placed.Contains(a.Name) && !a.IsInternal && !IsLink(a) && !IsCommand(a))
                .OrderBy(static a => Place(FirstFacts, a.Name)),
        ];
        if (facts.Length > 0)
        {
            yield return new SlackBlock.Fields([
                .. facts
                    .Take(SlackBlock.Fields.Most)
                    .Select(static f =>
                        $"*{SlackText.Escape(Name(f.Name), 40)}*\n{SlackText.Code(f.Value, f.Name == Annotation.Dimensions ? 500 : 160)}"
                    ),
            ]);
        }

        Label[] commands = [.. annotations.Where(IsCommand)];
        var shown = room > 0 ? Math.Min(commands.Length, MostCommands) : 0;
        foreach (var command in commands.Take(shown))
        {
            yield return new SlackBlock.Section(Command(command, room / shown));
        }

        if (Math.Max(facts.Length - SlackBlock.Fields.Most, 0) + commands.Length - shown is > 0 and var more)
        {
            yield return new SlackBlock.Context($"and {more} more");
        }
    }

    /// <summary>The lines that fit, each whole: who runs half of one does something else.</summary>
    private static string Command(Label command, int room)
    {
        var name = $"*{SlackText.Escape(Name(command.Name), 40)}*";
        string[] lines = command.Value.ReplaceLineEndings("\n").Split('\n');
        var (text, shown) = ("", 0);
        while (
            shown < lines.Length
            && SlackText.Block(string.Join('\n', lines[..(shown + 1)]), int.MaxValue) is var longer
            && longer.Length <= room
        )
        {
            (text, shown) = (longer, shown + 1);
        }

        var rest = lines.Length - shown;
        var where =
            $"too long for this message: the alert has all of it as annotation `{SlackText.Escape(command.Name, 60)}`";
        return rest == 0 ? $"{name}\n{text}"
            : shown == 0 ? $"{name} is {where}"
            : $"{name}\n{text}\nand {rest} more, {where}";
    }

    private static bool IsCommand(Label annotation) =>
        annotation.Name.EndsWith(Annotation.CommandSuffix, StringComparison.Ordinal);

    /// <summary>What tells an alert from the others, in order; an alarm's ARN says no more than its name and where it is.</summary>
    public static Label[] Own(Alert alert, Labels common, int most) =>
        [
            .. alert
                .Labels.Where(label => common[label.Name] is null && label.Name != Identifier && !label.IsInternal)
                .Take(most),
        ];

    private static bool IsLink(Label annotation) =>
        annotation.Name.EndsWith(Annotation.UrlSuffix, StringComparison.Ordinal);

    private static int Place(string[] first, string name) =>
        Array.IndexOf(first, name) is >= 0 and var place ? place : first.Length;

    /// <summary>What made the alert: AWS's console, where the address is one of its own and not only like it.</summary>
    public static string SourceName(Uri source) =>
        source is { IsAbsoluteUri: true, Scheme: "https" }
        && Consoles.Any(console => $".{source.Host}".EndsWith(console, StringComparison.Ordinal))
            ? "AWS console"
            : "Source";

    /// <summary>As a line, or as buttons where somebody answers to these; null where there are none.</summary>
    public static SlackBlock? Links(Notification notification, Labels annotations, Uri? source, SlackActions? actions)
    {
        var all = annotations
            .Where(IsLink)
            .OrderBy(static a => Place(FirstLinks, a.Name))
            .Select(static a =>
                (Address: a.Value, Label: Name(a.Name[..^Annotation.UrlSuffix.Length]), Longest: LongestLink)
            );
        if (source is not null)
        {
            all = all.Append((source.OriginalString, SourceName(source), LongestLink));
        }

        if (notification.ExternalUrl is { } external)
        {
            all = all.Append((external.AbsoluteUri, "All alerts", 400));
        }

        return actions is null ? Line(all) : Buttons(notification, all, actions);
    }

    private static SlackBlock.Section? Line(IEnumerable<(string Address, string Label, int Longest)> links)
    {
        var line = "";
        foreach (var (address, label, longest) in links)
        {
            if (SlackText.Link(address, label, longest) is { } link)
            {
                var longer = line.Length == 0 ? link : $"{line}  ·  {link}";
                line = longer.Length <= LongestLinks ? longer : line;
            }
        }

        return line.Length > 0 ? new(line) : null;
    }

    private static SlackBlock.Actions? Buttons(
        Notification notification,
        IEnumerable<(string Address, string Label, int Longest)> links,
        SlackActions actions
    )
    {
        var left = LongestLinks;
        List<(string, string)> fitting = [];
        foreach (var (address, label, longest) in links)
        {
            // What is no link in a line is none as a button.
            if (
                SlackText.Link(address, label, longest) is not null
                && new Uri(address).AbsoluteUri is var url
                && url.Length + label.Length <= left
            )
            {
                fitting.Add((SlackText.Escape(label, SlackBlock.Button.Longest), url));
                left -= url.Length + label.Length;
            }
        }

        SlackBlock.Button[] buttons = [.. actions.Buttons(notification, fitting).Take(SlackBlock.Actions.Most)];
        return buttons.Length > 0 ? new(buttons) : null;
    }

    /// <summary>When it began or ended.</summary>
    public static string Footer(Notification notification, Alert alert)
    {
        var resolved = alert.Status(notification.Now) == AlertStatus.Resolved;
        var at = resolved ? alert.EndsAt!.Value : alert.StartsAt;
        var lasted =
            resolved && alert.EndsAt - alert.StartsAt is { TotalSeconds: >= 1 } length
                ? $" after {Length(length)}"
                : "";
        return string.Create(CultureInfo.InvariantCulture, $"{Moment(alert, resolved)} {Time(at)}{lasted}");
    }

    /// <summary>In the reader's own time zone and, where Slack cannot tell that, in UTC.</summary>
    public static string Time(DateTimeOffset at) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"<!date^{at.ToUnixTimeSeconds()}^{{date_num}} {{time_secs}}|{at.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC>"
        );

    private static string Moment(Alert alert, bool resolved) =>
        resolved ? "ended"
        : alert.IsMessage ? "at"
        : "since";

    public static string Length(TimeSpan length) =>
        length switch
        {
            { TotalDays: >= 1 } => $"{(int)length.TotalDays} d {length.Hours} h",
            { TotalHours: >= 1 } => $"{(int)length.TotalHours} h {length.Minutes} min",
            { TotalMinutes: >= 1 } => $"{(int)length.TotalMinutes} min {length.Seconds} s",
            _ => $"{(int)length.TotalSeconds} s",
        };

    /// <summary><c>dead_letter</c> is "Dead letter" to a reader, <c>resource_arn</c> "Resource ARN"; what could format is left out.</summary>
    public static string Name(string name)
    {
        var words = string.Join(
                ' ',
                name.Split(['_', '*', '`', '~', ' '])
                    .Select(static word =>
                        Capitals.Contains(word, StringComparer.Ordinal) ? word.ToUpperInvariant() : word
                    )
            )
            .Trim();
        return words.Length == 0 ? "Unnamed" : char.ToUpperInvariant(words[0]) + words[1..];
    }
}
