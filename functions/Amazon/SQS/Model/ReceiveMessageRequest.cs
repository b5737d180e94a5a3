namespace Amazon.SQS.Model;

public sealed class ReceiveMessageRequest
{
    /// <summary>1 to 10; by default 1.</summary>
    public int? MaxNumberOfMessages { get; set; }

    /// <summary>Names, beginnings as <c>trace.*</c>, or <c>All</c>; without it none.</summary>
    public List<string>? MessageAttributeNames { get; set; }

    /// <summary>Of <see cref="MessageSystemAttributeName"/>; without it none.</summary>
    public List<string>? MessageSystemAttributeNames { get; set; }

    public string? QueueUrl { get; set; }

    /// <summary>0 to 43200 seconds; by default the queue's.</summary>
    public int? VisibilityTimeout { get; set; }

    /// <summary>0 to 20; by default the queue's. Less than the client's timeout.</summary>
    public int? WaitTimeSeconds { get; set; }
}
