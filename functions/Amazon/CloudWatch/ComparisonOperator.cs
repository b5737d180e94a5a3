using Amazon.Runtime;

namespace Amazon.CloudWatch;

/// <summary>Of a metric with its threshold; the last three are for anomaly bands.</summary>
public sealed class ComparisonOperator(string value) : ConstantClass(value)
{
    public static readonly ComparisonOperator GreaterThanOrEqualToThreshold = new("GreaterThanOrEqualToThreshold");
    public static readonly ComparisonOperator GreaterThanThreshold = new("GreaterThanThreshold");
    public static readonly ComparisonOperator LessThanOrEqualToThreshold = new("LessThanOrEqualToThreshold");
    public static readonly ComparisonOperator LessThanThreshold = new("LessThanThreshold");
    public static readonly ComparisonOperator GreaterThanUpperThreshold = new("GreaterThanUpperThreshold");
    public static readonly ComparisonOperator LessThanLowerOrGreaterThanUpperThreshold = new(
        "LessThanLowerOrGreaterThanUpperThreshold"
    );
    public static readonly ComparisonOperator LessThanLowerThreshold = new("LessThanLowerThreshold");

    public static implicit operator ComparisonOperator(string value) => new(value);
}
