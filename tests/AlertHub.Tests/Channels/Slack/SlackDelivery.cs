using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using AlertHub.Channels.Secrets;
using AlertHub.Channels.Slack;
using AlertHub.Configuration;
using AlertHub.Configuration.Receivers;
using AlertHub.Notifying;
using AlertHub.Tests.Support;

namespace AlertHub.Tests.Channels.Slack;

public sealed class SlackDelivery : HttpChannelContract
{
    private const string Webhook = $"https://hooks.slack.com/services/{SecretText}";

    private protected override IChannel Create(Destination destination) => Create(destination, Webhook);

    private protected override Destination AnswersWell(Destination destination) => destination.Answers(200, "ok");

    [Fact]
    public async Task What_is_only_to_be_shown_leaves_what_a_webhook_posted_as_it_is()
    {
        var destination = new Destination();

        var result = await Create(destination)
            .SendAsync(Some.Notification() with { Reason = NotificationReason.Shown }, CancellationToken.None);

        Assert.Equal(new DeliveryResult.Delivered(), result);
        Assert.Empty(destination.Requests);
    }

    public static TheoryData<string[]> Answers { get; } = [.. Repository.Cases("slack-answers.txt")];

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task What_Slack_answers_decides_what_became_of_it(string[] row)
    {
        var answer = row[0].Split(' ', 3);
        var body = Regex.Unescape(answer.ElementAtOrDefault(2) ?? "");
        var retryAfter = row[1].Length > 0 ? row[1] : null;
        var destination = new Destination().Answers(int.Parse(answer[0], null), body, answer[1], retryAfter);

        var result = await Create(destination).SendAsync(Some.Notification(), CancellationToken.None);

        Assert.Equal(row[2], result.GetType().Name);
        switch (result)
        {
            case DeliveryResult.TryLater later:
                Assert.Equal(row.Length > 3 ? TimeSpan.FromSeconds(int.Parse(row[3], null)) : null, later.After);
                Assert.Contains(row.Length > 4 ? row[4] : answer[0], later.Reason, StringComparison.Ordinal);
                break;
            case DeliveryResult.Refused refused:
                Assert.Contains(row[4], refused.Reason, StringComparison.Ordinal);
                break;
        }

        Assert.Single(destination.Requests);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(410)]
    [InlineData(302)]
    public async Task It_leaves_an_address_alone_that_somebody_must_put_right(int status)
    {
        var later = Assert.IsType<DeliveryResult.TryLater>(
            await Create(new Destination().Answers(status)).SendAsync(Some.Notification(), CancellationToken.None)
        );

        Assert.True(later.After >= TimeSpan.FromSeconds(30));
    }

    [Theory]
    [InlineData("invalid_blocks")]
    [InlineData("invalid_payload")]
    [InlineData("no_text")]
    [InlineData("too_many_attachments")]
    [InlineData("msg_blocks_too_long")]
    [InlineData("invalid_blocks: must be less than 3001 characters [json-pointer:/blocks/0/text/text]")]
    public async Task A_message_refused_for_its_form_is_sent_once_more_as_plain_text(string error)
    {
        var destination = new Destination().Answers(400, error).Answers(200, "ok");

        var result = await Create(destination).SendAsync(Some.Notification(), CancellationToken.None);

        Assert.IsType<DeliveryResult.Delivered>(result);
        Assert.Equal(2, destination.Requests.Count);
        Assert.Contains("\"blocks\"", Body(destination, 0), StringComparison.Ordinal);
        Assert.DoesNotContain("\"blocks\"", Body(destination, 1), StringComparison.Ordinal);
        Assert.Contains("Something", Body(destination, 1), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plain_text_that_is_refused_too_is_refused()
    {
        var destination = new Destination().Answers(400, "invalid_payload");

        var result = await Create(destination).SendAsync(Some.Notification(), CancellationToken.None);

        Assert.IsType<DeliveryResult.Refused>(result);
        Assert.Equal(2, destination.Requests.Count);
    }

    [Theory]
    [InlineData("no_service")]
    [InlineData("<html>")]
    [InlineData("""{"ok":false,"error":"channel_not_found"}""")]
    public async Task An_error_that_comes_with_200_is_counted_as_ours(string answer)
    {
        var destination = new Destination().Answers(200, answer);

        var result = await Create(destination).SendAsync(Some.Notification(), CancellationToken.None);

        Assert.IsType<DeliveryResult.TryLater>(result);
        Assert.Equal(FailureReason.ClientError, result.Failure);
    }

    [Fact]
    public async Task Plain_text_that_meets_a_rate_limit_is_tried_later()
    {
        var destination = new Destination().Answers(400, "invalid_blocks").Answers(429, retryAfter: "3");

        var result = await Create(destination).SendAsync(Some.Notification(), CancellationToken.None);

        Assert.Equal(TimeSpan.FromSeconds(3), Assert.IsType<DeliveryResult.TryLater>(result).After);
    }

    [Theory]
    [InlineData(403)]
    [InlineData(404)]
    public async Task A_webhook_that_was_replaced_is_looked_up_again_once(int status)
    {
        var destination = new Destination().Answers(status, "no_service").Answers(200, "ok");
        var store = new Rotated(Webhook, Webhook + "2");

        var result = await new SlackChannel(Parameter, store, destination.Delivery()).SendAsync(
            Some.Notification(),
            CancellationToken.None
        );

        Assert.IsType<DeliveryResult.Delivered>(result);
        Assert.Equal([Webhook, Webhook + "2"], destination.Requests.Select(r => r.Url.OriginalString));
        Assert.Equal(1, store.Refreshes);
    }

    [Fact]
    public async Task A_webhook_that_was_not_replaced_is_not_asked_twice()
    {
        var destination = new Destination().Answers(404, "no_service");
        var store = new Rotated(Webhook, Webhook);

        var result = await new SlackChannel(Parameter, store, destination.Delivery()).SendAsync(
            Some.Notification(),
            CancellationToken.None
        );

        Assert.IsType<DeliveryResult.TryLater>(result);
        Assert.Single(destination.Requests);
        Assert.Equal(1, store.Refreshes);
    }

    [Fact]
    public async Task A_webhook_that_cannot_be_read_is_tried_later_and_named()
    {
        var destination = new Destination().Answers(200, "ok");
        var channel = new SlackChannel(
            SecretReference.Parse("env:SLACK_WEBHOOK"),
            new LocalSecretSource(_ => null),
            destination.Delivery()
        );

        var result = await channel.SendAsync(Some.Notification(), CancellationToken.None);

        Assert.Contains(
            "SLACK_WEBHOOK",
            Assert.IsType<DeliveryResult.TryLater>(result).Reason,
            StringComparison.Ordinal
        );
        Assert.Empty(destination.Requests);
    }

    [Theory]
    [InlineData("https://hooks.slack.com/services/T/B/x")]
    [InlineData("https://mattermost.example.com:8443/hooks/x")]
    [InlineData("http://127.0.0.1:9000/x")]
    [InlineData("http://localhost/x")]
    [InlineData("http://[::1]:9000/x")]
    public async Task A_webhook_is_https_or_on_this_machine(string webhook)
    {
        var destination = new Destination().Answers(200, "ok");

        Assert.Null(SlackChannel.Problem(new Secret(webhook)));
        Assert.IsType<DeliveryResult.Delivered>(
            await Create(destination, webhook).SendAsync(Some.Notification(), CancellationToken.None)
        );
    }

    [Theory]
    [InlineData("http://hooks.slack.com/services/" + SecretText)]
    [InlineData("http://127.0.0.1.example.com/" + SecretText)]
    [InlineData("http://localhost.example.com/" + SecretText)]
    [InlineData("http://10.0.0.1/" + SecretText)]
    [InlineData("http://user:" + SecretText + "@localhost.example.com/")]
    [InlineData("ftp://localhost/" + SecretText)]
    [InlineData("file:///" + SecretText)]
    [InlineData("/services/" + SecretText)]
    [InlineData("hooks.slack.com/services/" + SecretText)]
    [InlineData("https://hooks.slack.com/services/T.../B.../...")]
    [InlineData("https://hooks.slack.com/")]
    [InlineData(SecretText)]
    [InlineData("https://")]
    [InlineData("https:///" + SecretText)]
    [InlineData("")]
    public async Task To_any_other_address_nothing_is_sent(string webhook)
    {
        var destination = new Destination().Answers(200, "ok");

        var result = await Create(destination, webhook).SendAsync(Some.Notification(), CancellationToken.None);

        var reason = Assert.IsType<DeliveryResult.TryLater>(result).Reason;
        Assert.Contains("Slack webhook", reason, StringComparison.Ordinal);
        Assert.All(
            SecretText.Split('/'),
            part => Assert.DoesNotContain(part, reason, StringComparison.OrdinalIgnoreCase)
        );
        Assert.Empty(destination.Requests);
    }

    [Fact]
    public async Task Where_and_as_whom_it_appears_are_templates_and_what_they_leave_empty_is_left_out()
    {
        var destination = new Destination().Answers(200, "ok");
        var config = new SlackConfig
        {
            ApiUrl = SecretReference.Parse(Webhook),
            Channel = "#{{ .CommonLabels.alertname | toLower }}",
            IconEmoji = ":{{ .Status }}:",
            IconUrl = "{{ .Nothing }}",
        };

        await SlackChannel
            .Create(config, Some.Parts(), destination.Delivery())
            .SendAsync(Some.Notification(), CancellationToken.None);

        using var json = JsonDocument.Parse(Body(destination, 0));
        Assert.Equal("#something", json.RootElement.GetProperty("channel").GetString());
        Assert.Equal("AlertHub", json.RootElement.GetProperty("username").GetString());
        Assert.Equal(":firing:", json.RootElement.GetProperty("icon_emoji").GetString());
        Assert.False(json.RootElement.TryGetProperty("icon_url", out _));
    }

    [Theory]
    [InlineData("http://mattermost:8065/hooks/" + SecretText, true)]
    [InlineData("http://10.0.0.1/" + SecretText, true)]
    [InlineData("ftp://10.0.0.1/" + SecretText, false)]
    [InlineData("", false)]
    public async Task Whoever_wrote_alertmanager_yml_may_name_any_server_of_the_web(string url, bool sent)
    {
        var destination = new Destination().Answers(200, "ok");
        var config = new SlackConfig { ApiUrl = new SecretReference.Literal(new Secret(url)) };

        var result = await SlackChannel
            .Create(config, Some.Parts(), destination.Delivery())
            .SendAsync(Some.Notification(), CancellationToken.None);

        Assert.Equal(sent, result is DeliveryResult.Delivered);
        Assert.Equal(sent, destination.Requests.Count == 1);
        Assert.DoesNotContain("SECRET", $"{result}", StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_bots_message_that_is_refused_for_its_form_is_sent_once_more_as_plain_text()
    {
        var destination = new Destination()
            .Answers(200, """{"ok":false,"error":"invalid_blocks"}""", "application/json")
            .Answers(200, """{"ok":true,"ts":"1.2"}""", "application/json");

        Assert.IsType<DeliveryResult.Delivered>(
            await Create(destination).SendAsync(Some.Notification(), CancellationToken.None)
        );
        Assert.DoesNotContain("\"blocks\"", Body(destination, 1), StringComparison.Ordinal);
    }

    private static SecretReference Parameter { get; } = new SecretReference.Parameter("/alerthub/slack");

    private static SlackChannel Create(Destination destination, string webhook) =>
        new(new SecretReference.Literal(new Secret(webhook)), new LocalSecretSource(_ => null), destination.Delivery());

    private static string Body(Destination destination, int request) =>
        Encoding.UTF8.GetString(destination.Requests[request].Body);

    /// <summary>A store that keeps the old secret until it is asked to look again.</summary>
    private sealed class Rotated(string cached, string current) : ISecretSource
    {
        public int Refreshes { get; private set; }

        public ValueTask<Secret> GetAsync(SecretReference reference, bool refresh, CancellationToken cancellationToken)
        {
            Refreshes += refresh ? 1 : 0;
            return ValueTask.FromResult(new Secret(refresh ? current : cached));
        }
    }
}
