using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AlertHub.Api.Sns;

/// <summary>
/// The JSON that SNS posts to an HTTPS subscriber
/// (https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html). Everything is text, and the text is
/// kept as it came: that is what the signature covers.
/// </summary>
internal sealed partial record SnsMessage
{
    public const string Notification = "Notification";
    public const string SubscriptionConfirmation = "SubscriptionConfirmation";
    public const string UnsubscribeConfirmation = "UnsubscribeConfirmation";

    public required string Type { get; init; }
    public required string MessageId { get; init; }
    public required string TopicArn { get; init; }
    public required string Message { get; init; }
    public required string Timestamp { get; init; }
    public required string SignatureVersion { get; init; }
    public required string Signature { get; init; }

    [JsonPropertyName("SigningCertURL")]
    public required string SigningCertUrl { get; init; }

    public string? Subject { get; init; }

    [JsonPropertyName("SubscribeURL")]
    public string? SubscribeUrl { get; init; }

    public string? Token { get; init; }

    /// <summary>The message, or null where the bytes are none.</summary>
    public static SnsMessage? Read(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return JsonSerializer.Deserialize(utf8, Shape.Default.SnsMessage);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>
    /// What is signed: name and value of these fields, each on its line, sorted by name
    /// (https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html).
    /// </summary>
    public byte[] SignedText()
    {
        var text = new StringBuilder();
        Add("Message", Message);
        Add("MessageId", MessageId);
        if (Type == Notification)
        {
            Add("Subject", Subject);
        }
        else
        {
            Add("SubscribeURL", SubscribeUrl);
        }

        Add("Timestamp", Timestamp);
        if (Type != Notification)
        {
            Add("Token", Token);
        }

        Add("TopicArn", TopicArn);
        Add("Type", Type);
        return Encoding.UTF8.GetBytes(text.ToString());

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                text.Append(name).Append('\n').Append(value).Append('\n');
            }
        }
    }

    [JsonSourceGenerationOptions(RespectNullableAnnotations = true)]
    [JsonSerializable(typeof(SnsMessage))]
    private sealed partial class Shape : JsonSerializerContext;
}
