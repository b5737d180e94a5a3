namespace Amazon.Lambda.Core;

/// <summary>One invocation and the function it belongs to.</summary>
public interface ILambdaContext
{
    /// <summary>The same on every retry of an asynchronous invocation.</summary>
    string AwsRequestId { get; }

    /// <summary>Only of callers that use the mobile SDK or pass one to Invoke.</summary>
    IClientContext? ClientContext { get; }

    string FunctionName { get; }

    string FunctionVersion { get; }

    /// <summary>Only of callers that use the mobile SDK.</summary>
    ICognitoIdentity? Identity { get; }

    /// <summary>With the alias or version, when the caller named one.</summary>
    string InvokedFunctionArn { get; }

    ILambdaLogger Logger { get; }

    string LogGroupName { get; }

    string LogStreamName { get; }

    int MemoryLimitInMB { get; }

    /// <summary>Until Lambda kills the process; negative after the deadline.</summary>
    TimeSpan RemainingTime { get; }
}
