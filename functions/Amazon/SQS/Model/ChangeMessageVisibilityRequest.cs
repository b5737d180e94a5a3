namespace Amazon.SQS.Model;

public sealed class ChangeMessageVisibilityRequest
{
    public string? QueueUrl { get; set; }

    public string? ReceiptHandle { get; set; }

    /// <summary>0 to 43200 seconds from now; 0 lets others have the message at once.</summary>
    public int? VisibilityTimeout { get; set; }
}
