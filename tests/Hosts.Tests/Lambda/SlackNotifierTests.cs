using System.Text;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using AlertHub.Sources;
using Amazon.Lambda.Serialization.SystemTextJson;
using Amazon.Lambda.SNSEvents;
using Hosts.Tests.Support;

namespace Hosts.Tests.Lambda;

/// <summary>The function from process start to Slack, under the Runtime API, as managed and as native code.</summary>
public abstract class SlackNotifierTests(AppAssembly assembly)
{
    private const string Alarm = "sns/elastic-beanstalk-4xx-alarm.json";

    public sealed class Managed(ManagedAssembly assembly)
        : SlackNotifierTests(assembly),
            IClassFixture<ManagedAssembly>;

    public sealed class Native(NativeAssembly assembly) : SlackNotifierTests(assembly), IClassFixture<NativeAssembly>;

    [Fact]
    public async Task Every_sample_event_reaches_Slack()
    {
        await using var running = await RunningFunction.StartAsync(assembly);
        var expected = 0;
        foreach (var file in SampleEvents.All)
        {
            var payload = SampleEvents.Read(file);
            var result = await running.Lambda.InvokeAsync(payload);

            Assert.True(result.Error is null, $"{file}: {result.Error?.Json}");
            expected += Envelope.Open(payload, default).Count;
            Assert.True(
                expected == running.Slack.Posts.Count,
                $"{file}: {running.Slack.Posts.Count} messages, not {expected}"
            );
            Assert.True(running.Slack.Posts[^1].Taken, $"{file}: {running.Slack.Posts[^1]}");
        }

        Assert.Single(running.ParameterStore.Requests);
        Assert.Equal(1, running.Lambda.Connections);
        Assert.DoesNotContain(running.Slack.Token, running.Process.Written.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bot_that_keeps_nothing_writes_a_new_message_each_time()
    {
        await using var running = await RunningFunction.StartAsync(
            assembly,
            new Dictionary<string, string?>
            {
                ["SLACK_WEBHOOK_URL"] = null,
                ["SLACK_BOT_TOKEN"] = "ssm:/alerthub/slack-bot-token",
                ["SLACK_CHANNEL"] = "#ops",
            },
            static slack => [RunningFunction.Parameter(slack.Workspace.Token)],
            static slack => slack.PostMessage
        );

        for (var i = 0; i < 2; i++)
        {
            Assert.Null((await running.Lambda.InvokeAsync(SampleEvents.Read(Alarm))).Error);
        }

        Assert.Equal(2, running.Slack.Workspace.Roots.Count);
        Assert.Contains("ALARM: App_Monitorado-4xx", running.Slack.Workspace.Roots[0].Text, StringComparison.Ordinal);
        Assert.DoesNotContain(
            running.Slack.Workspace.Token,
            running.Process.Written.ToString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task An_alarm_is_told_with_its_state_reason_and_links_and_logged_as_one_decision()
    {
        await using var running = await RunningFunction.StartAsync(assembly);

        var result = await running.Lambda.InvokeAsync(SampleEvents.Read(Alarm), new() { RequestId = "r-1" });
        var line = await running.Process.LineAsync("delivered");

        Assert.Null(result.Error);
        Assert.True(
            running
                .Slack.Posts[0]
                .Shows(
                    "ALARM: App_Monitorado-4xx",
                    "`OK` → `ALARM`",
                    "Threshold Crossed",
                    "|Alarm>",
                    "|Logs>",
                    "|Metric>"
                )
        );
        var log = JsonNode.Parse(line)!;
        Assert.Equal(("r-1", "Information"), ((string?)log["requestId"], (string?)log["level"]));
        Assert.Contains("delivered 'App_Monitorado-4xx' to slack", (string?)log["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_Slack_refuses_fails_the_invocation_with_the_reason_and_the_remedy()
    {
        await using var running = await RunningFunction.StartAsync(assembly);
        running.Slack.Script(SlackAnswer.NoService);

        var result = await running.Lambda.InvokeAsync(SampleEvents.Read(Alarm));

        Assert.Equal("DeliveryFailedException", result.Error!.Type);
        Assert.Contains("Slack answered 404 'no_service'", result.Error.Message, StringComparison.Ordinal);
        Assert.Contains("make a new one", result.Error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(running.Slack.Token, result.Error.Json, StringComparison.Ordinal);
        Assert.Equal(2, running.ParameterStore.Requests.Count);
    }

    [Fact]
    public async Task A_webhook_replaced_in_Parameter_Store_is_used_at_once()
    {
        await using var running = await RunningFunction.StartAsync(
            assembly,
            parameter: slack =>
                [RunningFunction.Parameter($"{slack.Webhook}old"), RunningFunction.Parameter(slack.Webhook)]
        );

        var result = await running.Lambda.InvokeAsync(SampleEvents.Read(Alarm));

        Assert.Null(result.Error);
        Assert.Equal([403, 200], running.Slack.Posts.Select(p => p.Answer.Status));
    }

    [Fact]
    public async Task Slacks_rate_limit_is_waited_for_within_the_invocation()
    {
        await using var running = await RunningFunction.StartAsync(assembly);
        running.Slack.Script(SlackAnswer.RateLimited(TimeSpan.Zero), SlackAnswer.RateLimited(TimeSpan.Zero));

        var result = await running.Lambda.InvokeAsync(SampleEvents.Read(Alarm));

        Assert.Null(result.Error);
        Assert.Equal([429, 429, 200], running.Slack.Posts.Select(p => p.Answer.Status));
    }

    [Fact]
    public async Task A_longer_wait_than_the_invocation_has_is_left_to_Lambdas_retry()
    {
        await using var running = await RunningFunction.StartAsync(assembly);
        running.Slack.Script(SlackAnswer.RateLimited(TimeSpan.FromSeconds(60)));

        var result = await running.Lambda.InvokeAsync(SampleEvents.Read(Alarm));

        Assert.Contains("Slack answered 429", result.Error!.Message, StringComparison.Ordinal);
        Assert.Single(running.Slack.Posts);
    }

    [Fact]
    public async Task Blocks_that_Slack_refuses_are_told_again_as_text()
    {
        await using var running = await RunningFunction.StartAsync(assembly);
        running.Slack.Script(new SlackAnswer.Status(400, "invalid_blocks"));

        var result = await running.Lambda.InvokeAsync(SampleEvents.Read(Alarm));

        Assert.Null(result.Error);
        Assert.DoesNotContain("\"blocks\"", running.Slack.Posts[1].Body, StringComparison.Ordinal);
        Assert.True(running.Slack.Posts[1].Shows("ALARM: App_Monitorado-4xx", "Threshold Crossed"));
    }

    [Fact]
    public async Task When_Lambda_invokes_again_only_what_was_not_delivered_is_sent_again()
    {
        await using var running = await RunningFunction.StartAsync(assembly);
        running.Slack.Script(new SlackAnswer.Status(200, "ok"), SlackAnswer.NoService);
        var twoRecords = SampleEvents.Read("sns/two-records.json");

        var first = await running.Lambda.InvokeAsync(twoRecords, new() { RequestId = "same" });
        var again = await running.Lambda.InvokeAsync(twoRecords, new() { RequestId = "same" });
        var test = await running.Lambda.InvokeAsync(twoRecords, new() { RequestId = "another" });

        Assert.Contains("1 of 2 messages not delivered", first.Error!.Message, StringComparison.Ordinal);
        Assert.Null(again.Error);
        Assert.Null(test.Error);
        Assert.Equal([200, 404, 200, 200, 200], running.Slack.Posts.Select(p => p.Answer.Status));
        Assert.Equal(running.Slack.Posts[1].Body, running.Slack.Posts[2].Body);
    }

    [Fact]
    public async Task A_queue_gets_back_the_messages_that_were_not_delivered_and_no_others()
    {
        await using var running = await RunningFunction.StartAsync(assembly);
        running.Slack.Script(new SlackAnswer.Status(200, "ok"), SlackAnswer.NoService);

        var result = await running.Lambda.InvokeAsync(
            Queue("arn:aws:sqs:us-east-1:111122223333:alarms", "a", "b", "c")
        );

        Assert.Equal("""{"batchItemFailures":[{"itemIdentifier":"b"}]}""", result.Text);
        Assert.Equal(3, running.Slack.Posts.Count);
    }

    [Fact]
    public async Task A_fifo_queue_gets_back_everything_from_the_first_failure_on()
    {
        await using var running = await RunningFunction.StartAsync(assembly);
        running.Slack.Script(new SlackAnswer.Status(200, "ok"), SlackAnswer.NoService);

        var result = await running.Lambda.InvokeAsync(
            Queue("arn:aws:sqs:us-east-1:111122223333:alarms.fifo", "a", "b", "c")
        );

        Assert.Equal("""{"batchItemFailures":[{"itemIdentifier":"b"},{"itemIdentifier":"c"}]}""", result.Text);
        Assert.Equal(2, running.Slack.Posts.Count);
    }

    [Fact]
    public async Task An_empty_list_tells_the_queue_that_all_is_delivered()
    {
        await using var running = await RunningFunction.StartAsync(assembly);

        var result = await running.Lambda.InvokeAsync(Queue("arn:aws:sqs:us-east-1:111122223333:alarms", "a"));

        Assert.Equal("""{"batchItemFailures":[]}""", result.Text);
    }

    [Fact]
    public async Task A_Slack_that_does_not_answer_is_given_up_before_Lambda_ends_the_function()
    {
        await using var running = await RunningFunction.StartAsync(assembly);
        var never = new TaskCompletionSource();
        running.Slack.Script(new SlackAnswer.Hold(never.Task));

        var result = await running.Lambda.InvokeAsync(
            SampleEvents.Read(Alarm),
            new() { Timeout = TimeSpan.FromSeconds(5), Deadline = DateTimeOffset.UtcNow.AddSeconds(1.5) }
        );
        never.SetResult();

        Assert.Equal("DeliveryFailedException", result.Error!.Type);
        Assert.Contains("time was up", result.Error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SLACK_WEBHOOK_URL", null, "SLACK_WEBHOOK_URL is not set; set it to the webhook's URL or a reference")]
    [InlineData("SLACK_WEBHOOK_URL", "http://hooks.example.com/x", "must begin with https://")]
    [InlineData("SLACK_WEBHOOK_URL", "hooks.slack.com", "the Slack webhook is not a URL")]
    [InlineData("SLACK_BOT_TOKEN", "xoxb-1", "SLACK_WEBHOOK_URL and SLACK_BOT_TOKEN exclude each other")]
    [InlineData(
        "ALERTHUB_FUNCTION",
        null,
        "ALERTHUB_FUNCTION is not set; set it to the function to run: SlackNotifier"
    )]
    [InlineData("ALERTHUB_FUNCTION", "Slack", "ALERTHUB_FUNCTION is 'Slack', which is no function of this program")]
    public async Task A_wrong_environment_is_an_error_of_the_start_that_names_the_variable(
        string variable,
        string? value,
        string message
    )
    {
        await using var running = await RunningFunction.StartAsync(
            assembly,
            new Dictionary<string, string?> { [variable] = value }
        );

        var error = await running.Lambda.InitError;

        Assert.Equal("SettingException", error.Type);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.NotEqual(0, await running.Process.ExitAsync());
    }

    [Theory]
    [InlineData("ParameterNotFound", "ssm:/alerthub/slack-webhook-url: there is no such parameter")]
    [InlineData(
        "AccessDeniedException",
        "ssm:/alerthub/slack-webhook-url: Parameter Store answered AccessDeniedException; who reads it needs ssm:GetParameter"
    )]
    public async Task A_webhook_that_cannot_be_read_fails_the_invocation_and_says_what_to_do(
        string code,
        string message
    )
    {
        await using var running = await RunningFunction.StartAsync(
            assembly,
            parameter: _ => [FakeAwsAnswer.Error(400, code)]
        );

        var result = await running.Lambda.InvokeAsync(SampleEvents.Read(Alarm));

        Assert.Contains(message, result.Error!.Message, StringComparison.Ordinal);
        Assert.Empty(running.Slack.Posts);
    }

    [Fact]
    public void The_samples_for_SNS_are_events_of_the_official_type()
    {
        var serializer = new SourceGeneratorLambdaJsonSerializer<SampleJson>();
        foreach (var file in SampleEvents.All.Where(f => f.StartsWith("sns/", StringComparison.Ordinal)))
        {
            using var stream = new MemoryStream(SampleEvents.Read(file));
            var typed = serializer.Deserialize<SNSEvent>(stream);
            var opened = Envelope.Open(stream.ToArray(), default);

            Assert.Equal(
                typed.Records!.Select(r => (r.Sns!.MessageId, r.Sns.TopicArn)),
                opened.Select(m => (m.Id, m.Topic))
            );
            Assert.Equal(
                typed.Records!.Select(r => r.Sns!.Message),
                opened.Select(m => Encoding.UTF8.GetString(m.Body.Span))
            );
        }
    }

    private static string Queue(string arn, params string[] ids)
    {
        var records = ids.Select(id => new JsonObject
        {
            ["messageId"] = id,
            ["body"] = $"disk full on {id}",
            ["eventSource"] = "aws:sqs",
            ["eventSourceARN"] = arn,
        });
        return new JsonObject { ["Records"] = new JsonArray([.. records]) }.ToJsonString();
    }
}

[JsonSerializable(typeof(SNSEvent))]
internal sealed partial class SampleJson : JsonSerializerContext;
