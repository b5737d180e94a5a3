using System.Globalization;
using System.Text;
using System.Text.Json;

namespace AlertHub.Sources;

/// <summary>The wrappings a message travels in: Lambda's records, an SQS body, an SNS notification, a log group's lines.</summary>
public static class Envelope
{
    /// <summary>Stacks and functions that take events, as they stand in the names that CloudFormation makes of them.</summary>
    private static readonly string[] Own = ["AlertHub", "SlackNotifier", "SecurityGroupGuard"];

    /// <summary>
    /// The messages in an event, in order; at least one: what is not a known wrapping is itself the message. A record
    /// that cannot be read is a message too, so that it is shown and, in a queue, answered for.
    /// </summary>
    /// <param name="body">The event.</param>
    /// <param name="receivedAt">When it came in.</param>
    public static IReadOnlyList<Inbound> Open(ReadOnlyMemory<byte> body, DateTimeOffset receivedAt)
    {
        var whole = new Inbound { Body = body, ReceivedAt = receivedAt };
        if (ForeignJson.Parse(body) is not { } root)
        {
            return [whole];
        }

        if (root.Member("requestPayload") is { } failed && IsOwnFailure(root))
        {
            return Open(Utf8(failed), receivedAt);
        }

        JsonElement[] records = [.. root.Items("Records")];
        return Array.Exists(records, IsCarrier)
            ? [.. records.Select(r => OpenRecord(r, receivedAt))]
            : CloudWatchLogs.Open(root, receivedAt) ?? [OpenNotification(root, receivedAt) ?? whole];
    }

    /// <summary>
    /// What Lambda puts into the failure destination of a function of this project holds the event that failed: sent again, it is
    /// that event. Of any other function it is news, and <see cref="Aws.Compute.LambdaInvocation"/> tells it.
    /// </summary>
    private static bool IsOwnFailure(JsonElement root) =>
        root.Member("requestContext") is { } context
        && context.Text("condition") != "Success"
        && Arn.Parse(context.Text("functionArn")) is { } function
        && function
            .Name.Split('-', ':')
            .Any(static part => Own.Any(own => part.StartsWith(own, StringComparison.Ordinal)));

    private static bool IsCarrier(JsonElement record) =>
        record.Member("Sns") is not null || record.Text("eventSource") == "aws:sqs";

    private static Inbound OpenRecord(JsonElement record, DateTimeOffset receivedAt)
    {
        if (record.Member("Sns") is { } sns)
        {
            return OpenNotification(sns, receivedAt) ?? new() { Body = Utf8(sns), ReceivedAt = receivedAt };
        }

        // An empty body is an empty message; the record around it holds the handle that deletes it.
        var text = record.Text("body") ?? (record.Member("body") is { ValueKind: JsonValueKind.String } ? "" : null);
        var inner = text is not null && ForeignJson.Parse(text) is { } json ? OpenNotification(json, receivedAt) : null;
        var body = text is null ? Utf8(record) : Encoding.UTF8.GetBytes(text);
        var message = inner ?? new() { Body = body, ReceivedAt = receivedAt };
        var messageId = record.Text("messageId");
        var receives = record.Member("attributes")?.Text("ApproximateReceiveCount");
        return message with
        {
            Id = message.Id ?? messageId,
            Queue = new(messageId, record.Text("eventSourceARN"))
            {
                Body = text,
                Group = record.Member("attributes")?.Text("MessageGroupId"),
                Receives = int.TryParse(receives, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 1,
            },
        };
    }

    /// <summary>What SNS delivers: to Lambda inside a record, to SQS and HTTPS as the whole body; null where it is not that.</summary>
    private static Inbound? OpenNotification(JsonElement sns, DateTimeOffset receivedAt) =>
        sns.Text("TopicArn") is { } topic && sns.Member("Message") is { ValueKind: JsonValueKind.String } message
            ? new()
            {
                Body = Encoding.UTF8.GetBytes(message.AsText() ?? ""),
                ReceivedAt = receivedAt,
                Id = sns.Text("MessageId"),
                Subject = sns.Text("Subject"),
                Topic = topic,
            }
            : null;

    private static byte[] Utf8(JsonElement element) => Encoding.UTF8.GetBytes(element.GetRawText());
}
