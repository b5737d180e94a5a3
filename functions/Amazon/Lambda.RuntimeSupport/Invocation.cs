namespace Amazon.Lambda.RuntimeSupport;

/// <summary>One answer of the Runtime API's <c>next</c>.</summary>
internal sealed class Invocation
{
    public required string RequestId { get; init; }

    public required MemoryStream Input { get; init; }

    public required DateTimeOffset Deadline { get; init; }

    public required string FunctionArn { get; init; }

    public string? TraceId { get; init; }

    /// <summary>JSON.</summary>
    public string? ClientContext { get; init; }

    /// <summary>JSON.</summary>
    public string? CognitoIdentity { get; init; }
}
