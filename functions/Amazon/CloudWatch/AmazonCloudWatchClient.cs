using Amazon.AwsJson;
using Amazon.CloudWatch.Model;
using Amazon.Runtime;

namespace Amazon.CloudWatch;

/// <summary>Safe for concurrent use; one for the life of the process keeps its connections.</summary>
public sealed class AmazonCloudWatchClient : IAmazonCloudWatch
{
    // CloudWatch speaks query (XML answers), CBOR and JSON.
    // Botocore's models list it as awsJson1_0, query-compatible (checked 2026-11, botocore 1.43).
    private static readonly AwsJsonDialect Service = new()
    {
        VariableSuffix = "CLOUDWATCH",
        EndpointPrefix = "monitoring",
        SigningName = "monitoring",
        TargetPrefix = "GraniteServiceVersion20100801",
        ContentType = "application/x-amz-json-1.0",
    };

    private readonly AwsJsonClient client;

    public AmazonCloudWatchClient()
        : this(new AwsClientSettings()) { }

    public AmazonCloudWatchClient(RegionEndpoint region)
        : this(new AwsClientSettings { Region = region }) { }

    public AmazonCloudWatchClient(AmazonCloudWatchConfig config)
        : this(Settings(null, config)) { }

    public AmazonCloudWatchClient(AWSCredentials credentials, RegionEndpoint region)
        : this(new AwsClientSettings { Credentials = credentials, Region = region }) { }

    public AmazonCloudWatchClient(AWSCredentials credentials, AmazonCloudWatchConfig clientConfig)
        : this(Settings(credentials, clientConfig)) { }

    internal AmazonCloudWatchClient(AwsClientSettings settings) => client = new(Service, settings, ToException);

    public async Task<DescribeAlarmsResponse> DescribeAlarmsAsync(
        DescribeAlarmsRequest request,
        CancellationToken cancellationToken = default
    )
    {
        var response = await client.SendAsync("DescribeAlarms", AlarmJson.Write(request), cancellationToken);
        return client.Read(response, AlarmJson.ReadAlarms);
    }

    public async Task<GetMetricWidgetImageResponse> GetMetricWidgetImageAsync(
        GetMetricWidgetImageRequest request,
        CancellationToken cancellationToken = default
    )
    {
        var response = await client.SendAsync("GetMetricWidgetImage", MetricJson.Write(request), cancellationToken);
        return client.Read(response, MetricJson.ReadImage);
    }

    public async Task<PutMetricDataResponse> PutMetricDataAsync(
        PutMetricDataRequest request,
        CancellationToken cancellationToken = default
    )
    {
        var response = await client.SendAsync("PutMetricData", MetricJson.Write(request), cancellationToken);
        return response.Describe(new PutMetricDataResponse());
    }

    public void Dispose() => client.Dispose();

    private static AwsClientSettings Settings(AWSCredentials? credentials, AmazonCloudWatchConfig config) =>
        new AwsClientSettings
        {
            Credentials = credentials,
            Region = config.RegionEndpoint,
            ServiceUrl = config.ServiceURL,
            MaxErrorRetry = config.MaxErrorRetry,
        }.With(config.Timeout);

    private static AmazonCloudWatchException ToException(AwsJsonError error) =>
        new(error.Message, error.Exception, error.Type, error.Code, error.RequestId, error.Status);
}
