using System.Net;
using Amazon.Runtime;

namespace Amazon.SQS.Model;

/// <summary>The body has characters that XML 1.0 does not allow, such as U+0000.</summary>
public sealed class InvalidMessageContentsException : AmazonSQSException
{
    public InvalidMessageContentsException(string message)
        : base(message) { }

    public InvalidMessageContentsException(
        string message,
        Exception? innerException,
        ErrorType errorType,
        string errorCode,
        string? requestId,
        HttpStatusCode statusCode
    )
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }
}
