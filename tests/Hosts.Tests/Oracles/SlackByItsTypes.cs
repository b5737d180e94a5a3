using System.Text;
using System.Text.Json;
using AlertHub.Alerts;
using AlertHub.Channels.Slack;
using AlertHub.Notifying;
using AlertHub.Tests.Support;
using Hosts.Tests.Support;

namespace Hosts.Tests.Oracles;

/// <summary>Every body that we send to Slack, by Slack's own types.</summary>
public sealed class SlackByItsTypes
{
    private const string Right = """
        {"channel":"C0","text":"x","blocks":[{"type":"header","text":{"type":"plain_text","text":"x","emoji":false}}],
        "attachments":[{"color":"#2eb67d","blocks":[
        {"type":"section","text":{"type":"mrkdwn","text":"x","verbatim":true}},
        {"type":"section","fields":[{"type":"mrkdwn","text":"y"}]},
        {"type":"context","elements":[{"type":"mrkdwn","text":"z"}]},
        {"type":"actions","elements":[{"type":"button","text":{"type":"plain_text","text":"b"},"style":"primary"}]}]}],
        "unfurl_links":false}
        """;

    private static readonly (string What, string Becomes)[] Wrong =
    [
        ("\"header\"", "\"headline\""),
        ("\"header\"", "\"divider\""),
        ("\"context\"", "\"section\""),
        ("\"fields\"", "\"texts\""),
        ("\"fields\":[{\"type\":\"mrkdwn\",\"text\":\"y\"}]", "\"block_id\":\"x\""),
        ("\"text\":\"z\"", "\"text\":\"z\",\"emoji\":true"),
        ("\"emoji\"", "\"verbatim\""),
        ("\"plain_text\",\"text\":\"x\"", "\"mrkdwn\",\"text\":\"x\""),
        ("\"text\":\"y\"", "\"text\":null"),
        ("\"text\":\"b\"", "\"text\":1"),
        ("\"text\":{\"type\":\"plain_text\",\"text\":\"b\"},", ""),
        ("\"primary\"", "\"default\""),
        ("\"style\"", "\"href\""),
        ("\"elements\"", "\"element\""),
        ("\"color\"", "\"colour\""),
        ("\"attachments\"", "\"attachment\""),
        ("\"unfurl_links\":false", "\"unfurl_links\":\"false\""),
        ("\"unfurl_links\"", "\"channel\""),
        ("\"unfurl_links\":false", "\"reply_broadcast\":true"),
        ("\"channel\":\"C0\",", ""),
    ];

    [Fact]
    public async Task They_allow_every_body_that_we_send()
    {
        SlackBody[] bodies =
        [
            .. OfSamples(),
            .. OfButtons(),
            .. await OfSlackConfigsAsync(),
            .. await OfLivingMessagesAsync(),
            .. await OfChangedAttachmentsAsync(),
        ];

        var objections = await SlackTypes.ObjectionsAsync(bodies);
        Assert.True(objections.Count == 0, string.Join('\n', objections));
    }

    [Fact]
    public async Task They_object_to_a_body_with_anything_wrong_in_it()
    {
        Assert.All(Wrong, static wrong => Assert.Contains(wrong.What, Right, StringComparison.Ordinal));

        var objections = await SlackTypes.ObjectionsAsync([
            new("right", "Post", Right),
            .. Wrong.Select(static wrong => new SlackBody(
                $"{wrong}",
                "Post",
                Right.Replace(wrong.What, wrong.Becomes, StringComparison.Ordinal)
            )),
            new("silent", "Webhook", """{"channel":"C0"}"""),
            new("foreign", "Webhook", """{"text":"x","thread_ts":"1.2"}"""),
            new("change of nothing", "Update", """{"channel":"C0","text":"x"}"""),
            new("change of unfurling", "Update", """{"channel":"C0","ts":"1.2","text":"x","unfurl_links":false}"""),
        ]);

        Assert.Equal(
            [
                .. Wrong.Select(static wrong => $"{wrong}"),
                "silent",
                "foreign",
                "change of nothing",
                "change of unfurling",
            ],
            objections.Select(static objection => objection.Split(": TS")[0]).Distinct()
        );
    }

    [Fact]
    public void Buttons_are_among_them() =>
        Assert.All(
            OfButtons(),
            static body => Assert.Contains(SlackActions.SilenceId, body.Json, StringComparison.Ordinal)
        );

    [Fact]
    public async Task All_forms_of_a_bots_messages_are_among_them() =>
        Assert.Equal(
            [
                "Post channel username text blocks attachments unfurl_links unfurl_media",
                "Post channel username text unfurl_links unfurl_media",
                "Post channel username thread_ts reply_broadcast text blocks unfurl_links unfurl_media",
                "Post channel username thread_ts reply_broadcast text unfurl_links unfurl_media",
                "Post channel username thread_ts text blocks unfurl_links unfurl_media",
                "Post channel username thread_ts text unfurl_links unfurl_media",
                "Update channel ts text blocks attachments",
            ],
            (await OfLivingMessagesAsync()).Select(Form).Distinct().Order(StringComparer.Ordinal)
        );

    private static string Form(SlackBody body)
    {
        using var json = JsonDocument.Parse(body.Json);
        return string.Join(' ', [body.Type, .. json.RootElement.EnumerateObject().Select(static each => each.Name)]);
    }

    /// <summary>What became of the samples of events, which somebody has read.</summary>
    private static IEnumerable<SlackBody> OfSamples()
    {
        foreach (var file in ((string[])["slack", "slack-buttons", "slack-mutes"]).SelectMany(Approved.Under))
        {
            using var json = JsonDocument.Parse(File.ReadAllText(Repository.TestFile("Approved", file)));
            JsonElement[] bodies =
                json.RootElement.ValueKind == JsonValueKind.Array
                    ? [.. json.RootElement.EnumerateArray()]
                    : [json.RootElement];
            foreach (var body in bodies)
            {
                yield return new(file, "Webhook", body.GetRawText());
            }
        }
    }

    /// <summary>Of an app that answers to buttons.</summary>
    private static IEnumerable<SlackBody> OfButtons() =>
        from alerts in (int[])[1, 60]
        let content = SlackMessage.Content(
            ConfiguredChannel.Notification with
            {
                GroupKey = "{}:{}",
                Alerts =
                [
                    .. Enumerable
                        .Repeat(ConfiguredChannel.Notification.Alerts[0], alerts)
                        .Select(static alert =>
                            alert with
                            {
                                Annotations = Labels.Of(new Label("runbook_url", "https://example.com/?a=b&c")),
                                GeneratorUrl = new("https://example.com/graph"),
                            }
                        ),
                ],
            },
            new SlackActions { Acknowledges = true, Silences = true }
        )
        from envelope in (SlackEnvelope[])
            [new SlackEnvelope.New(new() { Channel = "C0" }), new SlackEnvelope.Change("C0", "1.2")]
        select new SlackBody(
            $"buttons of {alerts}, {envelope.Method}",
            envelope.IsChange ? "Update" : "Post",
            Encoding.UTF8.GetString(envelope.Around(content.Full))
        );

    /// <summary>Each form of slack_configs and, as Slack refuses it, its plain text; to a webhook and by a bot.</summary>
    private static async Task<IReadOnlyList<SlackBody>> OfSlackConfigsAsync()
    {
        List<SlackBody> bodies = [];
        foreach (var each in (AttachmentCase[])[.. AttachmentCase.All, new("our own", "send_resolved: true")])
        {
            await using var slack = await RecordingSlack.StartAsync();
            var bot = $"app_url: {slack.PostMessage}\n    app_token: {slack.Workspace.Token}";
            foreach (var to in (string[])[$"api_url: {slack.Webhook}", bot])
            {
                slack.Script(
                    to == bot ? SlackAnswer.Error("invalid_blocks") : new SlackAnswer.Status(400, "invalid_blocks")
                );
                using var channel = new ConfiguredChannel($"slack_configs:\n{each.Yaml(to, ("channel", "'#ops'"))}");
                await channel.SendAsync();
            }

            Assert.Equal(4, slack.Posts.Count);
            bodies.AddRange(slack.Posts.Select(post => SlackBody.Of($"slack_configs with {each.Name}", post)));
        }

        return bodies;
    }

    /// <summary>Of groups that come, change, storm and go, before a Slack that dislikes the form of some of it.</summary>
    private static async Task<IReadOnlyList<SlackBody>> OfLivingMessagesAsync()
    {
        var refusal = SlackAnswer.Error("invalid_blocks");
        var taken = new SlackAnswer.Hold(Task.CompletedTask);
        await using var scene = await BotScene.StartAsync();
        scene.Server.Script(refusal);
        await scene.FireAsync("a");
        await scene.PassAsync(1);
        scene.Server.Script(refusal);
        await scene.FireAsync("b");
        await scene.PassAsync(60);
        scene.Server.Script(taken, refusal);
        await scene.FireAsync("c");
        await scene.PassAsync(60);
        scene.Server.Script(taken, refusal);
        await scene.FireAsync("d", "critical");
        for (var i = 0; i < 60; i++)
        {
            await scene.FireAsync($"storm {i}");
        }

        await scene.PassAsync(60);
        Assert.Contains(scene.Server.Posts, static post => post.Shows("and 54 more"));
        await scene.ResolveAsync("d", "critical");
        await scene.PassAsync(60);
        return [.. scene.Server.Posts.Select(static post => SlackBody.Of("a bot's message", post))];
    }

    /// <summary>Of a form that slack_configs asks for, changed in place.</summary>
    private static async Task<IReadOnlyList<SlackBody>> OfChangedAttachmentsAsync()
    {
        await using var slack = await RecordingSlack.StartAsync();
        using var channel = new ConfiguredChannel(
            $"slack_configs:\n{AttachmentCase.All.First(static each => each.Name == "fields").Yaml(
                "api_url: env:SLACK_URL",
                ("channel", "'#ops'"),
                ("update_message", "true"),
                ("http_config", $"{{authorization: {{credentials: {slack.Workspace.Token}}}}}")
            )}",
            variable: name => name == "SLACK_URL" ? slack.PostMessage : null
        );
        var posted = await channel.SendAsync();
        await channel.SendAsync(
            ConfiguredChannel.Notification with
            {
                Reason = NotificationReason.NewAlertsAdded,
                Former = new() { Receipt = Assert.IsType<DeliveryResult.Delivered>(posted).Receipt },
            }
        );
        Assert.Equal(["chat.postMessage", "chat.update"], slack.Posts.Select(static post => post.Method));
        Assert.All(slack.Posts, static post => Assert.True(post.Taken));
        return [.. slack.Posts.Select(static post => SlackBody.Of("a changed attachment", post))];
    }
}
