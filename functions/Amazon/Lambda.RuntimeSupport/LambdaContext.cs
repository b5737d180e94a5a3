using System.Globalization;
using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>Reads only what a handler asks for.</summary>
internal sealed class LambdaContext(Invocation invocation, LambdaProcess process, LambdaLog log) : ILambdaContext
{
    public string AwsRequestId => invocation.RequestId;

    public IClientContext? ClientContext => CallerIdentity.ClientContext(invocation.ClientContext);

    public string FunctionName => process.Variable("AWS_LAMBDA_FUNCTION_NAME") ?? "";

    public string FunctionVersion => process.Variable("AWS_LAMBDA_FUNCTION_VERSION") ?? "";

    public ICognitoIdentity? Identity => CallerIdentity.Cognito(invocation.CognitoIdentity);

    public string InvokedFunctionArn => invocation.FunctionArn;

    public ILambdaLogger Logger => log;

    public string LogGroupName => process.Variable("AWS_LAMBDA_LOG_GROUP_NAME") ?? "";

    public string LogStreamName => process.Variable("AWS_LAMBDA_LOG_STREAM_NAME") ?? "";

    public int MemoryLimitInMB =>
        int.TryParse(
            process.Variable("AWS_LAMBDA_FUNCTION_MEMORY_SIZE"),
            CultureInfo.InvariantCulture,
            out var megabytes
        )
            ? megabytes
            : 128;

    public TimeSpan RemainingTime => invocation.Deadline - process.Time.GetUtcNow();
}
