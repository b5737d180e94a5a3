namespace Amazon.SQS.Model;

public sealed class SendMessageBatchResultEntry
{
    public string? Id { get; set; }

    public string? MD5OfMessageAttributes { get; set; }

    public string? MD5OfMessageBody { get; set; }

    public string? MessageId { get; set; }

    /// <summary>Of a FIFO queue.</summary>
    public string? SequenceNumber { get; set; }
}
