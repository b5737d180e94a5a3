using System.Net;
using Amazon.Runtime;

namespace Amazon.SQS.Model;

/// <summary>No queue of that address, or one that the caller may not know of.</summary>
public sealed class QueueDoesNotExistException : AmazonSQSException
{
    public QueueDoesNotExistException(string message)
        : base(message) { }

    public QueueDoesNotExistException(
        string message,
        Exception? innerException,
        ErrorType errorType,
        string errorCode,
        string? requestId,
        HttpStatusCode statusCode
    )
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }
}
