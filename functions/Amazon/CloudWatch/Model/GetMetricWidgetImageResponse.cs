using Amazon.Runtime;

namespace Amazon.CloudWatch.Model;

public sealed class GetMetricWidgetImageResponse : AmazonWebServiceResponse
{
    /// <summary>A PNG.</summary>
    public MemoryStream? MetricWidgetImage { get; set; }
}
