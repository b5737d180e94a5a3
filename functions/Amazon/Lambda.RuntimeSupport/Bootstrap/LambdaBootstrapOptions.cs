namespace Amazon.Lambda.RuntimeSupport.Bootstrap;

public sealed class LambdaBootstrapOptions
{
    /// <summary>Host and port of the Runtime API; by default what <c>AWS_LAMBDA_RUNTIME_API</c> says. For tests.</summary>
    public string? RuntimeApiEndpoint { get; set; }
}
