using AlertHub.Alerts;

namespace AlertHub.Sources;

/// <summary>One message as it came, out of its envelopes.</summary>
public sealed record Inbound
{
    /// <summary>The payload's bytes, whatever they are.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Tells it from any other message: by what it holds, and by the sender's id where that gave one.</summary>
    internal string Hash => Fnv1a.Add(Fnv1a.Add(Fnv1a.Offset, Body.Span), Id ?? "").ToString("x16", null);

    /// <summary>When it came in: the moment that everything said about it holds for.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>The sender's id of this message, the same when it is sent again (SNS MessageId); null where it has none.</summary>
    public string? Id { get; init; }

    /// <summary>The SNS subject; null where there is none.</summary>
    public string? Subject { get; init; }

    /// <summary>The ARN of the SNS topic it came through; null where it did not.</summary>
    public string? Topic { get; init; }

    /// <summary>The SQS message that carried it; null where none did.</summary>
    public QueueMessage? Queue { get; init; }
}

/// <summary>The SQS message that a function answers for in a batch response.</summary>
/// <param name="MessageId">The <c>itemIdentifier</c> of <c>batchItemFailures</c>; null where the record lacks it.</param>
/// <param name="QueueArn">The queue; one that ends in <c>.fifo</c> keeps its order.</param>
public sealed record QueueMessage(string? MessageId, string? QueueArn)
{
    /// <summary>As it was sent to the queue, whatever wraps what; null where the record lacks it.</summary>
    public string? Body { get; init; }

    /// <summary>Of a FIFO queue: what keeps its messages in their order (MessageGroupId).</summary>
    public string? Group { get; init; }

    /// <summary>How many times somebody got it, this time included, as far as SQS knows (ApproximateReceiveCount).</summary>
    public int Receives { get; init; } = 1;
}
