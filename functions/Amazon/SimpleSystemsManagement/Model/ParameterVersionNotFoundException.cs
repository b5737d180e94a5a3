using System.Net;
using Amazon.Runtime;

namespace Amazon.SimpleSystemsManagement.Model;

/// <summary>The parameter exists, but not in the version that <c>name:version</c> asks for.</summary>
public sealed class ParameterVersionNotFoundException : AmazonSimpleSystemsManagementException
{
    public ParameterVersionNotFoundException(string message)
        : base(message) { }

    public ParameterVersionNotFoundException(
        string message,
        Exception? innerException,
        ErrorType errorType,
        string errorCode,
        string? requestId,
        HttpStatusCode statusCode
    )
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }
}
