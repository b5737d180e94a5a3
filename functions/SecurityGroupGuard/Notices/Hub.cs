using System.Text;
using Amazon.SQS;

namespace SecurityGroupGuard.Notices;

/// <summary>The way to the alert hub: its Ingest queue.</summary>
internal sealed class Hub(IAmazonSQS sqs, string queue, TimeProvider time)
{
    /// <summary>It is kept once this has returned.</summary>
    public Task TellAsync(Notice notice, CancellationToken cancellationToken) =>
        sqs.SendMessageAsync(
            new() { QueueUrl = queue, MessageBody = Encoding.UTF8.GetString(notice.ToJson(time.GetUtcNow())) },
            cancellationToken
        );
}
