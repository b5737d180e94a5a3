namespace Amazon.SQS.Model;

public sealed class DeleteMessageBatchRequest
{
    /// <summary>1 to 10.</summary>
    public List<DeleteMessageBatchRequestEntry>? Entries { get; set; }

    public string? QueueUrl { get; set; }
}
