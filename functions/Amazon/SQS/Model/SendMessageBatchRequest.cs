namespace Amazon.SQS.Model;

public sealed class SendMessageBatchRequest
{
    /// <summary>1 to 10, together at most 1 MiB.</summary>
    public List<SendMessageBatchRequestEntry>? Entries { get; set; }

    public string? QueueUrl { get; set; }
}
