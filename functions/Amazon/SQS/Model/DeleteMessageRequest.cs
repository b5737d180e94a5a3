namespace Amazon.SQS.Model;

public sealed class DeleteMessageRequest
{
    public string? QueueUrl { get; set; }

    public string? ReceiptHandle { get; set; }
}
