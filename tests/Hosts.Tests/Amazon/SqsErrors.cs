using System.Net;
using Amazon;
using Amazon.AwsJson;
using Amazon.Runtime;
using Amazon.SQS;
using Amazon.SQS.Model;
using Hosts.Tests.Support;

namespace Hosts.Tests.Amazon;

public sealed class SqsErrors
{
    private readonly SkippingTime time = new(new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero));

    public static TheoryData<string, string?, Type, string> Refusals =>
        new()
        {
            {
                "com.amazonaws.sqs#QueueDoesNotExist",
                "AWS.SimpleQueueService.NonExistentQueue;Sender",
                typeof(QueueDoesNotExistException),
                "QueueDoesNotExist"
            },
            { "com.amazonaws.sqs#QueueDoesNotExist", null, typeof(QueueDoesNotExistException), "QueueDoesNotExist" },
            {
                "com.amazonaws.sqs#InvalidMessageContents",
                "InvalidMessageContents;Sender",
                typeof(InvalidMessageContentsException),
                "InvalidMessageContents"
            },
            {
                "com.amazonaws.sqs#ReceiptHandleIsInvalid",
                "ReceiptHandleIsInvalid;Sender",
                typeof(ReceiptHandleIsInvalidException),
                "ReceiptHandleIsInvalid"
            },
            {
                "com.amazonaws.sqs#MessageNotInflight",
                "AWS.SimpleQueueService.MessageNotInflight;Sender",
                typeof(MessageNotInflightException),
                "MessageNotInflight"
            },
            {
                "com.amazonaws.sqs#BatchRequestTooLong",
                "AWS.SimpleQueueService.BatchRequestTooLong;Sender",
                typeof(BatchRequestTooLongException),
                "BatchRequestTooLong"
            },
            {
                "com.amazonaws.sqs#TooManyEntriesInBatchRequest",
                "AWS.SimpleQueueService.TooManyEntriesInBatchRequest;Sender",
                typeof(AmazonSQSException),
                "TooManyEntriesInBatchRequest"
            },
            {
                "com.amazon.coral.service#AccessDeniedException",
                "AccessDenied;Sender",
                typeof(AmazonSQSException),
                "AccessDenied"
            },
            {
                "com.amazon.coral.service#InvalidParameterValueException",
                "InvalidParameterValue;Sender",
                typeof(AmazonSQSException),
                "InvalidParameterValue"
            },
        };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Refusals_have_the_kind_and_code_that_the_SDK_gives_them(
        string type,
        string? header,
        Type expected,
        string code
    )
    {
        var answer = FakeAwsAnswer.Error(400, type, "why");
        await using var aws = await FakeAws.StartAsync(
            header is null ? answer : answer.With("x-amzn-query-error", header)
        );

        var exception = await Assert.ThrowsAnyAsync<AmazonSQSException>(() => SendAsync(aws));

        Assert.IsType(expected, exception);
        Assert.Equal(
            (code, "why", "request-1", HttpStatusCode.BadRequest, ErrorType.Sender),
            (exception.ErrorCode, exception.Message, exception.RequestId, exception.StatusCode, exception.ErrorType)
        );
        Assert.Single(aws.Requests);
    }

    [Theory]
    [InlineData(403, "com.amazonaws.sqs#RequestThrottled", "RequestThrottled;Sender")]
    [InlineData(400, "com.amazonaws.sqs#KmsThrottled", "KMS.ThrottlingException;Sender")]
    [InlineData(500, "com.amazon.coral.service#InternalFailure", "InternalFailure;Receiver")]
    [InlineData(503, "com.amazon.coral.service#ServiceUnavailableException", "ServiceUnavailable;Receiver")]
    public async Task What_may_pass_is_tried_again(int status, string type, string header)
    {
        await using var aws = await FakeAws.StartAsync(
            FakeAwsAnswer.Error(status, type).With("x-amzn-query-error", header),
            FakeAwsAnswer.Json("""{"MessageId":"m"}""")
        );

        var sent = await SendAsync(aws);

        Assert.Equal(
            ("m", HttpStatusCode.OK, "request-2"),
            (sent.MessageId, sent.HttpStatusCode, sent.ResponseMetadata.RequestId)
        );
        Assert.Equal(2, aws.Requests.Count);
        Assert.Single(aws.Requests.Select(request => request.Body).Distinct());
    }

    [Fact]
    public async Task What_does_not_pass_is_the_last_error_after_three_tries()
    {
        await using var aws = await FakeAws.StartAsync(
            FakeAwsAnswer
                .Error(403, "com.amazonaws.sqs#RequestThrottled", "slower")
                .With("x-amzn-query-error", "RequestThrottled;Sender")
        );

        var exception = await Assert.ThrowsAsync<AmazonSQSException>(() => SendAsync(aws));

        Assert.Equal(("RequestThrottled", "slower"), (exception.ErrorCode, exception.Message));
        Assert.Equal(3, aws.Requests.Count);
    }

    [Fact]
    public async Task A_receipt_without_messages_has_none_and_one_that_cannot_be_read_is_an_error()
    {
        await using var aws = await FakeAws.StartAsync(
            FakeAwsAnswer.Json("{}"),
            FakeAwsAnswer.Json("""{"Messages":[{"MessageAttributes":{"b":{"BinaryValue":"?"}}}]}""")
        );
        using var client = new AmazonSQSClient(Settings(aws));

        Assert.Null((await client.ReceiveMessageAsync(new())).Messages);
        var exception = await Assert.ThrowsAsync<AmazonSQSException>(() => client.ReceiveMessageAsync(new()));
        Assert.Equal("UnreadableResponse", exception.ErrorCode);
    }

    [Fact]
    public async Task The_configuration_reaches_the_wire()
    {
        await using var aws = await FakeAws.StartAsync(FakeAwsAnswer.Error(500, "InternalFailure"));
        using var client = new AmazonSQSClient(
            new BasicAWSCredentials("AKID", "secret"),
            new AmazonSQSConfig
            {
                RegionEndpoint = RegionEndpoint.EUNorth1,
                ServiceURL = aws.Url,
                MaxErrorRetry = 0,
            }
        );

        await Assert.ThrowsAsync<AmazonSQSException>(() => client.GetQueueUrlAsync(new() { QueueName = "q" }));

        Assert.Contains(
            "/eu-north-1/sqs/aws4_request",
            Assert.Single(aws.Requests).Headers["authorization"],
            StringComparison.Ordinal
        );
    }

    private AwsClientSettings Settings(FakeAws aws) =>
        new()
        {
            ServiceUrl = aws.Url,
            Region = RegionEndpoint.EUWest1,
            Credentials = new BasicAWSCredentials("AKID", "secret"),
            Time = time,
            Random = () => 0.5,
        };

    private async Task<SendMessageResponse> SendAsync(FakeAws aws)
    {
        using var client = new AmazonSQSClient(Settings(aws));
        return await client.SendMessageAsync(new() { QueueUrl = "https://queue", MessageBody = "body" });
    }
}
