namespace Amazon.CloudWatch.Model;

public sealed class GetMetricWidgetImageRequest
{
    /// <summary>The graph, in the JSON of CloudWatch dashboards; at most 100 metrics and 100 KB.</summary>
    public string? MetricWidget { get; set; }

    /// <summary>By default <c>png</c>.</summary>
    public string? OutputFormat { get; set; }
}
