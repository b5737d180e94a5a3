namespace Amazon.SQS;

public sealed class AmazonSQSConfig
{
    /// <summary>By default <c>AWS_REGION</c>, else what the AWS SDK finds.</summary>
    public RegionEndpoint? RegionEndpoint { get; set; }

    /// <summary>
    /// By default <c>AWS_ENDPOINT_URL_SQS</c>, else <c>AWS_ENDPOINT_URL</c>, else the region's endpoint.
    /// </summary>
    public string? ServiceURL { get; set; }

    /// <summary>Tries after the first.</summary>
    public int MaxErrorRetry { get; set; } = 2;

    /// <summary>Of one try; by default 100 seconds. More than the seconds that a receipt waits for messages.</summary>
    public TimeSpan? Timeout { get; set; }
}
