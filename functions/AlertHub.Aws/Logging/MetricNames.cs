namespace AlertHub.Aws.Logging;

/// <summary>What all metrics have in common in CloudWatch.</summary>
public static class MetricNames
{
    public const string Namespace = "AlertHub";

    /// <summary>The dimension of all; its value is the stage.</summary>
    public const string StageDimension = "Stage";
}
