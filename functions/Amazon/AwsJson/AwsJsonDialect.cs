namespace Amazon.AwsJson;

/// <summary>How one service speaks the awsJson protocol.</summary>
internal sealed class AwsJsonDialect
{
    /// <summary>As in <c>AWS_ENDPOINT_URL_…</c>.</summary>
    public required string VariableSuffix { get; init; }

    public required string EndpointPrefix { get; init; }

    public required string SigningName { get; init; }

    public required string TargetPrefix { get; init; }

    public required string ContentType { get; init; }
}
