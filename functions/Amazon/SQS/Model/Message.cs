namespace Amazon.SQS.Model;

public sealed class Message
{
    /// <summary>By <see cref="MessageSystemAttributeName"/>; times are epoch milliseconds.</summary>
    public Dictionary<string, string>? Attributes { get; set; }

    public string? Body { get; set; }

    public string? MD5OfBody { get; set; }

    public string? MD5OfMessageAttributes { get; set; }

    public Dictionary<string, MessageAttributeValue>? MessageAttributes { get; set; }

    public string? MessageId { get; set; }

    /// <summary>Of this receipt of the message, for deleting it; the next receipt has another.</summary>
    public string? ReceiptHandle { get; set; }
}
