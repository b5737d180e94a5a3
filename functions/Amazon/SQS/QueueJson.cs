using System.Text.Json;
using Amazon.AwsJson;
using Amazon.SQS.Model;

namespace Amazon.SQS;

/// <summary>GetQueueAttributes and GetQueueUrl.</summary>
internal static class QueueJson
{
    public static byte[] Write(GetQueueAttributesRequest request) =>
        AwsJsonBody.Write(writer =>
        {
            writer.WriteOptional("QueueUrl", request.QueueUrl);
            writer.WriteOptional("AttributeNames", request.AttributeNames);
        });

    public static byte[] Write(GetQueueUrlRequest request) =>
        AwsJsonBody.Write(writer =>
        {
            writer.WriteOptional("QueueName", request.QueueName);
            writer.WriteOptional("QueueOwnerAWSAccountId", request.QueueOwnerAWSAccountId);
        });

    public static GetQueueAttributesResponse ReadAttributes(JsonElement root) =>
        new() { Attributes = root.OptionalMap("Attributes", static value => value.GetString() ?? "") };

    public static GetQueueUrlResponse ReadUrl(JsonElement root) => new() { QueueUrl = root.OptionalString("QueueUrl") };
}
