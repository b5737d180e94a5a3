using System.Text.Json.Nodes;
using Amazon;
using Amazon.AwsJson;
using Amazon.CloudWatch;
using Amazon.Runtime;
using Hosts.Tests.Support;

namespace Hosts.Tests.Amazon;

/// <summary>The clients against botocore's serializer and signer, so that not only we agree with ourselves.</summary>
public sealed class BotocoreRequestTests
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
            Assert.True(sent.Headers.ContainsKey("x-amzn-query-mode"));
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
            // AWS4-HMAC-SHA256 Credential=AKID/20260102/eu-central-1/monitoring/aws4_request, SignedHeaders=a;b, Signature=hex
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
                    ["service"] = "monitoring",
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
}
