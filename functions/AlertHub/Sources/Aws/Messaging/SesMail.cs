using System.Text.Json;

namespace AlertHub.Sources.Aws.Messaging;

/// <summary>
/// What became of a mail that SES sent or got: at a topic with <c>notificationType</c> (feedback of an identity) or
/// <c>eventType</c> (of a configuration set), on the bus with the latter.
/// </summary>
internal static class SesMail
{
    public static AwsKind Kind { get; } =
        AwsKind
            .OfEvent(
                "ses-mail",
                "aws.ses",
                [
                    "Email Bounced",
                    "Email Complaint Received",
                    "Email Delivered",
                    "Email Rejected",
                    "Email Sent",
                    "Email Opened",
                    "Email Clicked",
                    "Email Rendering Failed",
                    "Email Delivery Delayed",
                    "Email Subscribed",
                ],
                static happened => Tell(happened.Detail)
            )
            .OrJson(static (root, _) => Tell(root));

    private static AwsStory? Tell(JsonElement said)
    {
        if (
            (said.Text("eventType") ?? said.Text("notificationType")) is not { } type
            || said.Member("mail") is not { } mail
            || mail.Text("messageId") is not { } id
        )
        {
            return null;
        }

        var from = mail.Text("source") ?? "unknown";
        var to = To(said, mail);
        var (severity, words) = Meaning(said, type);
        return new()
        {
            Name = $"SES {AwsWords.Plain(type)}",
            Phase = AwsPhase.Happened,
            Severity = severity,
            State = type,
            Summary = $"Mail from {from} to {(to.Count > 0 ? AwsWords.Several(to) : "somebody")} {words}",
            Description = mail.Member("commonHeaders")?.Text("subject") is { } subject ? $"Subject: {subject}" : null,
            Reason = Why(said),
            Resource = from,
            At = mail.Time("timestamp"),
            ConsolePath = "ses/home#/reputation",
            Facts = [new("message", id), new("sending_ip", mail.Text("sourceIp") ?? "")],
        };
    }

    private static (AwsSeverity Severity, string Words) Meaning(JsonElement said, string type) =>
        type switch
        {
            "Bounce" when said.Member("bounce")?.Text("bounceType") == "Permanent" => (
                AwsSeverity.Warning,
                "bounced for good"
            ),
            "Bounce" => (AwsSeverity.Info, "bounced"),
            "Complaint" => (AwsSeverity.Warning, "was complained about"),
            "Reject" => (AwsSeverity.Warning, "was rejected by SES"),
            "Rendering Failure" => (AwsSeverity.Warning, "could not be rendered"),
            "DeliveryDelay" => (AwsSeverity.Info, "is delayed"),
            "Delivery" => (AwsSeverity.Info, "was delivered"),
            "Received" => (AwsSeverity.Info, "came in"),
            "Send" => (AwsSeverity.Info, "was sent"),
            "Open" => (AwsSeverity.Info, "was opened"),
            "Click" => (AwsSeverity.Info, "was clicked in"),
            _ => (AwsSeverity.Info, AwsWords.Plain(type)),
        };

    /// <summary>Of several only those that it is about.</summary>
    private static List<string> To(JsonElement said, JsonElement mail)
    {
        var concerned = Addresses(said.Member("bounce"), "bouncedRecipients")
            .Concat(Addresses(said.Member("complaint"), "complainedRecipients"))
            .Concat(Addresses(said.Member("deliveryDelay"), "delayedRecipients"))
            .ToList();
        return concerned.Count > 0
            ? concerned
            : [.. mail.Items("destination").Select(static each => each.AsText()).OfType<string>()];
    }

    private static IEnumerable<string> Addresses(JsonElement? about, string member) =>
        about?.Items(member).Select(static each => each.Text("emailAddress")).OfType<string>() ?? [];

    private static string? Why(JsonElement said) =>
        said.Member("bounce")
            ?.Items("bouncedRecipients")
            .Select(static each => each.Text("diagnosticCode"))
            .FirstOrDefault(static each => each is not null)
        ?? said.Member("complaint")?.Text("complaintFeedbackType")
        ?? said.Member("reject")?.Text("reason")
        ?? said.Member("failure")?.Text("errorMessage")
        ?? said.Member("deliveryDelay")?.Text("delayType")
        ?? said.Member("delivery")?.Text("smtpResponse");
}
