using System.Diagnostics;
using System.Text;
using Amazon.Runtime;
using Amazon.SQS;
using Amazon.SQS.Model;
using Hosts.Tests.Support;

namespace Hosts.Tests.Amazon;

/// <summary>What the hosts rely on in a queue: the stand-in's client against an SQS that is none of ours.</summary>
[Collection(SharedFauxqs.Name)]
public sealed class SqsMessages(Fauxqs fauxqs) : SqsTest(fauxqs)
{
    // The server's clock counts whole milliseconds and need not run as ours does.
    private static readonly TimeSpan AlmostOneSecond = TimeSpan.FromMilliseconds(990);

    [Fact]
    public async Task A_queue_is_found_by_its_name_and_tells_about_itself()
    {
        var queue = await fauxqs.CreateQueueAsync(name, ("VisibilityTimeout", "60"));
        await client.SendMessageAsync(new() { QueueUrl = queue.Url, MessageBody = "now" });
        await client.SendMessageAsync(
            new()
            {
                QueueUrl = queue.Url,
                MessageBody = "later",
                DelaySeconds = 900,
            }
        );

        Assert.Equal(queue.Url, (await client.GetQueueUrlAsync(new() { QueueName = name })).QueueUrl);
        var attributes = await client.GetQueueAttributesAsync(
            new() { QueueUrl = queue.Url, AttributeNames = [QueueAttributeName.All] }
        );
        Assert.Equal((queue.Arn, 60), (attributes.QueueARN, attributes.VisibilityTimeout));
        Assert.Equal(
            (1, 1, 0),
            (
                attributes.ApproximateNumberOfMessages,
                attributes.ApproximateNumberOfMessagesDelayed,
                attributes.ApproximateNumberOfMessagesNotVisible
            )
        );
    }

    [Fact]
    public async Task A_queue_that_does_not_exist_is_an_error_of_its_own()
    {
        var unnamed = await Assert.ThrowsAsync<QueueDoesNotExistException>(() =>
            client.GetQueueUrlAsync(new() { QueueName = name })
        );
        var unsent = await Assert.ThrowsAsync<QueueDoesNotExistException>(() =>
            client.SendMessageAsync(new() { QueueUrl = $"http://localhost/000000000000/{name}", MessageBody = "a" })
        );

        Assert.Equal(("QueueDoesNotExist", "QueueDoesNotExist"), (unnamed.ErrorCode, unsent.ErrorCode));
    }

    [Fact]
    public async Task A_message_with_a_delay_is_not_received_before()
    {
        var queue = await fauxqs.CreateQueueAsync(name);
        var sent = Stopwatch.GetTimestamp();
        await client.SendMessageAsync(
            new()
            {
                QueueUrl = queue.Url,
                MessageBody = "later",
                DelaySeconds = 1,
            }
        );

        Assert.Equal("later", (await NextAsync(queue)).Body);
        Assert.True(Stopwatch.GetElapsedTime(sent) >= AlmostOneSecond, "received before its delay was over");
    }

    [Fact]
    public async Task A_message_that_XML_cannot_hold_is_refused()
    {
        var queue = await fauxqs.CreateQueueAsync(name);

        var exception = await Assert.ThrowsAsync<InvalidMessageContentsException>(() =>
            client.SendMessageAsync(new() { QueueUrl = queue.Url, MessageBody = "\0" })
        );

        Assert.Equal(("InvalidMessageContents", ErrorType.Sender), (exception.ErrorCode, exception.ErrorType));
    }

    [Fact]
    public async Task Attributes_come_back_as_they_were()
    {
        var queue = await fauxqs.CreateQueueAsync(name);
        await client.SendMessageAsync(
            new()
            {
                QueueUrl = queue.Url,
                MessageBody = "{\"ü\":\"<&>\"}",
                MessageAttributes = new()
                {
                    ["text"] = new() { DataType = "String", StringValue = "größer" },
                    ["number"] = new() { DataType = "Number.int", StringValue = "7" },
                    ["bytes"] = new() { DataType = "Binary", BinaryValue = new MemoryStream([0, 1, 255]) },
                },
            }
        );

        var message = await NextAsync(queue);

        Assert.Equal("{\"ü\":\"<&>\"}", message.Body);
        Assert.Equal(3, message.MessageAttributes?.Count);
        var text = message.MessageAttributes?["text"];
        var number = message.MessageAttributes?["number"];
        var bytes = message.MessageAttributes?["bytes"];
        Assert.Equal(("String", "größer"), (text?.DataType, text?.StringValue));
        Assert.Equal(("Number.int", "7"), (number?.DataType, number?.StringValue));
        Assert.Equal("Binary", bytes?.DataType);
        Assert.Equal([0, 1, 255], bytes?.BinaryValue?.ToArray());
        Assert.Equal("1", message.Attributes?[MessageSystemAttributeName.ApproximateReceiveCount]);
    }

    [Fact]
    public async Task A_message_that_is_not_deleted_comes_again_and_then_goes_to_the_dead_letters()
    {
        var dead = await fauxqs.CreateQueueAsync(name + "-dead");
        var queue = await fauxqs.CreateQueueAsync(name, dead, maxReceiveCount: 2, ("VisibilityTimeout", "1"));
        await client.SendMessageAsync(new() { QueueUrl = queue.Url, MessageBody = "poison" });

        var started = Stopwatch.GetTimestamp();
        var first = await NextAsync(queue);
        var second = await NextAsync(queue);
        Assert.True(Stopwatch.GetElapsedTime(started) >= AlmostOneSecond, "visible before its time was over");
        var third = await client.ReceiveMessageAsync(new() { QueueUrl = queue.Url, WaitTimeSeconds = 5 });

        Assert.Null(third.Messages);
        var buried = await NextAsync(dead);
        Assert.Equal(("poison", first.MessageId), (buried.Body, buried.MessageId));
        Assert.Equal(
            ("1", "2"),
            (
                first.Attributes?[MessageSystemAttributeName.ApproximateReceiveCount],
                second.Attributes?[MessageSystemAttributeName.ApproximateReceiveCount]
            )
        );
        Assert.NotEqual(first.ReceiptHandle, second.ReceiptHandle);
    }

    [Fact]
    public async Task A_message_can_be_given_back_at_once_and_is_gone_when_deleted()
    {
        var queue = await fauxqs.CreateQueueAsync(name);
        await client.SendMessageAsync(new() { QueueUrl = queue.Url, MessageBody = "a" });
        var first = await NextAsync(queue);
        Assert.Null((await client.ReceiveMessageAsync(new() { QueueUrl = queue.Url })).Messages);

        await VisibleInAsync(first, 0);
        var second = await NextAsync(queue);
        await client.DeleteMessageAsync(new() { QueueUrl = queue.Url, ReceiptHandle = second.ReceiptHandle });

        await Assert.ThrowsAsync<MessageNotInflightException>(() => VisibleInAsync(second, 60));
        Assert.Null((await client.ReceiveMessageAsync(new() { QueueUrl = queue.Url })).Messages);

        Task VisibleInAsync(Message message, int seconds) =>
            client.ChangeMessageVisibilityAsync(
                new()
                {
                    QueueUrl = queue.Url,
                    ReceiptHandle = message.ReceiptHandle,
                    VisibilityTimeout = seconds,
                }
            );
    }

    [Fact]
    public async Task A_FIFO_queue_keeps_the_order_of_a_group_and_takes_the_same_once()
    {
        var queue = await fauxqs.CreateQueueAsync(name + ".fifo", ("FifoQueue", "true"));
        var sent = new List<SendMessageResponse>();
        foreach (var body in (string[])["one", "two", "one"])
        {
            sent.Add(
                await client.SendMessageAsync(
                    new()
                    {
                        QueueUrl = queue.Url,
                        MessageBody = body,
                        MessageGroupId = "group",
                        MessageDeduplicationId = body,
                    }
                )
            );
        }

        Assert.Equal(sent[0].SequenceNumber, sent[2].SequenceNumber);
        foreach (var body in (string[])["one", "two"])
        {
            var message = await NextAsync(queue);
            Assert.Equal(
                (body, "group", body),
                (
                    message.Body,
                    message.Attributes?[MessageSystemAttributeName.MessageGroupId],
                    message.Attributes?[MessageSystemAttributeName.MessageDeduplicationId]
                )
            );
            await client.DeleteMessageAsync(new() { QueueUrl = queue.Url, ReceiptHandle = message.ReceiptHandle });
        }

        Assert.Null((await client.ReceiveMessageAsync(new() { QueueUrl = queue.Url })).Messages);
    }

    [Fact]
    public async Task A_megabyte_arrives_as_it_was()
    {
        var queue = await fauxqs.CreateQueueAsync(name);
        var body = new StringBuilder().Insert(0, "0123456789abcdeü", 61_680).ToString();
        await client.SendMessageAsync(new() { QueueUrl = queue.Url, MessageBody = body });

        Assert.Equal(body, (await NextAsync(queue)).Body);
    }
}
