using System.Text.Json;

namespace AlertHub.Sources.Aws.Messaging;

/// <summary>
/// What a topic's delivery status log says of one delivery, a line of CloudWatch Logs
/// (https://docs.aws.amazon.com/sns/latest/dg/sns-topic-attributes.html). Of a subscriber that fails again and again it is the same.
/// </summary>
internal static class SnsDelivery
{
    public static AwsKind Kind { get; } = AwsKind.OfJson("sns-delivery", static (root, _) => Tell(root));

    private static AwsStory? Tell(JsonElement line)
    {
        if (
            line.Member("notification") is not { } notification
            || notification.Text("messageId") is not { } message
            || line.Member("delivery") is not { } delivery
            || delivery.Text("destination") is not { } destination
            || line.Text("status") is not { } status
        )
        {
            return null;
        }

        // A message to a phone or an app comes from no topic.
        var topic = Arn.Parse(notification.Text("topicArn"));
        var isFailure = status != "SUCCESS";
        var to = destination.StartsWith("arn:", StringComparison.Ordinal) ? AwsWords.Last(destination) : destination;
        var code = delivery.Text("statusCode");
        return new()
        {
            Name = isFailure ? "SNS delivery failed" : "SNS delivery",
            Identity = isFailure ? $"{notification.Text("topicArn")} {destination} {code}" : message,
            Phase = AwsPhase.Happened,
            Severity = isFailure ? AwsSeverity.Warning : AwsSeverity.Info,
            State = status,
            Summary =
                $"{topic?.Resource ?? "SNS"} {(isFailure ? "did not reach" : "reached")} {to}{(isFailure && code is not null ? $": {code}" : "")}",
            Reason = isFailure ? delivery.Text("providerResponse") : null,
            Resource = topic?.Resource,
            Account = topic?.Account,
            Region = topic?.Region,
            At = notification.Time("timestamp"),
            ConsolePath = topic is null ? null : $"sns/v3/home#/topic/{notification.Text("topicArn")}",
            Facts =
            [
                new("destination", destination),
                new("attempts", delivery.Text("attempts") ?? ""),
                new("message", message),
            ],
        };
    }
}
