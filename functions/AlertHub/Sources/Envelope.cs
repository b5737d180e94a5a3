using System.Text;
using System.Text.Json;

namespace AlertHub.Sources;

/// <summary>The wrappings a message travels in: Lambda's records, an SQS body, an SNS notification.</summary>
public static class Envelope
{
    /// <summary>
    /// The messages in an event, in order; at least one: what is not a known wrapping is itself the message. A record
    /// that cannot be read is a message too, so that it is shown and, in a queue, answered for.
    /// </summary>
    public static IReadOnlyList<Inbound> Open(ReadOnlyMemory<byte> body)
    {
        if (ForeignJson.Parse(body) is not { } root)
        {
            return [new() { Body = body }];
        }

        JsonElement[] records = [.. root.Items("Records")];
        return Array.Exists(records, IsCarrier)
            ? [.. records.Select(OpenRecord)]
            : [OpenNotification(root) ?? new() { Body = body }];
    }

    private static bool IsCarrier(JsonElement record) =>
        record.Member("Sns") is not null || record.Text("eventSource") == "aws:sqs";

    private static Inbound OpenRecord(JsonElement record)
    {
        if (record.Member("Sns") is { } sns)
        {
            return OpenNotification(sns) ?? new() { Body = Utf8(sns) };
        }

        // An empty body is an empty message; the record around it holds the handle that deletes it.
        var text = record.Text("body") ?? (record.Member("body") is { ValueKind: JsonValueKind.String } ? "" : null);
        var inner = text is not null && ForeignJson.Parse(text) is { } json ? OpenNotification(json) : null;
        var message = inner ?? new() { Body = text is null ? Utf8(record) : Encoding.UTF8.GetBytes(text) };
        var messageId = record.Text("messageId");
        return message with { Id = message.Id ?? messageId, Queue = new(messageId, record.Text("eventSourceARN")) };
    }

    /// <summary>What SNS delivers: to Lambda inside a record, to SQS and HTTPS as the whole body; null where it is not that.</summary>
    private static Inbound? OpenNotification(JsonElement sns) =>
        sns.Text("TopicArn") is { } topic && sns.Member("Message") is { ValueKind: JsonValueKind.String } message
            ? new()
            {
                Body = Encoding.UTF8.GetBytes(message.AsText() ?? ""),
                Id = sns.Text("MessageId"),
                Subject = sns.Text("Subject"),
                Topic = topic,
            }
            : null;

    private static byte[] Utf8(JsonElement element) => Encoding.UTF8.GetBytes(element.GetRawText());
}
