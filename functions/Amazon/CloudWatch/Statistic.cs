using Amazon.Runtime;

namespace Amazon.CloudWatch;

/// <summary>Percentiles are no statistics but extended ones.</summary>
public sealed class Statistic(string value) : ConstantClass(value)
{
    public static readonly Statistic Average = new("Average");
    public static readonly Statistic Maximum = new("Maximum");
    public static readonly Statistic Minimum = new("Minimum");
    public static readonly Statistic SampleCount = new("SampleCount");
    public static readonly Statistic Sum = new("Sum");

    public static implicit operator Statistic(string value) => new(value);
}
