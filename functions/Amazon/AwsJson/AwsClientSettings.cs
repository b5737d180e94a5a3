using Amazon.Runtime;

namespace Amazon.AwsJson;

/// <summary>What the clients' configurations come down to, and what tests put in place of the world.</summary>
internal sealed record AwsClientSettings
{
    /// <summary>By default the environment's, else those the AWS SDK finds.</summary>
    public AWSCredentials? Credentials { get; init; }

    /// <summary>By default <c>AWS_REGION</c>, else the one the AWS SDK finds.</summary>
    public RegionEndpoint? Region { get; init; }

    public string? ServiceUrl { get; init; }

    public int MaxErrorRetry { get; init; } = 2;

    /// <summary>Of one try.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(100);

    public Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>From 0 to 1.</summary>
    public Func<double> Random { get; init; } = System.Random.Shared.NextDouble;

    public AwsClientSettings With(TimeSpan? timeout) => timeout is { } known ? this with { Timeout = known } : this;
}
