namespace Amazon.SQS.Model;

public sealed class SendMessageBatchRequestEntry
{
    /// <summary>0 to 900; by default the queue's. Not for FIFO queues.</summary>
    public int? DelaySeconds { get; set; }

    /// <summary>For the response; at most 80 letters, digits, hyphens and underscores, once in a batch.</summary>
    public string? Id { get; set; }

    /// <summary>At most 10.</summary>
    public Dictionary<string, MessageAttributeValue>? MessageAttributes { get; set; }

    /// <summary>At least one letter, all of them allowed by XML 1.0; half a surrogate pair becomes U+FFFD.</summary>
    public string? MessageBody { get; set; }

    /// <summary>Of a FIFO queue, which drops what has the same within five minutes.</summary>
    public string? MessageDeduplicationId { get; set; }

    /// <summary>Of a FIFO queue the messages that keep their order; of another whose turn it is.</summary>
    public string? MessageGroupId { get; set; }
}
