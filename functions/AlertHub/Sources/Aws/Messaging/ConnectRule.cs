namespace AlertHub.Sources.Aws.Messaging;

/// <summary>A rule of Amazon Connect that matched: on a conversation, or on metrics of queues and agents.</summary>
internal static class ConnectRule
{
    public static AwsKind Kind { get; } =
        AwsKind.OfEvent(
            "connect-rule",
            "aws.connect",
            [
                "Contact Lens Post Call Rules Matched",
                "Contact Lens Realtime Rules Matched",
                "Contact Lens Post Chat Rules Matched",
                "Contact Lens Realtime Chat Rules Matched",
                "Contact Lens Email Rules Matched",
                "Contact Lens Evaluation Rules Matched",
                "Metrics Rules Matched",
            ],
            Tell
        );

    private static AwsStory? Tell(AwsEvent happened)
    {
        var detail = happened.Detail;
        if (detail.Text("ruleName") is not { } rule)
        {
            return null;
        }

        var what = happened.DetailType.Replace(" Rules Matched", "", StringComparison.Ordinal);
        return new()
        {
            Name = $"Connect rule {rule}",
            Phase = AwsPhase.Happened,
            Severity = AwsSeverity.Warning,
            State = detail.Text("actionName"),
            Summary = $"Rule {rule} matched ({what})",
            Resource = rule,
            ConsolePath = "connect/v2/app/instances",
            Facts =
            [
                new("instance", AwsWords.Last(detail.Text("instanceArn"))),
                new("contact", AwsWords.Last(detail.Text("contactArn"))),
                new("queue", AwsWords.Last(detail.Text("queueArn"))),
                new("agent", AwsWords.Last(detail.Text("agentArn"))),
            ],
        };
    }
}
