using System.Text.Json.Nodes;
using Hosts.Tests.Box.Sources;
using Hosts.Tests.Box.Templates;
using Hosts.Tests.Support;

namespace Hosts.Tests.Box;

/// <summary>What is in the templates is made, and what in AWS would not work does not work.</summary>
public sealed class Deployments(Dynalite dynalite, Fauxqs fauxqs) : IClassFixture<Dynalite>, IClassFixture<Fauxqs>
{
    [Fact]
    public async Task A_message_goes_from_the_topic_through_the_queue_and_the_function_into_the_table()
    {
        using var stacks = new ExampleStacks();
        await using var box = await StartAsync(stacks);

        await box.PublishAsync("Topic", "put a");
        await box.SettleAsync();

        Assert.StartsWith("arn:aws:sns:eu-central-1:000000000000:Hub-Topic-", box.Output("TopicArn"));
        Assert.Equal(1, box.Aws.Ledger.Counts[("Worker", "dynamodb:PutItem")].Calls);
        Assert.Equal(1, box.Aws.Ledger.Counts[("Worker", "dynamodb:PutItem")].CapacityUnits);
        Assert.Equal(1, box.Aws.Ledger.Counts[("Worker (queue)", "sqs:DeleteMessageBatch")].Calls);
    }

    [Fact]
    public async Task A_custom_resource_is_made_and_updated_by_its_function()
    {
        using var stacks = new ExampleStacks();
        await using var box = await StartAsync(stacks);

        await box.UpdateAsync("Config", properties => properties["Number"] = 2);
        var refusal = await Assert.ThrowsAsync<DeploymentException>(() =>
            box.UpdateAsync("Config", properties => properties["Fail"] = "line 3 is wrong")
        );
        await box.RemoveAsync("Config");

        Assert.Equal("line 3 is wrong", refusal.Message);
        await box.UntilAsync(() => Configured(box).Length == 4, "four answers were logged");
        Assert.Equal(
            ["configured Create1", "configured Update2", "configured Update2", "configured Delete2"],
            Configured(box)
        );
    }

    [Fact]
    public async Task A_schedule_invokes_its_function_and_metrics_are_read_from_its_log()
    {
        using var stacks = new ExampleStacks();
        await using var box = await StartAsync(stacks);

        var results = await box.SweepAsync("Worker");
        await box.UntilAsync(() => box.Metrics("Delays").Count() == 2, "two delays were logged");

        Assert.Equal("\"Scheduled Event\"", Assert.Single(results).Text);
        Assert.Equal((1, 5, 0), (box.Metric("Ticks"), box.Metric("Delays"), box.Metric("Others")));
    }

    [Fact]
    public async Task An_event_goes_to_the_queues_of_the_rules_that_match()
    {
        using var stacks = new ExampleStacks();
        await using var box = await StartAsync(stacks);

        Assert.Equal(
            (1, 0),
            (
                await box.PutEventAsync(Event("aws.cloudwatch", "CloudWatch Alarm State Change")),
                await box.PutEventAsync(Event("aws.cloudwatch", "Other"))
            )
        );
        await box.UntilAsync(() => Handled(box).Contains("by event"), "the function got it");
    }

    [Fact]
    public async Task A_call_that_the_policy_does_not_allow_is_denied_and_fails_the_test()
    {
        using var stacks = new ExampleStacks();
        var box = await StartAsync(stacks);

        await box.PublishAsync("Topic", "drop anything");
        await box.UntilAsync(() => box.Function("Worker").Failures > 0, "the call failed");

        Assert.Contains(
            "not authorized to perform: dynamodb:DeleteTable",
            box.Function("Worker").Errors.First().Message
        );
        Assert.Contains("may not dynamodb:DeleteTable", Assert.Single(box.Denied.Distinct()));
        await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(async () => await box.DisposeAsync());
    }

    [Fact]
    public async Task What_policies_allow_and_nobody_did_is_reported()
    {
        using var stacks = new ExampleStacks();
        await using var box = await StartAsync(stacks);

        await box.PublishAsync("Topic", "put a");
        await box.PublishAsync("Topic", "send later");
        await box.SettleAsync();

        Assert.Collection(
            box.Unused,
            unused => Assert.StartsWith("Worker: dynamodb:GetItem on arn:aws:dynamodb:", unused),
            unused => Assert.StartsWith("Worker: ssm:GetParametersByPath on arn:aws:ssm:", unused)
        );
        Assert.Equal(1, (await box.QueueAsync("Work")).Delayed);
    }

    [Fact]
    public async Task Parameters_come_in_pages_of_ten()
    {
        using var stacks = new ExampleStacks();
        await using var box = await StackBox.StartAsync(
            stacks.Folder,
            new()
            {
                Dynalite = dynalite,
                Fauxqs = fauxqs,
                Parameters = Enumerable.Range(10, 11).ToDictionary(i => $"/hub/{i}", i => $"value-{i}"),
            }
        );

        await box.PublishAsync("Topic", "read /hub");
        await box.UntilAsync(
            () => box.Function("Worker").Log.Lines.Contains("read 10 value-10 more=True"),
            "the first page was read"
        );
    }

    [Theory]
    [InlineData("WorkPolicy", "No policy of the queue")]
    [InlineData("ByRules", "No permission lets events.amazonaws.com invoke")]
    [InlineData("ByApi", "No permission lets apigateway.amazonaws.com invoke")]
    public async Task What_nobody_may_do_does_not_deploy(string missing, string problem)
    {
        using var stacks = new ExampleStacks(resources => resources.Remove(missing));

        var refusal = await Assert.ThrowsAsync<TemplateException>(() => StartAsync(stacks));

        Assert.Contains(problem, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_queue_that_the_role_may_not_read_is_no_source()
    {
        using var stacks = new ExampleStacks(resources => resources.Remove("Queues"));

        var refusal = await Assert.ThrowsAsync<HttpRequestException>(() => StartAsync(stacks));

        Assert.Contains("not authorized to perform: sqs:GetQueueAttributes", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_resource_that_nobody_has_thought_of_does_not_deploy()
    {
        using var stacks = new ExampleStacks(resources =>
            resources["Stream"] = new JsonObject { ["Type"] = "AWS::Kinesis::Stream" }
        );

        var refusal = await Assert.ThrowsAsync<TemplateException>(() => StartAsync(stacks));

        Assert.Contains("Hub/Stream (AWS::Kinesis::Stream)", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Worker", "VpcConfig")]
    [InlineData("Work", "FifoQueue")]
    [InlineData("Topic", "ContentBasedDeduplication")]
    [InlineData("Role", "PermissionsBoundary")]
    [InlineData("Source", "FilterCriteria")]
    [InlineData("Minute", "RoleArn")]
    [InlineData("Api", "CorsConfiguration")]
    [InlineData("Stage", "RouteSettings")]
    [InlineData("Route", "AuthorizerId")]
    public async Task A_property_that_nobody_has_thought_of_does_not_deploy(string resource, string property)
    {
        using var stacks = new ExampleStacks(resources =>
        {
            var properties = (JsonObject)(resources[resource]!["Properties"] ??= new JsonObject());
            properties[property] = "any";
        });

        var refusal = await Assert.ThrowsAsync<TemplateException>(() => StartAsync(stacks));

        Assert.Contains($"Hub/{resource} ", refusal.Message, StringComparison.Ordinal);
        Assert.Contains($"'{property}' is not played", refusal.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<string?> Handled(StackBox box) => ExampleLog.Handled(box);

    private static string[] Configured(StackBox box) =>
        [
            .. box.Function("Worker")
                .Log.Lines.Where(static line => line.StartsWith("configured", StringComparison.Ordinal)),
        ];

    private static JsonObject Event(string source, string type) =>
        new()
        {
            ["source"] = source,
            ["detail-type"] = type,
            ["detail"] = new JsonObject(),
        };

    private Task<StackBox> StartAsync(ExampleStacks stacks) =>
        StackBox.StartAsync(stacks.Folder, new() { Dynalite = dynalite, Fauxqs = fauxqs });
}
