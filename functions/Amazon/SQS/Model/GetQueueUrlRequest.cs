namespace Amazon.SQS.Model;

public sealed class GetQueueUrlRequest
{
    public string? QueueName { get; set; }

    /// <summary>By default the caller's own.</summary>
    public string? QueueOwnerAWSAccountId { get; set; }
}
