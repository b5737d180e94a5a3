using System.Text.Json;
using Amazon.AwsJson;
using Amazon.SQS.Model;

namespace Amazon.SQS;

/// <summary>SendMessage and SendMessageBatch.</summary>
internal static class SendingJson
{
    public static byte[] Write(SendMessageRequest request) =>
        AwsJsonBody.Write(writer =>
        {
            writer.WriteOptional("QueueUrl", request.QueueUrl);
            writer.WriteOptional("MessageBody", request.MessageBody);
            writer.WriteOptional("DelaySeconds", request.DelaySeconds);
            writer.WriteOptional("MessageAttributes", request.MessageAttributes, MessageAttributeJson.Write);
            writer.WriteOptional("MessageDeduplicationId", request.MessageDeduplicationId);
            writer.WriteOptional("MessageGroupId", request.MessageGroupId);
        });

    public static byte[] Write(SendMessageBatchRequest request) =>
        AwsJsonBody.Write(writer =>
        {
            writer.WriteOptional("QueueUrl", request.QueueUrl);
            writer.WriteOptional("Entries", request.Entries, Write);
        });

    public static SendMessageResponse ReadSent(JsonElement root) =>
        new()
        {
            MD5OfMessageAttributes = root.OptionalString("MD5OfMessageAttributes"),
            MD5OfMessageBody = root.OptionalString("MD5OfMessageBody"),
            MessageId = root.OptionalString("MessageId"),
            SequenceNumber = root.OptionalString("SequenceNumber"),
        };

    public static SendMessageBatchResponse ReadSentBatch(JsonElement root) =>
        new()
        {
            Failed = root.OptionalList("Failed", ReadFailed),
            Successful = root.OptionalList("Successful", ReadSuccessful),
        };

    /// <summary>Of any batch.</summary>
    public static BatchResultErrorEntry ReadFailed(JsonElement entry) =>
        new()
        {
            Code = entry.OptionalString("Code"),
            Id = entry.OptionalString("Id"),
            Message = entry.OptionalString("Message"),
            SenderFault = entry.Optional("SenderFault")?.GetBoolean(),
        };

    private static SendMessageBatchResultEntry ReadSuccessful(JsonElement entry) =>
        new()
        {
            Id = entry.OptionalString("Id"),
            MD5OfMessageAttributes = entry.OptionalString("MD5OfMessageAttributes"),
            MD5OfMessageBody = entry.OptionalString("MD5OfMessageBody"),
            MessageId = entry.OptionalString("MessageId"),
            SequenceNumber = entry.OptionalString("SequenceNumber"),
        };

    private static void Write(Utf8JsonWriter writer, SendMessageBatchRequestEntry entry)
    {
        writer.WriteStartObject();
        writer.WriteOptional("Id", entry.Id);
        writer.WriteOptional("MessageBody", entry.MessageBody);
        writer.WriteOptional("DelaySeconds", entry.DelaySeconds);
        writer.WriteOptional("MessageAttributes", entry.MessageAttributes, MessageAttributeJson.Write);
        writer.WriteOptional("MessageDeduplicationId", entry.MessageDeduplicationId);
        writer.WriteOptional("MessageGroupId", entry.MessageGroupId);
        writer.WriteEndObject();
    }
}
