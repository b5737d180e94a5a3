namespace Amazon.CloudWatch.Model;

public sealed class PutMetricDataRequest
{
    /// <summary>At most 1000, in 1 MB.</summary>
    public List<MetricDatum>? MetricData { get; set; }

    /// <summary>Not one that begins with <c>AWS/</c>.</summary>
    public string? Namespace { get; set; }
}
