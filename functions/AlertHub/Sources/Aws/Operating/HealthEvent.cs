using System.Globalization;

namespace AlertHub.Sources.Aws.Operating;

/// <summary>What AWS Health tells of a service or a resource; over when Health says that it is closed.</summary>
internal static class HealthEvent
{
    private const int LongestSentence = 200;

    public static AwsKind Kind { get; } =
        AwsKind.OfEvent("health-event", "aws.health", ["AWS Health Event", "AWS Health Abuse Event"], Tell);

    private static AwsStory? Tell(AwsEvent happened)
    {
        var health = happened.Detail;
        if (health.Text("eventArn") is not { } arn || health.Text("eventTypeCode") is not { } code)
        {
            return null;
        }

        var service = health.Text("service") ?? "AWS";
        var category = health.Text("eventTypeCategory");
        var entities = health
            .Items("affectedEntities")
            .Select(static each => each.Text("entityValue"))
            .OfType<string>()
            .Select(static entity =>
                entity.StartsWith("arn:", StringComparison.Ordinal) ? AwsWords.Last(entity) : entity
            )
            .ToList();
        var text = health
            .Items("eventDescription")
            .Select(static each => each.Text("latestDescription"))
            .FirstOrDefault();
        var what = $"{Known(service)}: {Words(code, service)}";
        var isClosed = health.Text("statusCode") == "closed" || health.Time("endTime") <= happened.Time;
        return new()
        {
            Name = $"AWS Health: {Known(service)} {Words(code, service)}",
            Identity = arn,
            // Nobody closes what is only told.
            Phase =
                isClosed ? AwsPhase.Ends
                : category == "accountNotification" ? AwsPhase.Happened
                : AwsPhase.Begins,
            Severity = category switch
            {
                "issue" => AwsSeverity.Critical,
                "scheduledChange" or "investigation" => AwsSeverity.Warning,
                _ => AwsSeverity.Info,
            },
            State = health.Text("statusCode"),
            // The name says what it is, so that what AWS says to it comes first where nothing has to be added.
            Summary =
                !isClosed && category != "scheduledChange" && entities.Count < 2 && Sentence(text) is { } sentence
                    ? sentence
                    : $"{what}{(entities.Count > 0 ? $" ({AwsWords.Several(entities)})" : "")}{(isClosed ? " is over" : When(category, health.Time("startTime")))}",
            Description = text,
            Resource = entities is [var only] ? only : null,
            Account = health.Text("affectedAccount"),
            Region = health.Text("eventRegion"),
            At = isClosed ? health.Time("endTime") ?? happened.Time : health.Time("startTime"),
            ConsolePath = $"health/home#/event-log?eventID={Uri.EscapeDataString(arn)}",
            Facts = [new("category", category ?? ""), new("event_type", code)],
        };
    }

    private static string When(string? category, DateTimeOffset? startsAt) =>
        category == "scheduledChange" && startsAt is { } at
            ? at.ToString(", 'on' yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture)
            : "";

    /// <summary>As people know it, where the code is not that already.</summary>
    private static string Known(string service) => service == "DIRECTCONNECT" ? "Direct Connect" : service;

    /// <summary>The first; null where it is longer than a line.</summary>
    private static string? Sentence(string? text)
    {
        var line = text?.TrimStart().Split('\n')[0].Trim() ?? "";
        var end = line.IndexOf(". ", StringComparison.Ordinal);
        var first = end < 0 ? line : line[..(end + 1)];
        return first.Length is > 0 and <= LongestSentence ? first : null;
    }

    /// <summary><c>AWS_RDS_OPERATIONAL_ISSUE</c> of RDS is an operational issue.</summary>
    private static string Words(string code, string service)
    {
        var prefix = $"AWS_{service}_";
        var rest = code.StartsWith(prefix, StringComparison.Ordinal) ? code[prefix.Length..] : code;
        return AwsWords.Plain(rest);
    }
}
