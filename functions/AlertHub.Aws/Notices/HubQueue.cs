using Amazon.SQS;

namespace AlertHub.Aws.Notices;

/// <summary>The way to the alert hub: its Ingest queue.</summary>
internal sealed class HubQueue(IAmazonSQS sqs, string queue)
{
    /// <summary>It is kept once this has returned.</summary>
    public Task TellAsync(HubAlert alert, CancellationToken cancellationToken) =>
        sqs.SendMessageAsync(new() { QueueUrl = queue, MessageBody = alert.ToJson() }, cancellationToken);
}
