namespace AlertHub.Sources.Aws.Messaging;

/// <summary>A contact of Amazon Connect on its way: begun, queued, answered, ended.</summary>
internal static class ConnectContact
{
    public static AwsKind Kind { get; } =
        AwsKind.OfEvent(
            "connect-contact",
            "aws.connect",
            ["Amazon Connect Contact Event", "Connect Customer Contact Event"],
            Tell
        );

    private static AwsStory? Tell(AwsEvent happened)
    {
        var contact = happened.Detail;
        if (contact.Text("eventType") is not { } type || contact.Text("contactId") is not { } id)
        {
            return null;
        }

        var channel = contact.Text("channel")?.ToLowerInvariant() ?? "contact";
        return new()
        {
            Name = "Connect contact",
            Phase = AwsPhase.Happened,
            Severity = AwsSeverity.Info,
            State = type,
            Summary = $"{AwsWords.Sentence(channel)} contact {id}: {AwsWords.Plain(type)}",
            Reason = contact.Text("disconnectReason"),
            Resource = AwsWords.Last(contact.Text("instanceArn")),
            Facts =
            [
                new("initiation", contact.Text("initiationMethod") ?? ""),
                new("queue", AwsWords.Last(contact.Member("queueInfo")?.Text("queueArn"))),
                new("agent", AwsWords.Last(contact.Member("agentInfo")?.Text("agentArn"))),
            ],
        };
    }
}
