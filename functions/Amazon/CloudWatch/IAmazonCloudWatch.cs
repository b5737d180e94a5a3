using Amazon.CloudWatch.Model;

namespace Amazon.CloudWatch;

/// <summary>Amazon CloudWatch: the alarms, pictures of metrics, and metrics of one's own.</summary>
public interface IAmazonCloudWatch : IDisposable
{
    /// <summary>One page; the rest by <see cref="DescribeAlarmsResponse.NextToken"/>.</summary>
    Task<DescribeAlarmsResponse> DescribeAlarmsAsync(
        DescribeAlarmsRequest request,
        CancellationToken cancellationToken = default
    );

    /// <summary>At most 20 a second; not in GovCloud.</summary>
    Task<GetMetricWidgetImageResponse> GetMetricWidgetImageAsync(
        GetMetricWidgetImageRequest request,
        CancellationToken cancellationToken = default
    );

    Task<PutMetricDataResponse> PutMetricDataAsync(
        PutMetricDataRequest request,
        CancellationToken cancellationToken = default
    );
}
