using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon;
using Amazon.AwsJson;
using Amazon.CloudWatch;
using Amazon.Runtime;
using Hosts.Tests.Support;

namespace Hosts.Tests.Amazon;

/// <summary>The clients against botocore's parser, so that not only we agree with ourselves.</summary>
public sealed class BotocoreResponseTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    private static AwsClientSettings Settings(FakeAws aws, string? token = "session/token+=") =>
        new()
        {
            ServiceUrl = aws.Url,
            Region = RegionEndpoint.EUCentral1,
            Credentials = token is null
                ? new BasicAWSCredentials("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")
                : new SessionAWSCredentials("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", token),
            Time = new FixedTime(Noon),
            MaxErrorRetry = 0,
        };

    private const string Common = """
        "ActionsEnabled":true,"AlarmActions":["arn:1"],"AlarmArn":"arn:aws:cloudwatch:eu-central-1:1:alarm:a",
        "AlarmConfigurationUpdatedTimestamp":1767323045.678,"AlarmDescription":"d","AlarmName":"a",
        "InsufficientDataActions":[],"OKActions":["arn:2"],"StateReason":"r","StateReasonData":"{}",
        "StateTransitionedTimestamp":1767323046,"StateUpdatedTimestamp":1767323047.5,"StateValue":"ALARM"
        """;

    private static readonly (
        string Service,
        string Operation,
        string Body,
        Func<AwsClientSettings, Task<object>> Call
    )[] Reads =
    [
        (
            "cloudwatch",
            "DescribeAlarms",
            $$"""
            {"CompositeAlarms":[{{{Common}},"AlarmRule":"ALARM(b)"}],
             "MetricAlarms":[{{{Common}},"ComparisonOperator":"GreaterThanThreshold","DatapointsToAlarm":2,
               "Dimensions":[{"Name":"n","Value":"v"}],"EvaluationPeriods":3,"ExtendedStatistic":"p99",
               "MetricName":"m","Namespace":"AWS/ELB","Period":60,"Statistic":"Sum","Threshold":0.5,
               "ThresholdMetricId":"ad1","TreatMissingData":"missing","Unit":"Count"}],
             "NextToken":"n"}
            """,
            async settings =>
            {
                using var client = new AmazonCloudWatchClient(settings);
                return await client.DescribeAlarmsAsync(new());
            }
        ),
        (
            "cloudwatch",
            "GetMetricWidgetImage",
            """{"MetricWidgetImage":"iVBORw0KGgo="}""",
            async settings =>
            {
                using var client = new AmazonCloudWatchClient(settings);
                return await client.GetMetricWidgetImageAsync(new());
            }
        ),
    ];

    [Fact]
    public async Task What_botocore_reads_from_an_answer_we_read_too()
    {
        var expected = await Botocore.AskAsync([
            .. Reads.Select(read => Response(read.Service, read.Operation, 200, read.Body)),
        ]);

        foreach (var (read, botocore) in Reads.Zip(expected))
        {
            await using var aws = await FakeAws.StartAsync(FakeAwsAnswer.Json(read.Body));
            AssertSame(read.Operation, botocore, await read.Call(Settings(aws)));
        }
    }

    [Theory]
    [InlineData("""{"__type":"ResourceNotFoundException","message":"m"}""")]
    [InlineData("""{"__type":"com.amazonaws.cloudwatch#ThrottlingException","Message":"m"}""")]
    public async Task Errors_have_the_code_and_message_botocore_gives_them(string body)
    {
        var answer = new FakeAwsAnswer { Status = 400, Body = body };
        await using var aws = await FakeAws.StartAsync(answer);
        var botocore = (await Botocore.AskAsync(Response("cloudwatch", "DescribeAlarms", 400, body)))[0]
            .GetProperty("Error");
        using var client = new AmazonCloudWatchClient(Settings(aws));

        var exception = await Assert.ThrowsAnyAsync<AmazonServiceException>(() => client.DescribeAlarmsAsync(new()));

        Assert.Equal(
            (botocore.GetProperty("Code").GetString(), botocore.GetProperty("Message").GetString()),
            (exception.ErrorCode, exception.Message)
        );
    }

    private static JsonObject Response(string service, string operation, int status, string body) =>
        new()
        {
            ["ask"] = "response",
            ["service"] = service,
            ["operation"] = operation,
            ["status"] = status,
            ["headers"] = new JsonObject(),
            ["body"] = body,
        };

    /// <summary>Every member that botocore read, by its name, is in ours.</summary>
    private static void AssertSame(string path, JsonElement expected, object? actual)
    {
        switch (expected.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in expected.EnumerateObject().Where(member => member.Name != "ResponseMetadata"))
                {
                    if (actual is System.Collections.IDictionary map)
                    {
                        AssertSame($"{path}.{member.Name}", member.Value, map[member.Name]);
                        continue;
                    }

                    var property = actual?.GetType().GetProperty(member.Name);
                    Assert.True(property is not null, $"{path}.{member.Name} is missing");
                    AssertSame($"{path}.{member.Name}", member.Value, property.GetValue(actual));
                }

                break;

            case JsonValueKind.Array:
                var items = Assert.IsAssignableFrom<System.Collections.IList>(actual);
                Assert.Equal(expected.GetArrayLength(), items.Count);
                foreach (var (index, item) in expected.EnumerateArray().Index())
                {
                    AssertSame($"{path}[{index}]", item, items[index]);
                }

                break;

            default:
                Assert.Equal((path, expected.ToString()), (path, Plain(actual)));
                break;
        }
    }

    private static string? Plain(object? value) =>
        value switch
        {
            DateTime time => (time - DateTime.UnixEpoch).TotalSeconds.ToString("0.0##", CultureInfo.InvariantCulture),
            MemoryStream stream => Convert.ToBase64String(stream.ToArray()),
            _ => Convert.ToString(value, CultureInfo.InvariantCulture),
        };
}
