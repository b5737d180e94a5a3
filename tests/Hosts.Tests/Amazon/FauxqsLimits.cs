using System.Text.Json;
using Amazon.SQS;
using Amazon.SQS.Model;
using Hosts.Tests.Support;

namespace Hosts.Tests.Amazon;

/// <summary>
/// Where the tests' SQS and SNS are as the real ones, and where not: what their comment says, for the next version.
/// </summary>
[Collection(SharedFauxqs.Name)]
public sealed class FauxqsLimits(Fauxqs fauxqs) : SqsTest(fauxqs)
{
    [Fact]
    public async Task A_letter_beyond_the_first_plane_is_refused()
    {
        var queue = await fauxqs.CreateQueueAsync(name);

        await Assert.ThrowsAsync<InvalidMessageContentsException>(() =>
            client.SendMessageAsync(new() { QueueUrl = queue.Url, MessageBody = "🔥" })
        );
    }

    [Fact]
    public async Task All_attributes_arrive_unasked()
    {
        var queue = await fauxqs.CreateQueueAsync(name);
        await client.SendMessageAsync(
            new()
            {
                QueueUrl = queue.Url,
                MessageBody = "a",
                MessageAttributes = new()
                {
                    ["n"] = new() { DataType = "String", StringValue = "v" },
                },
            }
        );

        var received = await client.ReceiveMessageAsync(new ReceiveMessageRequest { QueueUrl = queue.Url });

        Assert.Equal("v", Assert.Single(received.Messages ?? []).MessageAttributes?["n"].StringValue);
    }

    [Fact]
    public async Task Deleting_by_any_handle_succeeds()
    {
        var queue = await fauxqs.CreateQueueAsync(name);

        await client.DeleteMessageAsync(new() { QueueUrl = queue.Url, ReceiptHandle = "nonsense" });
    }

    /// <summary>Another queue tells that the time has come.</summary>
    [Fact]
    public async Task A_delay_that_is_over_is_noticed_by_the_next_receipt()
    {
        var (watched, clock) = (await fauxqs.CreateQueueAsync(name), await fauxqs.CreateQueueAsync(name + "-clock"));
        foreach (var queue in (QueueAddress[])[watched, clock])
        {
            await client.SendMessageAsync(
                new()
                {
                    QueueUrl = queue.Url,
                    MessageBody = "later",
                    DelaySeconds = 1,
                }
            );
        }

        await NextAsync(clock);

        var attributes = await client.GetQueueAttributesAsync(
            new() { QueueUrl = watched.Url, AttributeNames = [QueueAttributeName.All] }
        );
        Assert.Equal((1, 0), (attributes.ApproximateNumberOfMessagesDelayed, attributes.ApproximateNumberOfMessages));
        Assert.Equal("later", (await NextAsync(watched)).Body);
    }

    [Fact]
    public async Task A_message_is_looked_at_where_it_is()
    {
        var queue = await fauxqs.CreateQueueAsync(name);
        await client.SendMessageAsync(new() { QueueUrl = queue.Url, MessageBody = "in flight" });
        await client.ReceiveMessageAsync(new ReceiveMessageRequest { QueueUrl = queue.Url });
        await client.SendMessageAsync(new() { QueueUrl = queue.Url, MessageBody = "ready" });
        await client.SendMessageAsync(
            new()
            {
                QueueUrl = queue.Url,
                MessageBody = "delayed",
                DelaySeconds = 900,
            }
        );

        var messages = await fauxqs.MessagesAsync(name);

        Assert.Equal(
            "ready",
            Assert.Single(messages.GetProperty("ready").EnumerateArray()).GetProperty("body").GetString()
        );
        Assert.Equal(
            "delayed",
            Assert.Single(messages.GetProperty("delayed").EnumerateArray()).GetProperty("body").GetString()
        );
        Assert.Equal(
            "in flight",
            Assert
                .Single(messages.GetProperty("inflight").EnumerateArray())
                .GetProperty("message")
                .GetProperty("body")
                .GetString()
        );
    }

    [Fact]
    public async Task A_topic_delivers_in_an_envelope_or_raw()
    {
        var (enveloped, raw) = (await fauxqs.CreateQueueAsync(name), await fauxqs.CreateQueueAsync(name + "-raw"));
        var topic = await fauxqs.CreateTopicAsync(name);
        await fauxqs.SubscribeAsync(topic, enveloped);
        await fauxqs.SubscribeAsync(topic, raw, ("RawMessageDelivery", "true"));

        var id = await fauxqs.PublishAsync(topic, "größer 🔥", subject: null, ("severity", "critical"));

        using var envelope = JsonDocument.Parse((await BodiesAsync(enveloped)).Single());
        var members = envelope.RootElement;
        Assert.Equal(
            ("Notification", id, topic, "größer 🔥"),
            (
                members.GetProperty("Type").GetString(),
                members.GetProperty("MessageId").GetString(),
                members.GetProperty("TopicArn").GetString(),
                members.GetProperty("Message").GetString()
            )
        );
        // SNS leaves a subject out that was not given.
        Assert.Equal(JsonValueKind.Null, members.GetProperty("Subject").ValueKind);
        Assert.Equal(
            """{"severity":{"Type":"String","Value":"critical"}}""",
            members.GetProperty("MessageAttributes").GetRawText()
        );
        Assert.Equal(["größer 🔥"], await BodiesAsync(raw));
    }

    [Fact]
    public async Task A_filter_policy_looks_at_attributes_or_at_the_body()
    {
        var (critical, database) = (await fauxqs.CreateQueueAsync(name), await fauxqs.CreateQueueAsync(name + "-body"));
        var topic = await fauxqs.CreateTopicAsync(name);
        await fauxqs.SubscribeAsync(
            topic,
            critical,
            ("RawMessageDelivery", "true"),
            ("FilterPolicy", """{"severity":[{"prefix":"crit"}]}""")
        );
        await fauxqs.SubscribeAsync(
            topic,
            database,
            ("RawMessageDelivery", "true"),
            ("FilterPolicy", """{"labels":{"job":["db"]}}"""),
            ("FilterPolicyScope", "MessageBody")
        );

        await fauxqs.PublishAsync(topic, "1", subject: null, ("severity", "critical"));
        await fauxqs.PublishAsync(topic, "2", subject: null, ("severity", "info"));
        await fauxqs.PublishAsync(topic, """{"labels":{"job":"db"}}""");

        Assert.Equal(["1"], await BodiesAsync(critical));
        Assert.Equal(["""{"labels":{"job":"db"}}"""], await BodiesAsync(database));
    }

    private async Task<IEnumerable<string>> BodiesAsync(QueueAddress queue) =>
        (
            await client.ReceiveMessageAsync(
                new ReceiveMessageRequest { QueueUrl = queue.Url, MaxNumberOfMessages = 10 }
            )
        ).Messages?.Select(message => message.Body ?? "") ?? [];
}
