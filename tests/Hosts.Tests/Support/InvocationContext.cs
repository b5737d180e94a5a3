using System.Collections.Concurrent;
using Amazon.Lambda.Core;

namespace Hosts.Tests.Support;

/// <summary>What an invocation knows of itself, without Lambda.</summary>
/// <param name="left">How long it may take.</param>
internal sealed class InvocationContext(Func<TimeSpan>? left = null) : ILambdaContext, ILambdaLogger
{
    public ConcurrentQueue<string> Lines { get; } = [];

    public string AwsRequestId => "00000000-0000-4000-8000-000000000001";

    public IClientContext? ClientContext => null;

    public string FunctionName => "test";

    public string FunctionVersion => "$LATEST";

    public ICognitoIdentity? Identity => null;

    public string InvokedFunctionArn => "arn:aws:lambda:eu-west-1:123456789012:function:test";

    public ILambdaLogger Logger => this;

    public string LogGroupName => "";

    public string LogStreamName => "";

    public int MemoryLimitInMB => 512;

    public TimeSpan RemainingTime => left?.Invoke() ?? TimeSpan.FromSeconds(60);

    public void Log(string message) => LogLine(message);

    public void LogLine(string message) => Lines.Enqueue(message);
}
