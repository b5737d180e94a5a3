using System.Text;
using System.Text.Json.Nodes;
using Hosts.Tests.Box.Access;
using Hosts.Tests.Box.Sources;
using Hosts.Tests.Support;

namespace Hosts.Tests.Box;

/// <summary>A queue before a function behaves as an event source mapping of Lambda.</summary>
public sealed class QueuesPlayed(Dynalite dynalite, Fauxqs fauxqs) : IClassFixture<Dynalite>, IClassFixture<Fauxqs>
{
    private static readonly HashSet<string> Batch = ["a", "b"];

    [Theory]
    [InlineData("", "")]
    [InlineData("null", "")]
    [InlineData("{}", "")]
    [InlineData("""{"batchItemFailures":null}""", "")]
    [InlineData("""{"batchItemFailures":[]}""", "")]
    [InlineData("""{"batchItemFailures":[{"itemIdentifier":"b"}]}""", "b")]
    [InlineData("""{"batchItemFailures":[{"itemIdentifier":""}]}""", "a b")]
    [InlineData("""{"batchItemFailures":[{"itemIdentifier":null}]}""", "a b")]
    [InlineData("""{"batchItemFailures":[{"id":"b"}]}""", "a b")]
    [InlineData("""{"batchItemFailures":[{"itemIdentifier":"other"}]}""", "a b")]
    [InlineData("""{"batchItemFailures":"b"}""", "a b")]
    [InlineData("""{"other":1}""", "a b")]
    [InlineData("\"fine\"", "a b")]
    [InlineData("not JSON", "a b")]
    public void An_answer_says_what_was_not_handled(string answer, string failed)
    {
        Assert.Equal(failed, string.Join(' ', QueueEvent.Failures(Encoding.UTF8.GetBytes(answer), Batch).Order()));
    }

    [Fact]
    public async Task What_is_reported_comes_back_alone_and_the_rest_is_deleted()
    {
        using var stacks = new ExampleStacks();
        await using var box = await StartAsync(stacks);

        foreach (var order in (string[])["a", "once", "b"])
        {
            await box.PublishAsync("Topic", order);
        }

        await box.UntilAsync(() => ExampleLog.Entries(box).Any(Again), "it was handled at the second time");
        await box.SettleAsync();

        Assert.Equal(["a", "b", "once", "once"], ExampleLog.Handled(box).Order());
        Assert.Equal(new("Work", 0, 0, 0), await box.QueueAsync("Work"));
        Assert.Equal(new("Dead", 0, 0, 0), await box.QueueAsync("Dead"));
    }

    [Theory]
    [InlineData("fail", 0)]
    [InlineData("throw", 2)]
    [InlineData("answer nonsense", 0)]
    public async Task What_fails_as_often_as_the_queue_allows_is_dead(string order, int failures)
    {
        using var stacks = new ExampleStacks();
        await using var box = await StartAsync(stacks);

        await box.PublishAsync("Topic", order);
        await box.UntilAsync(async () => (await box.QueueAsync("Dead")).Ready == 1, "it was given up");
        await box.SettleAsync();

        Assert.Equal((3, failures), (box.Function("Worker").Invocations, box.Function("Worker").Failures));
    }

    [Fact]
    public async Task The_event_has_what_Lambda_puts_into_it()
    {
        using var stacks = new ExampleStacks();
        await using var box = await StartAsync(stacks);

        await box.PublishAsync("Topic", "größer 🔥");
        await box.UntilAsync(() => ExampleLog.Entries(box).Any(), "it was handled");

        var record = ExampleLog.Entries(box).Single()["record"]!.AsObject();
        Assert.Equal(
            [
                "messageId",
                "receiptHandle",
                "body",
                "attributes",
                "messageAttributes",
                "md5OfBody",
                "eventSource",
                "eventSourceARN",
                "awsRegion",
            ],
            record.Select(static member => member.Key)
        );
        Assert.Equal(
            ["ApproximateFirstReceiveTimestamp", "ApproximateReceiveCount", "SenderId", "SentTimestamp"],
            record["attributes"]!.AsObject().Select(static member => member.Key).Order()
        );
        Assert.Equal("größer 🔥", (string?)record["body"]);
        Assert.EndsWith(":Hub-Work", ((string)record["eventSourceARN"]!)[..^9], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_batch_above_ten_is_gathered_within_its_window()
    {
        using var stacks = new ExampleStacks(static resources =>
        {
            resources["Source"]!["Properties"]!["BatchSize"] = 100;
            resources["Source"]!["Properties"]!["MaximumBatchingWindowInSeconds"] = 1;
        });
        await using var box = await StartAsync(stacks);
        var before = box.Function("Worker").Invocations;

        foreach (var i in Enumerable.Range(0, 25))
        {
            await box.PublishAsync("Topic", $"{i}");
        }

        await box.UntilAsync(() => ExampleLog.Handled(box).Count == 25, "all were handled");

        Assert.InRange(box.Function("Worker").Invocations - before, 1, 2);
    }

    [Fact]
    public async Task A_queue_that_is_throttled_for_a_while_loses_nothing()
    {
        using var stacks = new ExampleStacks();
        await using var box = await StartAsync(stacks);

        using (box.Aws.Fail("sqs", AwsFault.Throttled, share: 0.5, seed: 3))
        {
            foreach (var i in Enumerable.Range(0, 20))
            {
                await box.PublishAsync("Topic", $"{i}");
            }

            await box.UntilAsync(() => ExampleLog.Handled(box).Distinct().Count() == 20, "all were handled");
        }
    }

    private static bool Again(JsonObject entry) =>
        (string?)entry["record"]!["attributes"]!["ApproximateReceiveCount"] == "2";

    private Task<StackBox> StartAsync(ExampleStacks stacks) =>
        StackBox.StartAsync(
            stacks.Folder,
            new()
            {
                Dynalite = dynalite,
                Fauxqs = fauxqs,
                Redelivery = TimeSpan.FromMilliseconds(100),
            }
        );
}
