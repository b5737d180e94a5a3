using System.Net;
using Amazon.Runtime;

namespace Amazon.CloudWatch;

/// <summary>
/// What CloudWatch refused, by <see cref="AmazonServiceException.ErrorCode"/>, or that it could not be reached, by
/// the inner exception.
/// </summary>
public class AmazonCloudWatchException : AmazonServiceException
{
    public AmazonCloudWatchException(string message)
        : base(message) { }

    public AmazonCloudWatchException(
        string message,
        Exception? innerException,
        ErrorType errorType,
        string errorCode,
        string? requestId,
        HttpStatusCode statusCode
    )
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }
}
