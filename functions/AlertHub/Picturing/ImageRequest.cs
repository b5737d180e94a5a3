namespace AlertHub.Picturing;

/// <summary>A graph that is asked of CloudWatch.</summary>
/// <param name="Widget">GetMetricWidgetImage's <c>MetricWidget</c>.</param>
/// <param name="Region">Of the metrics; null where the alarm did not tell.</param>
/// <param name="Account">Likewise.</param>
public sealed record ImageRequest(string Widget, string? Region, string? Account);
