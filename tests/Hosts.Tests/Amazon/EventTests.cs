using System.Text;
using System.Text.Json;
using Amazon.Lambda.APIGatewayEvents;
using Amazon.Lambda.CloudWatchEvents;
using Amazon.Lambda.KinesisEvents;
using Amazon.Lambda.SNSEvents;
using Amazon.Lambda.SQSEvents;

namespace Hosts.Tests.Amazon;

/// <summary>Events as AWS documents them, https://docs.aws.amazon.com/lambda/latest/dg/lambda-services.html.</summary>
public sealed class EventTests
{
    [Fact]
    public void An_SNS_event_is_read()
    {
        var read = EventJson.Read<SNSEvent>(
            """
            {
              "Records": [
                {
                  "EventSource": "aws:sns",
                  "EventVersion": "1.0",
                  "EventSubscriptionArn": "arn:aws:sns:us-east-1:123456789012:alarms:21be56ed-a058-49f5-8c98-aedd2564c486",
                  "Sns": {
                    "Type": "Notification",
                    "MessageId": "95df01b4-ee98-5cb9-9903-4c221d41eb5e",
                    "TopicArn": "arn:aws:sns:us-east-1:123456789012:alarms",
                    "Subject": "ALARM: \"4xx\"",
                    "Message": "{\"AlarmName\":\"4xx\"}",
                    "Timestamp": "2026-01-02T12:45:07.300Z",
                    "SignatureVersion": "1",
                    "Signature": "tcc6faL2yUC6dgZdmrwh1Y4cGa",
                    "SigningCertUrl": "https://sns.us-east-1.amazonaws.com/SimpleNotificationService-1.pem",
                    "UnsubscribeUrl": "https://sns.us-east-1.amazonaws.com/?Action=Unsubscribe",
                    "MessageAttributes": { "severity": { "Type": "String", "Value": "critical" } }
                  }
                }
              ]
            }
            """
        );

        var record = Assert.Single(read.Records ?? []);
        Assert.Equal(("aws:sns", "1.0"), (record.EventSource, record.EventVersion));
        Assert.EndsWith(":21be56ed-a058-49f5-8c98-aedd2564c486", record.EventSubscriptionArn, StringComparison.Ordinal);
        Assert.Equal("""{"AlarmName":"4xx"}""", record.Sns?.Message);
        Assert.Equal(("Notification", "ALARM: \"4xx\""), (record.Sns?.Type, record.Sns?.Subject));
        Assert.Equal(new DateTime(2026, 1, 2, 12, 45, 7, 300, DateTimeKind.Utc), record.Sns?.Timestamp);
        Assert.Equal(DateTimeKind.Utc, record.Sns?.Timestamp.Kind);
        Assert.Equal("https://sns.us-east-1.amazonaws.com/SimpleNotificationService-1.pem", record.Sns?.SigningCertUrl);
        Assert.Equal("https://sns.us-east-1.amazonaws.com/?Action=Unsubscribe", record.Sns?.UnsubscribeUrl);
        Assert.Equal(("1", "tcc6faL2yUC6dgZdmrwh1Y4cGa"), (record.Sns?.SignatureVersion, record.Sns?.Signature));
        Assert.Equal("critical", record.Sns?.MessageAttributes?["severity"].Value);
    }

    [Fact]
    public void An_SQS_event_is_read()
    {
        var read = EventJson.Read<SQSEvent>(
            """
            {
              "Records": [
                {
                  "messageId": "059f36b4-87a3-44ab-83d2-661975830a7d",
                  "receiptHandle": "AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a",
                  "body": "Test message.",
                  "attributes": { "ApproximateReceiveCount": "1", "SentTimestamp": "1545082649183" },
                  "messageAttributes": {
                    "binary": { "binaryValue": "U21hdWc=", "stringListValues": [], "binaryListValues": ["VmVy"], "dataType": "Binary" }
                  },
                  "md5OfBody": "e4e68fb7bd0e697a0ae8f1bb342846b3",
                  "md5OfMessageAttributes": null,
                  "eventSource": "aws:sqs",
                  "eventSourceARN": "arn:aws:sqs:us-east-2:123456789012:my-queue",
                  "awsRegion": "us-east-2"
                }
              ]
            }
            """
        );

        var record = Assert.Single(read.Records ?? []);
        Assert.Equal("059f36b4-87a3-44ab-83d2-661975830a7d", record.MessageId);
        Assert.Equal(("Test message.", "AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a"), (record.Body, record.ReceiptHandle));
        Assert.Equal("1", record.Attributes?["ApproximateReceiveCount"]);
        Assert.Equal("arn:aws:sqs:us-east-2:123456789012:my-queue", record.EventSourceArn);
        Assert.Equal(("aws:sqs", "us-east-2"), (record.EventSource, record.AwsRegion));
        Assert.Equal(("e4e68fb7bd0e697a0ae8f1bb342846b3", null), (record.Md5OfBody, record.Md5OfMessageAttributes));
        var binary = record.MessageAttributes?["binary"];
        Assert.Equal("Smaug", Encoding.UTF8.GetString(binary?.BinaryValue?.ToArray() ?? []));
        Assert.Equal("Ver", Encoding.UTF8.GetString(binary?.BinaryListValues?[0].ToArray() ?? []));
        Assert.Equal("Binary", binary?.DataType);
    }

    [Fact]
    public void A_Kinesis_event_is_read()
    {
        var read = EventJson.Read<KinesisEvent>(
            """
            {
              "Records": [
                {
                  "kinesis": {
                    "kinesisSchemaVersion": "1.0",
                    "partitionKey": "1",
                    "sequenceNumber": "49590338271490256608559692538361571095921575989136588898",
                    "data": "SGVsbG8=",
                    "approximateArrivalTimestamp": 1545084650.987
                  },
                  "eventSource": "aws:kinesis",
                  "eventVersion": "1.0",
                  "eventID": "shardId-000000000006:49590338271490256608559692538361571095921575989136588898",
                  "eventName": "aws:kinesis:record",
                  "invokeIdentityArn": "arn:aws:iam::123456789012:role/lambda-role",
                  "awsRegion": "us-east-2",
                  "eventSourceARN": "arn:aws:kinesis:us-east-2:123456789012:stream/lambda-stream"
                }
              ]
            }
            """
        );

        var record = Assert.Single(read.Records ?? []);
        Assert.StartsWith("shardId-000000000006:", record.EventId, StringComparison.Ordinal);
        Assert.Equal("arn:aws:kinesis:us-east-2:123456789012:stream/lambda-stream", record.EventSourceARN);
        Assert.Equal("arn:aws:iam::123456789012:role/lambda-role", record.InvokeIdentityArn);
        Assert.Equal("Hello", Encoding.UTF8.GetString(record.Kinesis?.Data?.ToArray() ?? []));
        Assert.Equal(("1", "1.0"), (record.Kinesis?.PartitionKey, record.Kinesis?.KinesisSchemaVersion));
        Assert.Equal(
            new DateTime(2018, 12, 17, 22, 10, 50, 987, DateTimeKind.Utc),
            record.Kinesis?.ApproximateArrivalTimestamp
        );
    }

    [Fact]
    public void An_HTTP_request_is_read()
    {
        var read = EventJson.Read<APIGatewayHttpApiV2ProxyRequest>(
            """
            {
              "version": "2.0",
              "routeKey": "POST /api/v2/alerts",
              "rawPath": "/api/v2/alerts",
              "rawQueryString": "a=1&a=2",
              "cookies": ["c1", "c2"],
              "headers": { "content-type": "application/json", "x-many": "1,2" },
              "queryStringParameters": { "a": "1,2" },
              "requestContext": {
                "accountId": "123456789012",
                "apiId": "api-id",
                "authentication": null,
                "authorizer": { "jwt": { "claims": { "sub": "me" }, "scopes": ["write"] } },
                "domainName": "id.execute-api.us-east-1.amazonaws.com",
                "domainPrefix": "id",
                "http": { "method": "POST", "path": "/api/v2/alerts", "protocol": "HTTP/1.1", "sourceIp": "192.0.2.1", "userAgent": "curl" },
                "requestId": "JKJaXmPLvHcESHA=",
                "routeKey": "POST /api/v2/alerts",
                "stage": "$default",
                "time": "12/Mar/2026:19:03:58 +0000",
                "timeEpoch": 1583348638390
              },
              "body": "W10=",
              "pathParameters": { "proxy": "x" },
              "isBase64Encoded": true,
              "stageVariables": null
            }
            """
        );

        Assert.Equal(("2.0", "/api/v2/alerts", "a=1&a=2"), (read.Version, read.RawPath, read.RawQueryString));
        Assert.Equal(["c1", "c2"], read.Cookies ?? []);
        Assert.Equal(("1,2", "1,2"), (read.Headers?["x-many"], read.QueryStringParameters?["a"]));
        Assert.Equal(("W10=", true), (read.Body, read.IsBase64Encoded));
        Assert.Null(read.StageVariables);
        Assert.Equal(("POST", "192.0.2.1"), (read.RequestContext?.Http?.Method, read.RequestContext?.Http?.SourceIp));
        Assert.Equal(1583348638390, read.RequestContext?.TimeEpoch);
        Assert.Equal("me", read.RequestContext?.Authorizer?.Jwt?.Claims?["sub"]);
        Assert.Equal(["write"], read.RequestContext?.Authorizer?.Jwt?.Scopes ?? []);
    }

    [Fact]
    public void An_EventBridge_event_is_read_with_its_detail()
    {
        var read = EventJson.Read<CloudWatchEvent<JsonElement>>(
            """
            {
              "version": "0",
              "id": "c4c1c1c9-6542-e61b-6ef0-8c4d36933a92",
              "detail-type": "CloudWatch Alarm State Change",
              "source": "aws.cloudwatch",
              "account": "123456789012",
              "time": "2026-10-02T17:04:40Z",
              "region": "us-east-1",
              "resources": ["arn:aws:cloudwatch:us-east-1:123456789012:alarm:4xx"],
              "detail": { "alarmName": "4xx", "state": { "value": "ALARM" } }
            }
            """
        );

        Assert.Equal(("CloudWatch Alarm State Change", "aws.cloudwatch"), (read.DetailType, read.Source));
        Assert.Equal(("123456789012", "us-east-1", "0"), (read.Account, read.Region, read.Version));
        Assert.Equal(new DateTime(2026, 10, 2, 17, 4, 40, DateTimeKind.Utc), read.Time);
        Assert.Equal(["arn:aws:cloudwatch:us-east-1:123456789012:alarm:4xx"], read.Resources ?? []);
        Assert.Equal("ALARM", read.Detail.GetProperty("state").GetProperty("value").GetString());
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"Records":null}""")]
    [InlineData("""{"Records":[{}]}""")]
    [InlineData("""{"Records":[{"Sns":null,"kinesis":null,"body":null,"attributes":null,"unknown":[1,{"a":2}]}]}""")]
    [InlineData("""{"records":[{"sns":{"message":null,"Subject":null,"messageAttributes":null}}]}""")]
    public void Absent_null_unknown_and_differently_spelled_members_are_no_errors(string json)
    {
        EventJson.Read<SNSEvent>(json);
        EventJson.Read<SQSEvent>(json);
        EventJson.Read<KinesisEvent>(json);
        EventJson.Read<APIGatewayHttpApiV2ProxyRequest>(json);
        EventJson.Read<CloudWatchEvent<JsonElement>>(json);
    }
}
