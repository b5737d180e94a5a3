using System.Net;
using Amazon.Runtime;

namespace Amazon.SQS;

/// <summary>
/// What SQS refused, by <see cref="AmazonServiceException.ErrorCode"/>, or that it could not be reached, by the inner
/// exception. As in the AWS SDK the code is the short name (<c>QueueDoesNotExist</c>) of errors that the service's
/// model knows, and of others (<c>AccessDenied</c>) the one that the query protocol had.
/// </summary>
public class AmazonSQSException : AmazonServiceException
{
    public AmazonSQSException(string message)
        : base(message) { }

    public AmazonSQSException(
        string message,
        Exception? innerException,
        ErrorType errorType,
        string errorCode,
        string? requestId,
        HttpStatusCode statusCode
    )
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }
}
