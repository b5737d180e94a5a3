using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon;
using Amazon.AwsJson;
using Amazon.CloudWatch;
using Amazon.Runtime;
using Amazon.SimpleSystemsManagement;
using Hosts.Tests.Support;

namespace Hosts.Tests.Amazon;

/// <summary>The clients against botocore's serializer, parser and signer, so that not only we agree with ourselves.</summary>
public sealed class BotocoreTests
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

    private static async Task<FakeAwsRequest> SentAsync(Func<AwsClientSettings, Task> call, string? token = "t")
    {
        await using var aws = await FakeAws.StartAsync(FakeAwsAnswer.Json("{}"));
        await call(Settings(aws, token));
        return Assert.Single(aws.Requests);
    }

    private static Func<AwsClientSettings, Task> Ssm(Func<IAmazonSimpleSystemsManagement, Task> call) =>
        async settings =>
        {
            using var client = new AmazonSimpleSystemsManagementClient(settings);
            await call(client);
        };

    private static Func<AwsClientSettings, Task> CloudWatch(Func<IAmazonCloudWatch, Task> call) =>
        async settings =>
        {
            using var client = new AmazonCloudWatchClient(settings);
            await call(client);
        };

    private static readonly (
        string Service,
        string Operation,
        string Params,
        Func<AwsClientSettings, Task> Call
    )[] Calls =
    [
        (
            "ssm",
            "GetParameter",
            """{"Name":"/alerthub/slack","WithDecryption":true}""",
            Ssm(client => client.GetParameterAsync(new() { Name = "/alerthub/slack", WithDecryption = true }))
        ),
        (
            "ssm",
            "GetParameter",
            """{"Name":"a:3 \"ü\" <&>"}""",
            Ssm(client => client.GetParameterAsync(new() { Name = "a:3 \"ü\" <&>" }))
        ),
        (
            "ssm",
            "GetParametersByPath",
            """{"Path":"/alerthub/","Recursive":true,"WithDecryption":true,"MaxResults":10,"NextToken":"n"}""",
            Ssm(client =>
                client.GetParametersByPathAsync(
                    new()
                    {
                        Path = "/alerthub/",
                        Recursive = true,
                        WithDecryption = true,
                        MaxResults = 10,
                        NextToken = "n",
                    }
                )
            )
        ),
        ("cloudwatch", "DescribeAlarms", "{}", CloudWatch(client => client.DescribeAlarmsAsync(new()))),
        (
            "cloudwatch",
            "DescribeAlarms",
            """
            {"AlarmNames":["a","b"],"AlarmNamePrefix":"p","AlarmTypes":["CompositeAlarm","MetricAlarm"],
             "ChildrenOfAlarmName":"c","ParentsOfAlarmName":"d","StateValue":"ALARM","ActionPrefix":"arn",
             "MaxRecords":100,"NextToken":"n"}
            """,
            CloudWatch(client =>
                client.DescribeAlarmsAsync(
                    new()
                    {
                        AlarmNames = ["a", "b"],
                        AlarmNamePrefix = "p",
                        AlarmTypes = ["CompositeAlarm", "MetricAlarm"],
                        ChildrenOfAlarmName = "c",
                        ParentsOfAlarmName = "d",
                        StateValue = StateValue.ALARM,
                        ActionPrefix = "arn",
                        MaxRecords = 100,
                        NextToken = "n",
                    }
                )
            )
        ),
        (
            "cloudwatch",
            "GetMetricWidgetImage",
            """{"MetricWidget":"{\"metrics\":[[\"AWS/ELB\",\"4xx\"]]}","OutputFormat":"png"}""",
            CloudWatch(client =>
                client.GetMetricWidgetImageAsync(
                    new() { MetricWidget = """{"metrics":[["AWS/ELB","4xx"]]}""", OutputFormat = "png" }
                )
            )
        ),
        (
            "cloudwatch",
            "PutMetricData",
            """
            {"Namespace":"AlertHub","MetricData":[
              {"MetricName":"Delivered","Dimensions":[{"Name":"Channel","Value":"slack"}],"Timestamp":1767323045,
               "Value":1.5,"Unit":"Count","StorageResolution":60},
              {"MetricName":"Delay","Values":[0.25,3],"Counts":[2,1],"Unit":"Count/Second"}]}
            """,
            CloudWatch(client =>
                client.PutMetricDataAsync(
                    new()
                    {
                        Namespace = "AlertHub",
                        MetricData =
                        [
                            new()
                            {
                                MetricName = "Delivered",
                                Dimensions = [new() { Name = "Channel", Value = "slack" }],
                                Timestamp = DateTime.UnixEpoch.AddSeconds(1767323045),
                                Value = 1.5,
                                Unit = StandardUnit.Count,
                                StorageResolution = 60,
                            },
                            new()
                            {
                                MetricName = "Delay",
                                Values = [0.25, 3],
                                Counts = [2, 1],
                                Unit = StandardUnit.CountSecond,
                            },
                        ],
                    }
                )
            )
        ),
    ];

    [Fact]
    public async Task Requests_are_what_botocore_sends()
    {
        var expected = await Botocore.AskAsync([
            .. Calls.Select(call => new JsonObject
            {
                ["ask"] = "request",
                ["service"] = call.Service,
                ["operation"] = call.Operation,
                ["params"] = JsonNode.Parse(call.Params),
            }),
        ]);

        foreach (var (call, botocore) in Calls.Zip(expected))
        {
            var sent = await SentAsync(call.Call);

            Assert.Equal(botocore.GetProperty("method").GetString(), sent.Method);
            Assert.Equal(botocore.GetProperty("path").GetString(), new Uri(sent.Url).AbsolutePath);
            foreach (var header in botocore.GetProperty("headers").EnumerateObject())
            {
                Assert.Equal(header.Value.GetString(), sent.Headers[header.Name.ToLowerInvariant()]);
            }

            Assert.True(
                JsonNode.DeepEquals(
                    JsonNode.Parse(botocore.GetProperty("body").GetRawText()),
                    JsonNode.Parse(sent.Body)
                ),
                $"{call.Operation}: botocore sends {botocore.GetProperty("body")}, we send {sent.Body}"
            );
            Assert.Equal(call.Service == "cloudwatch", sent.Headers.ContainsKey("x-amzn-query-mode"));
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("session/token+=")]
    public async Task Signatures_are_what_botocore_computes(string? token)
    {
        var sent = new List<(FakeAwsRequest Request, string Given, string Scope)>();
        var questions = new List<JsonObject>();
        foreach (var call in Calls)
        {
            var request = await SentAsync(call.Call, token);
            // AWS4-HMAC-SHA256 Credential=AKID/20260102/eu-central-1/ssm/aws4_request, SignedHeaders=a;b, Signature=hex
            var authorization = request
                .Headers["authorization"]["AWS4-HMAC-SHA256 ".Length..]
                .Split(',', StringSplitOptions.TrimEntries)
                .Select(part => part.Split('=', 2))
                .ToDictionary(part => part[0], part => part[1]);
            var signed = authorization["SignedHeaders"].Split(';');
            Assert.Contains("x-amz-target", signed);
            Assert.Equal(token is not null, signed.Contains("x-amz-security-token"));
            sent.Add((request, authorization["Signature"], authorization["Credential"]));
            questions.Add(
                new()
                {
                    ["ask"] = "signature",
                    ["service"] = call.Service == "cloudwatch" ? "monitoring" : call.Service,
                    ["region"] = "eu-central-1",
                    ["key"] = "AKIDEXAMPLE",
                    ["secret"] = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
                    ["token"] = token,
                    ["method"] = request.Method,
                    ["url"] = request.Url,
                    ["headers"] = new JsonObject(
                        signed.Select(name => KeyValuePair.Create<string, JsonNode?>(name, request.Headers[name]))
                    ),
                    ["body"] = request.Body,
                }
            );
        }

        var expected = await Botocore.AskAsync([.. questions]);

        Assert.Equal(expected.Select(signature => signature.GetString()), sent.Select(each => each.Given));
        Assert.All(sent, each => Assert.Equal("20260102T120000Z", each.Request.Headers["x-amz-date"]));
        Assert.All(
            sent,
            each => Assert.StartsWith("AKIDEXAMPLE/20260102/eu-central-1/", each.Scope, StringComparison.Ordinal)
        );
    }

    private const string Parameter = """
        {"ARN":"arn:aws:ssm:eu-central-1:1:parameter/a","DataType":"text","LastModifiedDate":1767323045.678,
         "Name":"/a","Selector":":3","SourceResult":"{}","Type":"SecureString","Value":"s3cret ü","Version":3}
        """;

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
            "ssm",
            "GetParameter",
            $$"""{"Parameter":{{Parameter}}}""",
            async settings =>
            {
                using var client = new AmazonSimpleSystemsManagementClient(settings);
                return await client.GetParameterAsync(new());
            }
        ),
        (
            "ssm",
            "GetParametersByPath",
            $$"""{"Parameters":[{{Parameter}},{"Name":"b"}],"NextToken":"n"}""",
            async settings =>
            {
                using var client = new AmazonSimpleSystemsManagementClient(settings);
                return await client.GetParametersByPathAsync(new());
            }
        ),
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
    [InlineData("""{"__type":"ParameterNotFound","message":"m"}""")]
    [InlineData("""{"__type":"com.amazonaws.ssm#ThrottlingException","Message":"m"}""")]
    public async Task Errors_have_the_code_and_message_botocore_gives_them(string body)
    {
        var answer = new FakeAwsAnswer { Status = 400, Body = body };
        await using var aws = await FakeAws.StartAsync(answer);
        var botocore = (await Botocore.AskAsync(Response("ssm", "GetParameter", 400, body)))[0].GetProperty("Error");
        using var client = new AmazonSimpleSystemsManagementClient(Settings(aws));

        var exception = await Assert.ThrowsAnyAsync<AmazonServiceException>(() => client.GetParameterAsync(new()));

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
