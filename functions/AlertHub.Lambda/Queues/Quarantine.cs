using AlertHub.Sources;
using Amazon.SQS;
using Amazon.SQS.Model;

namespace AlertHub.Lambda.Queues;

/// <summary>The queue of messages that cannot be worked on, each with the reason; for people.</summary>
internal sealed class Quarantine(IAmazonSQS sqs, string queue)
{
    /// <summary>Attribute of the message.</summary>
    public const string Reason = "reason";

    /// <summary>Attribute of the message: the ARN of the queue where it was.</summary>
    public const string Queue = "queue";

    private const int LongestReason = 1000;

    /// <exception cref="AmazonSQSException">SQS did not take it: nothing is lost as long as it stays where it is.</exception>
    public Task PutAsync(Inbound message, string reason, CancellationToken cancellationToken) =>
        sqs.SendMessageAsync(
            new()
            {
                QueueUrl = queue,
                MessageBody = message.Queue?.Body is { Length: > 0 } body ? body : "(an empty message)",
                MessageAttributes = new()
                {
                    [Reason] = Text(reason.Length > LongestReason ? reason[..LongestReason] : reason),
                    [Queue] = Text(message.Queue?.QueueArn ?? "none"),
                },
            },
            cancellationToken
        );

    private static MessageAttributeValue Text(string value) => new() { DataType = "String", StringValue = value };
}
