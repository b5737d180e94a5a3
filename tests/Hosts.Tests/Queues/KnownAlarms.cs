using Amazon.CloudWatch;
using Amazon.CloudWatch.Model;

namespace Hosts.Tests.Queues;

/// <summary>CloudWatch with these metric alarms, one on each page.</summary>
internal sealed class KnownAlarms : IAmazonCloudWatch
{
    public List<MetricAlarm> Alarms { get; } = [];

    /// <summary>What asking fails with.</summary>
    public Exception? Fault { get; set; }

    public Task<DescribeAlarmsResponse> DescribeAlarmsAsync(DescribeAlarmsRequest request, CancellationToken ct)
    {
        if (Fault is not null)
        {
            return Task.FromException<DescribeAlarmsResponse>(Fault);
        }

        MetricAlarm[] found =
        [
            .. Alarms.Where(alarm =>
                alarm.StateValue?.Value == request.StateValue?.Value
                && (
                    request.ActionPrefix is not { } prefix
                    || new[] { alarm.AlarmActions, alarm.OKActions, alarm.InsufficientDataActions }
                        .SelectMany(static actions => actions ?? [])
                        .Any(action => action.StartsWith(prefix, StringComparison.Ordinal))
                )
            ),
        ];
        var page = request.NextToken is { } token ? int.Parse(token, null) : 0;
        return Task.FromResult(
            new DescribeAlarmsResponse
            {
                MetricAlarms = [.. found.Skip(page).Take(1)],
                NextToken = page + 1 < found.Length ? $"{page + 1}" : null,
            }
        );
    }

    public Task<GetMetricWidgetImageResponse> GetMetricWidgetImageAsync(
        GetMetricWidgetImageRequest request,
        CancellationToken ct
    ) => throw new NotSupportedException();

    public Task<PutMetricDataResponse> PutMetricDataAsync(PutMetricDataRequest request, CancellationToken ct) =>
        throw new NotSupportedException();

    public void Dispose() { }
}
