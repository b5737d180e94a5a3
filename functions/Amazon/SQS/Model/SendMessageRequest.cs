namespace Amazon.SQS.Model;

public sealed class SendMessageRequest
{
    /// <summary>0 to 900; by default the queue's. Not for FIFO queues.</summary>
    public int? DelaySeconds { get; set; }

    /// <summary>At most 10, with the body at most what the queue allows: 1 MiB, or less.</summary>
    public Dictionary<string, MessageAttributeValue>? MessageAttributes { get; set; }

    /// <summary>At least one letter, all of them allowed by XML 1.0; half a surrogate pair becomes U+FFFD.</summary>
    public string? MessageBody { get; set; }

    /// <summary>Of a FIFO queue, which drops what has the same within five minutes.</summary>
    public string? MessageDeduplicationId { get; set; }

    /// <summary>Of a FIFO queue the messages that keep their order; of another whose turn it is.</summary>
    public string? MessageGroupId { get; set; }

    public string? QueueUrl { get; set; }
}
