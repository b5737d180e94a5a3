using System.Net;
using Amazon.Runtime;

namespace Amazon.SimpleSystemsManagement.Model;

/// <summary>No parameter of that name, or one that the caller may not know of.</summary>
public sealed class ParameterNotFoundException : AmazonSimpleSystemsManagementException
{
    public ParameterNotFoundException(string message)
        : base(message) { }

    public ParameterNotFoundException(
        string message,
        Exception? innerException,
        ErrorType errorType,
        string errorCode,
        string? requestId,
        HttpStatusCode statusCode
    )
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }
}
