using Amazon.SQS;
using Amazon.SQS.Model;
using Hosts.Tests.Support;

namespace Hosts.Tests.Amazon;

/// <summary>Several messages at once, of which some may fail.</summary>
[Collection(SharedFauxqs.Name)]
public sealed class SqsBatches(Fauxqs fauxqs) : SqsTest(fauxqs)
{
    [Fact]
    public async Task A_batch_is_ten_messages_and_not_eleven()
    {
        var queue = await fauxqs.CreateQueueAsync(name);

        var sent = await client.SendMessageBatchAsync(Batch(queue, Enumerable.Range(0, 10).Select(i => $"body {i}")));
        var tooMany = await Assert.ThrowsAsync<AmazonSQSException>(() =>
            client.SendMessageBatchAsync(Batch(queue, Enumerable.Range(0, 11).Select(i => $"body {i}")))
        );

        Assert.Equal("TooManyEntriesInBatchRequest", tooMany.ErrorCode);
        Assert.Equal(
            Enumerable.Range(0, 10).Select(i => $"{i}"),
            (sent.Successful ?? []).Select(entry => entry.Id ?? "")
        );
        Assert.Empty(sent.Failed ?? []);
        var received = await client.ReceiveMessageAsync(new() { QueueUrl = queue.Url, MaxNumberOfMessages = 10 });
        Assert.Equal(
            Enumerable.Range(0, 10).Select(i => $"body {i}"),
            (received.Messages ?? []).Select(message => message.Body).Order(StringComparer.Ordinal)
        );
        var deleted = await client.DeleteMessageBatchAsync(
            new()
            {
                QueueUrl = queue.Url,
                Entries =
                [
                    .. (received.Messages ?? []).Select(
                        (message, i) =>
                            new DeleteMessageBatchRequestEntry { Id = $"{i}", ReceiptHandle = message.ReceiptHandle }
                    ),
                ],
            }
        );
        Assert.Equal(10, deleted.Successful?.Count);
        Assert.Equal(0, (await fauxqs.MessagesAsync(name)).GetProperty("inflight").GetArrayLength());
    }

    [Fact]
    public async Task Of_a_batch_what_XML_cannot_hold_fails_alone()
    {
        var queue = await fauxqs.CreateQueueAsync(name);

        var sent = await client.SendMessageBatchAsync(Batch(queue, ["fine\t\r\n", "not \u0001"]));

        Assert.Equal("0", Assert.Single(sent.Successful ?? []).Id);
        var failed = Assert.Single(sent.Failed ?? []);
        Assert.Equal(("1", "InvalidMessageContents", true), (failed.Id, failed.Code, failed.SenderFault));
        Assert.Equal("fine\t\r\n", (await NextAsync(queue)).Body);
    }

    private static SendMessageBatchRequest Batch(QueueAddress queue, IEnumerable<string> bodies) =>
        new()
        {
            QueueUrl = queue.Url,
            Entries =
            [
                .. bodies.Select((body, i) => new SendMessageBatchRequestEntry { Id = $"{i}", MessageBody = body }),
            ],
        };
}
