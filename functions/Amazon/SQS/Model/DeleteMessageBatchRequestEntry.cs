namespace Amazon.SQS.Model;

public sealed class DeleteMessageBatchRequestEntry
{
    /// <summary>For the response; at most 80 letters, digits, hyphens and underscores, once in a batch.</summary>
    public string? Id { get; set; }

    public string? ReceiptHandle { get; set; }
}
