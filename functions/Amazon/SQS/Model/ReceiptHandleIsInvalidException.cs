using System.Net;
using Amazon.Runtime;

namespace Amazon.SQS.Model;

/// <summary>The receipt handle is none of this queue's, or too old.</summary>
public sealed class ReceiptHandleIsInvalidException : AmazonSQSException
{
    public ReceiptHandleIsInvalidException(string message)
        : base(message) { }

    public ReceiptHandleIsInvalidException(
        string message,
        Exception? innerException,
        ErrorType errorType,
        string errorCode,
        string? requestId,
        HttpStatusCode statusCode
    )
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }
}
