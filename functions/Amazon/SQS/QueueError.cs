using Amazon.AwsJson;
using Amazon.SQS.Model;

namespace Amazon.SQS;

internal static class QueueError
{
    // What the operations of IAmazonSQS may answer, by the service's model of 2012-11-05 in botocore 1.43.11.
    private static readonly HashSet<string> Modelled =
    [
        "BatchEntryIdsNotDistinct",
        "BatchRequestTooLong",
        "EmptyBatchRequest",
        "InvalidAddress",
        "InvalidAttributeName",
        "InvalidBatchEntryId",
        "InvalidIdFormat",
        "InvalidMessageContents",
        "InvalidSecurity",
        "KmsAccessDenied",
        "KmsDisabled",
        "KmsInvalidKeyUsage",
        "KmsInvalidState",
        "KmsNotFound",
        "KmsOptInRequired",
        "KmsThrottled",
        "MessageNotInflight",
        "OverLimit",
        "QueueDoesNotExist",
        "ReceiptHandleIsInvalid",
        "RequestThrottled",
        "TooManyEntriesInBatchRequest",
        "UnsupportedOperation",
    ];

    public static AmazonSQSException ToException(AwsJsonError error)
    {
        var code = error.Shape is { } shape && Modelled.Contains(shape) ? shape : error.Code;
        return code switch
        {
            "BatchRequestTooLong" => new BatchRequestTooLongException(
                error.Message,
                error.Exception,
                error.Type,
                code,
                error.RequestId,
                error.Status
            ),
            "InvalidMessageContents" => new InvalidMessageContentsException(
                error.Message,
                error.Exception,
                error.Type,
                code,
                error.RequestId,
                error.Status
            ),
            "MessageNotInflight" => new MessageNotInflightException(
                error.Message,
                error.Exception,
                error.Type,
                code,
                error.RequestId,
                error.Status
            ),
            "QueueDoesNotExist" => new QueueDoesNotExistException(
                error.Message,
                error.Exception,
                error.Type,
                code,
                error.RequestId,
                error.Status
            ),
            "ReceiptHandleIsInvalid" => new ReceiptHandleIsInvalidException(
                error.Message,
                error.Exception,
                error.Type,
                code,
                error.RequestId,
                error.Status
            ),
            _ => new AmazonSQSException(
                error.Message,
                error.Exception,
                error.Type,
                code,
                error.RequestId,
                error.Status
            ),
        };
    }
}
