using System.Text;
using System.Text.Json.Nodes;
using Hosts.Tests.Box.Templates;

namespace Hosts.Tests.Box.Sources;

/// <summary>
/// What passes between SQS, Lambda and a function:
/// https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html and services-sqs-errorhandling.html (recalled, 2026-11).
/// </summary>
internal static class QueueEvent
{
    /// <summary>The event of a batch.</summary>
    /// <param name="messages">As ReceiveMessage answered them.</param>
    /// <param name="queueArn">Where they come from.</param>
    public static byte[] Write(IEnumerable<JsonObject> messages, string queueArn) =>
        Encoding.UTF8.GetBytes(
            new JsonObject
            {
                ["Records"] = new JsonArray([.. messages.Select(message => Record(message, queueArn))]),
            }.ToJsonString()
        );

    /// <summary>
    /// The ids of the messages that the function did not handle: none where the answer or its list is empty, all where it
    /// cannot be read. That an answer of another shape counts as one that cannot be read is a guess.
    /// </summary>
    /// <param name="answer">Of an invocation that did not fail.</param>
    /// <param name="batch">The ids of all messages.</param>
    public static IReadOnlySet<string> Failures(ReadOnlyMemory<byte> answer, IReadOnlySet<string> batch)
    {
        if (answer.IsEmpty)
        {
            return new HashSet<string>();
        }

        try
        {
            return JsonNode.Parse(answer.Span) switch
            {
                null => new HashSet<string>(),
                JsonObject response when response["batchItemFailures"] is not { } list => response.Count == 0
                || response.ContainsKey("batchItemFailures")
                    ? new HashSet<string>()
                    : batch,
                JsonObject response when response["batchItemFailures"] is JsonArray list => Ids(list, batch),
                _ => batch,
            };
        }
        catch (System.Text.Json.JsonException)
        {
            return batch;
        }
    }

    private static IReadOnlySet<string> Ids(JsonArray list, IReadOnlySet<string> batch)
    {
        HashSet<string> failed = [];
        foreach (var item in list)
        {
            if (
                item is not JsonObject entry
                || entry["itemIdentifier"] is not JsonValue id
                || !id.TryGetValue<string>(out var text)
                || !batch.Contains(text)
            )
            {
                return batch;
            }

            failed.Add(text);
        }

        return failed;
    }

    private static JsonObject Record(JsonObject message, string queueArn)
    {
        var record = new JsonObject
        {
            ["messageId"] = message["MessageId"]?.DeepClone(),
            ["receiptHandle"] = message["ReceiptHandle"]?.DeepClone(),
            ["body"] = message["Body"]?.DeepClone(),
            ["attributes"] = message["Attributes"]?.DeepClone() ?? new JsonObject(),
            ["messageAttributes"] = new JsonObject(
                (message["MessageAttributes"] as JsonObject ?? []).Select(attribute =>
                    KeyValuePair.Create<string, JsonNode?>(attribute.Key, Attribute((JsonObject)attribute.Value!))
                )
            ),
            ["md5OfBody"] = message["MD5OfBody"]?.DeepClone(),
            ["eventSource"] = "aws:sqs",
            ["eventSourceARN"] = queueArn,
            ["awsRegion"] = Physical.Region,
        };
        if (message["MD5OfMessageAttributes"] is { } digest)
        {
            record["md5OfMessageAttributes"] = digest.DeepClone();
        }

        return record;
    }

    private static JsonObject Attribute(JsonObject attribute)
    {
        var result = new JsonObject();
        foreach (var name in (string[])["StringValue", "BinaryValue"])
        {
            if (attribute[name] is { } value)
            {
                result[char.ToLowerInvariant(name[0]) + name[1..]] = value.DeepClone();
            }
        }

        result["stringListValues"] = new JsonArray();
        result["binaryListValues"] = new JsonArray();
        result["dataType"] = attribute["DataType"]?.DeepClone();
        return result;
    }
}
