using System.Globalization;
using System.Text.Json.Nodes;

namespace Hosts.Tests.Box.Sources;

/// <summary>What SNS gives a function that is subscribed to a topic.</summary>
internal static class TopicEvent
{
    public static JsonObject Write(string topicArn, string messageId, string message, string? subject) =>
        new()
        {
            ["Records"] = new JsonArray(
                new JsonObject
                {
                    ["EventSource"] = "aws:sns",
                    ["EventVersion"] = "1.0",
                    ["EventSubscriptionArn"] = $"{topicArn}:00000000-0000-4000-8000-000000000000",
                    ["Sns"] = new JsonObject
                    {
                        ["Type"] = "Notification",
                        ["MessageId"] = messageId,
                        ["TopicArn"] = topicArn,
                        ["Subject"] = subject,
                        ["Message"] = message,
                        ["Timestamp"] = DateTimeOffset.UtcNow.ToString(
                            "yyyy-MM-ddTHH:mm:ss.fffZ",
                            CultureInfo.InvariantCulture
                        ),
                        ["SignatureVersion"] = "1",
                        ["Signature"] = "EXAMPLE",
                        ["SigningCertUrl"] = "EXAMPLE",
                        ["UnsubscribeUrl"] = "EXAMPLE",
                        ["MessageAttributes"] = new JsonObject(),
                    },
                }
            ),
        };
}
