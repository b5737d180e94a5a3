using System.Text.Json;
using Amazon.AwsJson;
using Amazon.SQS.Model;

namespace Amazon.SQS;

internal static class MessageAttributeJson
{
    public static void Write(Utf8JsonWriter writer, MessageAttributeValue attribute)
    {
        writer.WriteStartObject();
        writer.WriteOptional("DataType", attribute.DataType);
        writer.WriteOptional("StringValue", attribute.StringValue);
        if (attribute.BinaryValue is { } bytes)
        {
            writer.WriteBase64String("BinaryValue", bytes.ToArray());
        }

        writer.WriteEndObject();
    }

    public static MessageAttributeValue Read(JsonElement attribute) =>
        new()
        {
            BinaryValue = attribute.Optional("BinaryValue") is { } bytes
                ? new MemoryStream(bytes.GetBytesFromBase64())
                : null,
            DataType = attribute.OptionalString("DataType"),
            StringValue = attribute.OptionalString("StringValue"),
        };
}
