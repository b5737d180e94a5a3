using Amazon.SQS;
using SecurityGroupGuard.Rules;

namespace SecurityGroupGuard.Work;

/// <summary>The queue of what was not undone, for people: sent again to the function, it is tried again.</summary>
internal sealed class Failures(IAmazonSQS sqs, string queue)
{
    private const int LongestReason = 1000;

    public Task PutAsync(GroupId group, string id, string body, string reason, CancellationToken cancellationToken) =>
        sqs.SendMessageAsync(
            new()
            {
                QueueUrl = queue,
                MessageBody = body.Length > 0 ? body : "(an empty message)",
                MessageGroupId = $"{group}",
                // Told twice, it is one failure.
                MessageDeduplicationId = id,
                MessageAttributes = new()
                {
                    ["reason"] = new()
                    {
                        DataType = "String",
                        StringValue = reason.Length > LongestReason ? reason[..LongestReason] : reason,
                    },
                },
            },
            cancellationToken
        );
}
