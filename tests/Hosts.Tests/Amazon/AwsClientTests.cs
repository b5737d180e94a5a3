using System.Net;
using System.Text;
using Amazon;
using Amazon.AwsJson;
using Amazon.CloudWatch;
using Amazon.Runtime;
using Hosts.Tests.Support;

namespace Hosts.Tests.Amazon;

public sealed class AwsClientTests
{
    private static readonly BasicAWSCredentials Credentials = new("AKID", "secret");

    private static readonly AwsJsonDialect Ssm = new()
    {
        VariableSuffix = "SSM",
        EndpointPrefix = "ssm",
        SigningName = "ssm",
        TargetPrefix = "AmazonSSM",
        ContentType = "application/x-amz-json-1.1",
    };

    private static AwsClientSettings In(params (string Name, string Value)[] variables) =>
        new() { Variable = name => variables.FirstOrDefault(variable => variable.Name == name).Value };

    [Theory]
    [InlineData("eu-west-1", "https://ssm.eu-west-1.amazonaws.com/")]
    [InlineData("cn-north-1", "https://ssm.cn-north-1.amazonaws.com.cn/")]
    [InlineData("us-gov-west-1", "https://ssm.us-gov-west-1.amazonaws.com/")]
    [InlineData("xx-new-9", "https://ssm.xx-new-9.amazonaws.com/")]
    public void The_endpoint_is_that_of_the_region_and_its_partition(string region, string expected)
    {
        var endpoint = AwsEndpoint.Of(Ssm, In(("AWS_REGION", region)));

        Assert.Equal((expected, region), (endpoint.Address.ToString(), endpoint.Region.SystemName));
    }

    [Fact]
    public void Code_goes_before_the_variable_of_the_service_before_the_variable_for_all()
    {
        (string, string)[] all =
        [
            ("AWS_REGION", "eu-west-1"),
            ("AWS_ENDPOINT_URL", "http://all:1"),
            ("AWS_ENDPOINT_URL_SSM", "http://ssm:1"),
        ];

        Assert.Equal("http://all:1/", AwsEndpoint.Of(Ssm, In(all[..2])).Address.ToString());
        Assert.Equal("http://ssm:1/", AwsEndpoint.Of(Ssm, In(all)).Address.ToString());
        Assert.Equal(
            "http://code:1/",
            AwsEndpoint.Of(Ssm, In(all) with { ServiceUrl = "http://code:1" }).Address.ToString()
        );
        Assert.Equal(
            "https://ssm.eu-west-1.amazonaws.com/",
            AwsEndpoint.Of(Ssm, In([.. all, ("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true")])).Address.ToString()
        );
        Assert.Equal(
            "https://ssm.us-east-2.amazonaws.com/",
            AwsEndpoint.Of(Ssm, In(all[..1]) with { Region = RegionEndpoint.USEast2 }).Address.ToString()
        );
        Assert.Equal("eu-north-1", AwsEndpoint.Of(Ssm, In(("AWS_DEFAULT_REGION", "eu-north-1"))).Region.SystemName);
    }

    [Theory]
    [InlineData("ssm.local")]
    [InlineData("ftp://ssm")]
    public void An_endpoint_that_is_none_is_named(string url)
    {
        var exception = Assert.Throws<AmazonClientException>(() =>
            AwsEndpoint.Of(Ssm, In(("AWS_REGION", "eu-west-1"), ("AWS_ENDPOINT_URL_SSM", url)))
        );

        Assert.Contains($"'{url}'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("'AWS_ENDPOINT_URL_SSM'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_official_configuration_reaches_the_wire()
    {
        await using var aws = await FakeAws.StartAsync(FakeAwsAnswer.Error(500, "InternalServerError"));
        using var client = new AmazonCloudWatchClient(
            Credentials,
            new AmazonCloudWatchConfig
            {
                RegionEndpoint = RegionEndpoint.EUNorth1,
                ServiceURL = aws.Url,
                MaxErrorRetry = 0,
            }
        );

        await Assert.ThrowsAsync<AmazonCloudWatchException>(() => client.DescribeAlarmsAsync(new()));

        Assert.Contains(
            "/eu-north-1/monitoring/aws4_request",
            Assert.Single(aws.Requests).Headers["authorization"],
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Errors_say_what_the_service_said()
    {
        await using var aws = await FakeAws.StartAsync(FakeAwsAnswer.Error(400, "AccessDeniedException", "why"));
        using var client = Client(aws);

        var exception = await Assert.ThrowsAsync<AmazonCloudWatchException>(() => client.DescribeAlarmsAsync(new()));

        Assert.Equal(
            ("AccessDeniedException", "why", "request-1", HttpStatusCode.BadRequest, ErrorType.Sender),
            (exception.ErrorCode, exception.Message, exception.RequestId, exception.StatusCode, exception.ErrorType)
        );
    }

    [Theory]
    [InlineData("<html>secret token</html>")]
    [InlineData("[]")]
    [InlineData("")]
    public async Task An_error_page_of_something_in_between_is_named_by_its_status_and_not_repeated(string page)
    {
        await using var aws = await FakeAws.StartAsync(new FakeAwsAnswer { Status = 403, Body = page });
        using var client = Client(aws);

        var exception = await Assert.ThrowsAsync<AmazonCloudWatchException>(() => client.DescribeAlarmsAsync(new()));

        Assert.Equal(
            ("Forbidden", "The service answered 403 without a message."),
            (exception.ErrorCode, exception.Message)
        );
    }

    [Theory]
    [InlineData("<html>")]
    [InlineData("[]")]
    [InlineData("""{"MetricAlarms":7}""")]
    [InlineData("""{"MetricAlarms":[{"Period":"x"}]}""")]
    [InlineData("""{"MetricAlarms":[{"StateUpdatedTimestamp":1e300}]}""")]
    public async Task An_answer_that_cannot_be_read_is_an_error_with_the_request_id(string body)
    {
        await using var aws = await FakeAws.StartAsync(FakeAwsAnswer.Json(body));
        using var client = Client(aws);

        var exception = await Assert.ThrowsAsync<AmazonCloudWatchException>(() => client.DescribeAlarmsAsync(new()));

        Assert.Equal(("UnreadableResponse", "request-1"), (exception.ErrorCode, exception.RequestId));
    }

    [Fact]
    public async Task A_response_tells_status_and_request_id()
    {
        await using var aws = await FakeAws.StartAsync(FakeAwsAnswer.Json("""{"NextToken":"n"}"""));
        using var client = Client(aws);

        var response = await client.DescribeAlarmsAsync(new());

        Assert.Equal((HttpStatusCode.OK, "request-1"), (response.HttpStatusCode, response.ResponseMetadata.RequestId));
        Assert.Equal("n", response.NextToken);
    }

    [Fact]
    public async Task CloudWatch_names_errors_as_it_did_in_its_query_days()
    {
        await using var aws = await FakeAws.StartAsync(
            FakeAwsAnswer
                .Error(400, "com.amazonaws.cloudwatch#ResourceNotFoundException")
                .With("x-amzn-query-error", "ResourceNotFound;Sender")
        );
        using var client = new AmazonCloudWatchClient(
            Credentials,
            new AmazonCloudWatchConfig { RegionEndpoint = RegionEndpoint.EUWest1, ServiceURL = aws.Url }
        );

        var exception = await Assert.ThrowsAsync<AmazonCloudWatchException>(() => client.DescribeAlarmsAsync(new()));

        Assert.Equal("ResourceNotFound", exception.ErrorCode);
    }

    [Fact]
    public async Task Metrics_have_no_answer_and_pictures_are_streams()
    {
        await using var aws = await FakeAws.StartAsync(
            FakeAwsAnswer.Json(""),
            FakeAwsAnswer.Json("""{"MetricWidgetImage":"SGVsbG8="}""")
        );
        using var client = new AmazonCloudWatchClient(
            Credentials,
            new AmazonCloudWatchConfig { RegionEndpoint = RegionEndpoint.EUWest1, ServiceURL = aws.Url }
        );

        var put = await client.PutMetricDataAsync(new() { Namespace = "AlertHub", MetricData = [] });
        var image = await client.GetMetricWidgetImageAsync(new() { MetricWidget = "{}" });

        Assert.Equal(HttpStatusCode.OK, put.HttpStatusCode);
        Assert.Equal("Hello", Encoding.UTF8.GetString(image.MetricWidgetImage?.ToArray() ?? []));
    }

    private static AmazonCloudWatchClient Client(FakeAws aws) =>
        new(Credentials, new AmazonCloudWatchConfig { RegionEndpoint = RegionEndpoint.EUWest1, ServiceURL = aws.Url });
}
