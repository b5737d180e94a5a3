using Amazon.CDK;
using Amazon.CDK.AWS.SQS;
using Constructs;

namespace Infra;

/// <summary>
/// Where what could not be delivered waits for a person. Encrypted with SQS's own key, which SNS, EventBridge and Lambda can
/// use without a grant, and kept for 14 days, the longest that SQS can. Each has a <see cref="DeadLetterAlarm"/>.
/// </summary>
/// <param name="scope">The stack.</param>
/// <param name="id">Its id there.</param>
/// <param name="inOrder">For those of a queue that keeps the order, SQS wants one of that kind.</param>
internal sealed class DeadLetterQueue(Construct scope, string id, bool inOrder = false)
    : Queue(
        scope,
        id,
        new QueueProps
        {
            Encryption = QueueEncryption.SQS_MANAGED,
            EnforceSSL = true,
            RetentionPeriod = Duration.Days(14),
            Fifo = inOrder ? true : null,
        }
    );
