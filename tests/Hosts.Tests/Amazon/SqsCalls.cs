using Amazon.AwsJson;
using Amazon.SQS;

namespace Hosts.Tests.Amazon;

/// <summary>SQS's operations as botocore is asked for them, and as our client is.</summary>
internal static class SqsCalls
{
    private const string Url = "https://sqs.eu-central-1.amazonaws.com/123456789012/q";

    public static readonly (
        string Service,
        string Operation,
        string Params,
        Func<AwsClientSettings, Task> Call
    )[] Requests =
    [
        (
            "sqs",
            "SendMessage",
            """{"QueueUrl":"https://sqs.eu-central-1.amazonaws.com/123456789012/q","MessageBody":"\"ü\" <&> 🔥"}""",
            Sqs(client => client.SendMessageAsync(new() { QueueUrl = Url, MessageBody = "\"ü\" <&> 🔥" }))
        ),
        (
            "sqs",
            "SendMessage",
            """
            {"QueueUrl":"https://sqs.eu-central-1.amazonaws.com/123456789012/q","MessageBody":"b","DelaySeconds":900,
             "MessageAttributes":{"a":{"DataType":"String","StringValue":"v"},
                                  "n":{"DataType":"Number","StringValue":"7"},
                                  "b":{"DataType":"Binary","BinaryValue":"bytes"}},
             "MessageDeduplicationId":"d","MessageGroupId":"g"}
            """,
            Sqs(client =>
                client.SendMessageAsync(
                    new()
                    {
                        QueueUrl = Url,
                        MessageBody = "b",
                        DelaySeconds = 900,
                        MessageAttributes = new()
                        {
                            ["a"] = new() { DataType = "String", StringValue = "v" },
                            ["n"] = new() { DataType = "Number", StringValue = "7" },
                            // Botocore takes a text for its bytes.
                            ["b"] = new() { DataType = "Binary", BinaryValue = new MemoryStream("bytes"u8.ToArray()) },
                        },
                        MessageDeduplicationId = "d",
                        MessageGroupId = "g",
                    }
                )
            )
        ),
        (
            "sqs",
            "SendMessageBatch",
            """
            {"QueueUrl":"https://sqs.eu-central-1.amazonaws.com/123456789012/q","Entries":[
              {"Id":"1","MessageBody":"a"},
              {"Id":"2","MessageBody":"b","DelaySeconds":0,
               "MessageAttributes":{"a":{"DataType":"String","StringValue":"v"}},
               "MessageDeduplicationId":"d","MessageGroupId":"g"}]}
            """,
            Sqs(client =>
                client.SendMessageBatchAsync(
                    new()
                    {
                        QueueUrl = Url,
                        Entries =
                        [
                            new() { Id = "1", MessageBody = "a" },
                            new()
                            {
                                Id = "2",
                                MessageBody = "b",
                                DelaySeconds = 0,
                                MessageAttributes = new()
                                {
                                    ["a"] = new() { DataType = "String", StringValue = "v" },
                                },
                                MessageDeduplicationId = "d",
                                MessageGroupId = "g",
                            },
                        ],
                    }
                )
            )
        ),
        (
            "sqs",
            "ReceiveMessage",
            """
            {"QueueUrl":"https://sqs.eu-central-1.amazonaws.com/123456789012/q","MaxNumberOfMessages":10,
             "MessageAttributeNames":["a","b.*"],"MessageSystemAttributeNames":["SentTimestamp"],
             "VisibilityTimeout":0,"WaitTimeSeconds":20}
            """,
            Sqs(client =>
                client.ReceiveMessageAsync(
                    new()
                    {
                        QueueUrl = Url,
                        MaxNumberOfMessages = 10,
                        MessageAttributeNames = ["a", "b.*"],
                        MessageSystemAttributeNames = [MessageSystemAttributeName.SentTimestamp],
                        VisibilityTimeout = 0,
                        WaitTimeSeconds = 20,
                    }
                )
            )
        ),
        (
            "sqs",
            "DeleteMessage",
            """{"QueueUrl":"https://sqs.eu-central-1.amazonaws.com/123456789012/q","ReceiptHandle":"r+/="}""",
            Sqs(client => client.DeleteMessageAsync(new() { QueueUrl = Url, ReceiptHandle = "r+/=" }))
        ),
        (
            "sqs",
            "DeleteMessageBatch",
            """
            {"QueueUrl":"https://sqs.eu-central-1.amazonaws.com/123456789012/q",
             "Entries":[{"Id":"1","ReceiptHandle":"r"},{"Id":"2","ReceiptHandle":"s"}]}
            """,
            Sqs(client =>
                client.DeleteMessageBatchAsync(
                    new()
                    {
                        QueueUrl = Url,
                        Entries = [new() { Id = "1", ReceiptHandle = "r" }, new() { Id = "2", ReceiptHandle = "s" }],
                    }
                )
            )
        ),
        (
            "sqs",
            "ChangeMessageVisibility",
            """
            {"QueueUrl":"https://sqs.eu-central-1.amazonaws.com/123456789012/q","ReceiptHandle":"r",
             "VisibilityTimeout":43200}
            """,
            Sqs(client =>
                client.ChangeMessageVisibilityAsync(
                    new()
                    {
                        QueueUrl = Url,
                        ReceiptHandle = "r",
                        VisibilityTimeout = 43200,
                    }
                )
            )
        ),
        (
            "sqs",
            "GetQueueAttributes",
            """{"QueueUrl":"https://sqs.eu-central-1.amazonaws.com/123456789012/q","AttributeNames":["All"]}""",
            Sqs(client =>
                client.GetQueueAttributesAsync(new() { QueueUrl = Url, AttributeNames = [QueueAttributeName.All] })
            )
        ),
        (
            "sqs",
            "GetQueueUrl",
            """{"QueueName":"q","QueueOwnerAWSAccountId":"123456789012"}""",
            Sqs(client => client.GetQueueUrlAsync(new() { QueueName = "q", QueueOwnerAWSAccountId = "123456789012" }))
        ),
    ];

    private const string Failed = """
        "Failed":[{"Id":"2","Code":"InvalidMessageContents","Message":"m","SenderFault":true},
                  {"Id":"3","Code":"InternalError","SenderFault":false}]
        """;

    public static readonly (
        string Service,
        string Operation,
        string Body,
        Func<AwsClientSettings, Task<object>> Call
    )[] Responses =
    [
        (
            "sqs",
            "SendMessage",
            """{"MessageId":"m","MD5OfMessageBody":"0","MD5OfMessageAttributes":"1","SequenceNumber":"2"}""",
            Answer(client => client.SendMessageAsync(new()))
        ),
        (
            "sqs",
            "SendMessageBatch",
            $$"""
            {"Successful":[{"Id":"1","MessageId":"m","MD5OfMessageBody":"0","MD5OfMessageAttributes":"1",
                            "SequenceNumber":"2"}],{{Failed}}}
            """,
            Answer(client => client.SendMessageBatchAsync(new()))
        ),
        (
            "sqs",
            "ReceiveMessage",
            """
            {"Messages":[{"MessageId":"m","ReceiptHandle":"r","Body":"\"ü\" \ud83d\udd25","MD5OfBody":"0",
              "MD5OfMessageAttributes":"1","Attributes":{"SentTimestamp":"1767323045678","SenderId":"s"},
              "MessageAttributes":{"a":{"DataType":"String","StringValue":"v"},
                                   "b":{"DataType":"Binary","BinaryValue":"AAH/"}}},
             {"MessageId":"n","Body":""}]}
            """,
            Answer(client => client.ReceiveMessageAsync(new()))
        ),
        ("sqs", "ReceiveMessage", "{}", Answer(client => client.ReceiveMessageAsync(new()))),
        (
            "sqs",
            "DeleteMessageBatch",
            $$"""{"Successful":[{"Id":"1"}],{{Failed}}}""",
            Answer(client => client.DeleteMessageBatchAsync(new()))
        ),
        (
            "sqs",
            "GetQueueAttributes",
            """{"Attributes":{"QueueArn":"arn:aws:sqs:eu-central-1:1:q","VisibilityTimeout":"30"}}""",
            Answer(client => client.GetQueueAttributesAsync(new()))
        ),
        ("sqs", "GetQueueUrl", $$"""{"QueueUrl":"{{Url}}"}""", Answer(client => client.GetQueueUrlAsync(new()))),
    ];

    private static Func<AwsClientSettings, Task> Sqs(Func<IAmazonSQS, Task> call) =>
        async settings =>
        {
            using var client = new AmazonSQSClient(settings);
            await call(client);
        };

    private static Func<AwsClientSettings, Task<object>> Answer<T>(Func<IAmazonSQS, Task<T>> call)
        where T : class =>
        async settings =>
        {
            using var client = new AmazonSQSClient(settings);
            return await call(client);
        };
}
