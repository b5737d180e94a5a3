using System.Net;
using Amazon.Runtime;

namespace Amazon.SQS.Model;

/// <summary>The messages of the batch are together longer than SQS takes.</summary>
public sealed class BatchRequestTooLongException : AmazonSQSException
{
    public BatchRequestTooLongException(string message)
        : base(message) { }

    public BatchRequestTooLongException(
        string message,
        Exception? innerException,
        ErrorType errorType,
        string errorCode,
        string? requestId,
        HttpStatusCode statusCode
    )
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }
}
