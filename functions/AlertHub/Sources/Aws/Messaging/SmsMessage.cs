using System.Text.Json;

namespace AlertHub.Sources.Aws.Messaging;

/// <summary>What became of a text or voice message of End User Messaging, on the bus or at an event destination's topic.</summary>
internal static class SmsMessage
{
    public static AwsKind Kind { get; } =
        AwsKind
            .OfEvent(
                "sms-message",
                "aws.sms-voice",
                [
                    "Text Message Delivery Status Updated",
                    "Media Message Delivery Status Updated",
                    "Voice Message Delivery Status Updated",
                ],
                static happened => Tell(happened.Detail)
            )
            .OrJson(static (root, _) => Tell(root));

    private static AwsStory? Tell(JsonElement message)
    {
        if (
            message.Text("eventType") is not { } type
            || message.Text("messageStatus") is not { } status
            || message.Text("destinationPhoneNumber") is not { } to
            || type.Split('_') is not [("TEXT" or "MEDIA" or "VOICE") and var sort, ..]
        )
        {
            return null;
        }

        // Delivered, queued, sent and so on; what cannot be delivered has a word of its own for each reason.
        var isFine =
            status
            is "SUCCESSFUL"
                or "DELIVERED"
                or "PENDING"
                or "QUEUED"
                or "SENT"
                or "ANSWERED"
                or "RINGING"
                or "INITIATED"
                or "COMPLETED";
        return new()
        {
            Name = isFine ? "Mobile message" : "Mobile message not delivered",
            Phase = AwsPhase.Happened,
            Severity = isFine ? AwsSeverity.Info : AwsSeverity.Warning,
            State = status,
            Summary = $"{AwsWords.Sentence(sort.ToLowerInvariant())} message to {to}: {AwsWords.Plain(status)}",
            Reason = message.Text("messageStatusDescription"),
            Resource = message.Text("originationPhoneNumber"),
            ConsolePath = "sms-voice/home#/",
            Facts =
            [
                new("country", message.Text("isoCountryCode") ?? ""),
                new("message", message.Text("messageId") ?? ""),
            ],
        };
    }
}
