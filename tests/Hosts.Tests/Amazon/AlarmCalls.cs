using Amazon;
using Amazon.AwsJson;
using Amazon.CloudWatch;
using Amazon.CloudWatch.Model;
using Amazon.Runtime;
using Hosts.Tests.Support;

namespace Hosts.Tests.Amazon;

/// <summary>Alarms asked for from a CloudWatch that answers as scripted, at noon, by a client whose waits take no time.</summary>
public abstract class AlarmCalls
{
    private protected static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);
    private protected static readonly FakeAwsAnswer Fine = FakeAwsAnswer.Json("""{"NextToken":"v"}""");

    private protected readonly SkippingTime time = new(Noon);

    private protected AwsClientSettings Settings(FakeAws aws) =>
        new()
        {
            ServiceUrl = aws.Url,
            Region = RegionEndpoint.EUWest1,
            Credentials = new SessionAWSCredentials("AKID", "secret", "token"),
            Time = time,
            Random = () => 0.5,
        };

    private protected static async Task<DescribeAlarmsResponse> GetAsync(
        AwsClientSettings settings,
        CancellationToken cancel = default
    )
    {
        using var client = new AmazonCloudWatchClient(settings);
        return await GetAsync(client, cancel);
    }

    private protected static async Task<DescribeAlarmsResponse> GetAsync(
        AmazonCloudWatchClient client,
        CancellationToken cancel = default
    ) => await client.DescribeAlarmsAsync(new() { AlarmNamePrefix = "a" }, cancel);
}
