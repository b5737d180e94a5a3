using Amazon.CDK;
using Amazon.CDK.AWS.SQS;
using Constructs;

namespace Infra;

/// <summary>
/// Where what could not be delivered waits for a person. Encrypted with SQS's own key, which SNS and Lambda can use without
/// a grant, and kept for 14 days, the longest that SQS can.
/// </summary>
internal sealed class DeadLetterQueue(Construct scope, string id)
    : Queue(
        scope,
        id,
        new QueueProps
        {
            Encryption = QueueEncryption.SQS_MANAGED,
            EnforceSSL = true,
            RetentionPeriod = Duration.Days(14),
        }
    );
