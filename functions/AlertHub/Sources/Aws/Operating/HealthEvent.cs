using System.Globalization;

namespace AlertHub.Sources.Aws.Operating;

/// <summary>What AWS Health tells of a service or a resource; over when Health says that it is closed.</summary>
internal static class HealthEvent
{
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
            Summary =
                $"{Known(service)}: {Words(code, service)}{(entities.Count > 0 ? $" ({AwsWords.Several(entities)})" : "")}{(isClosed ? " is over" : When(category, health.Time("startTime")))}",
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

    /// <summary><c>AWS_RDS_OPERATIONAL_ISSUE</c> of RDS is an operational issue.</summary>
    private static string Words(string code, string service)
    {
        var prefix = $"AWS_{service}_";
        var rest = code.StartsWith(prefix, StringComparison.Ordinal) ? code[prefix.Length..] : code;
        return AwsWords.Plain(rest);
    }
}
