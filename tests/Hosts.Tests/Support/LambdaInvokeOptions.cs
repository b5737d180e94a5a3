namespace Hosts.Tests.Support;

/// <summary>What comes with an event.</summary>
public sealed record LambdaInvokeOptions
{
    /// <summary>By default the next of a fixed series.</summary>
    public string? RequestId { get; init; }

    /// <summary>The function's timeout, from the event's delivery.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>What the function is told; by default now plus <see cref="Timeout"/>.</summary>
    public DateTimeOffset? Deadline { get; init; }

    public string FunctionArn { get; init; } = "arn:aws:lambda:eu-west-1:123456789012:function:test";

    public string? TraceId { get; init; }

    public string? ClientContext { get; init; }

    public string? CognitoIdentity { get; init; }
}
