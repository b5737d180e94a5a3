using System.Net;
using Amazon.Runtime;

namespace Amazon.SimpleSystemsManagement;

/// <summary>
/// What Systems Manager refused, by <see cref="AmazonServiceException.ErrorCode"/>, or that it could not be reached, by
/// the inner exception.
/// </summary>
public class AmazonSimpleSystemsManagementException : AmazonServiceException
{
    public AmazonSimpleSystemsManagementException(string message)
        : base(message) { }

    public AmazonSimpleSystemsManagementException(
        string message,
        Exception? innerException,
        ErrorType errorType,
        string errorCode,
        string? requestId,
        HttpStatusCode statusCode
    )
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }
}
