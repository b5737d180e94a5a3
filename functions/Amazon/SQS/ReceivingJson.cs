using System.Text.Json;
using Amazon.AwsJson;
using Amazon.SQS.Model;

namespace Amazon.SQS;

/// <summary>
/// ReceiveMessage, and what becomes of the receipt: DeleteMessage, its batch, ChangeMessageVisibility.
/// </summary>
internal static class ReceivingJson
{
    public static byte[] Write(ReceiveMessageRequest request) =>
        AwsJsonBody.Write(writer =>
        {
            writer.WriteOptional("QueueUrl", request.QueueUrl);
            writer.WriteOptional("MessageSystemAttributeNames", request.MessageSystemAttributeNames);
            writer.WriteOptional("MessageAttributeNames", request.MessageAttributeNames);
            writer.WriteOptional("MaxNumberOfMessages", request.MaxNumberOfMessages);
            writer.WriteOptional("VisibilityTimeout", request.VisibilityTimeout);
            writer.WriteOptional("WaitTimeSeconds", request.WaitTimeSeconds);
        });

    public static byte[] Write(DeleteMessageRequest request) =>
        AwsJsonBody.Write(writer =>
        {
            writer.WriteOptional("QueueUrl", request.QueueUrl);
            writer.WriteOptional("ReceiptHandle", request.ReceiptHandle);
        });

    public static byte[] Write(DeleteMessageBatchRequest request) =>
        AwsJsonBody.Write(writer =>
        {
            writer.WriteOptional("QueueUrl", request.QueueUrl);
            writer.WriteOptional("Entries", request.Entries, Write);
        });

    public static byte[] Write(ChangeMessageVisibilityRequest request) =>
        AwsJsonBody.Write(writer =>
        {
            writer.WriteOptional("QueueUrl", request.QueueUrl);
            writer.WriteOptional("ReceiptHandle", request.ReceiptHandle);
            writer.WriteOptional("VisibilityTimeout", request.VisibilityTimeout);
        });

    public static ReceiveMessageResponse ReadReceived(JsonElement root) =>
        new() { Messages = root.OptionalList("Messages", ReadMessage) };

    public static DeleteMessageBatchResponse ReadDeletedBatch(JsonElement root) =>
        new()
        {
            Failed = root.OptionalList("Failed", SendingJson.ReadFailed),
            Successful = root.OptionalList(
                "Successful",
                static entry => new DeleteMessageBatchResultEntry { Id = entry.OptionalString("Id") }
            ),
        };

    private static Message ReadMessage(JsonElement message) =>
        new()
        {
            Attributes = message.OptionalMap("Attributes", static value => value.GetString() ?? ""),
            Body = message.OptionalString("Body"),
            MD5OfBody = message.OptionalString("MD5OfBody"),
            MD5OfMessageAttributes = message.OptionalString("MD5OfMessageAttributes"),
            MessageAttributes = message.OptionalMap("MessageAttributes", MessageAttributeJson.Read),
            MessageId = message.OptionalString("MessageId"),
            ReceiptHandle = message.OptionalString("ReceiptHandle"),
        };

    private static void Write(Utf8JsonWriter writer, DeleteMessageBatchRequestEntry entry)
    {
        writer.WriteStartObject();
        writer.WriteOptional("Id", entry.Id);
        writer.WriteOptional("ReceiptHandle", entry.ReceiptHandle);
        writer.WriteEndObject();
    }
}
