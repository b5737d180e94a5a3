using System.Text.Json;
using AlertHub.Alerts;
using AlertHub.Channels.Slack;
using AlertHub.Configuration;
using AlertHub.Configuration.Receivers;
using AlertHub.Notifying;
using AlertHub.Tests.Support;

namespace AlertHub.Tests.Channels.Slack;

/// <summary>Messages as slack_configs describes them. SlackByAlertmanager compares them with Alertmanager's.</summary>
public sealed class Attachments
{
    private const string Ok = """{"ok":true,"channel":"C0","ts":"1.2"}""";

    public static TheoryData<string> Options { get; } =
    [
        "color",
        "title",
        "title_link",
        "pretext",
        "text",
        "message_text",
        "footer",
        "fallback",
        "callback_id",
        "image_url",
        "thumb_url",
        "link_names",
        "short_fields",
        "mrkdwn_in",
        "fields",
        "actions",
    ];

    [Theory]
    [MemberData(nameof(Options))]
    public async Task Any_option_about_the_form_makes_an_attachment_of_that_form(string option)
    {
        var value = option switch
        {
            "link_names" or "short_fields" => "true",
            "mrkdwn_in" => "[text]",
            "fields" => "[{title: A, value: b}]",
            "actions" => "[{type: button, text: A, url: 'https://example.org'}]",
            _ => "'{{ .Status }}'",
        };
        var destination = new Destination().Answers(200, "ok");

        await Channel($"{option}: {value}", destination).SendAsync(Some.Notification(), CancellationToken.None);

        var attachment = Body(destination, 0).GetProperty("attachments")[0];
        Assert.Equal(JsonValueKind.Array, attachment.GetProperty("mrkdwn_in").ValueKind);
        Assert.False(attachment.TryGetProperty("blocks", out _));
    }

    [Fact]
    public async Task The_options_about_the_sender_leave_our_own_form()
    {
        var destination = new Destination().Answers(200, "ok");

        await Channel("username: x\n    icon_emoji: ':x:'\n    channel: '#x'\n    timeout: 5s", destination)
            .SendAsync(Some.Notification(), CancellationToken.None);

        Assert.True(Body(destination, 0).TryGetProperty("blocks", out _));
    }

    [Fact]
    public async Task The_messages_own_text_stands_above_the_attachment()
    {
        var destination = new Destination().Answers(200, "ok");

        await Channel("message_text: '{{ .Status }} <!here>'", destination)
            .SendAsync(Some.Notification(), CancellationToken.None);

        Assert.Equal("firing <!here>", Body(destination, 0).GetProperty("text").GetString());
    }

    [Fact]
    public async Task What_cannot_be_rendered_does_not_keep_the_alert_from_being_told()
    {
        var destination = new Destination().Answers(200, "ok");

        await Channel(
                "title: '{{ .Nothing }}'\n    text: '{{ .Nothing }}'\n    fallback: '{{ .Nothing }}'",
                destination
            )
            .SendAsync(Some.Notification(), CancellationToken.None);

        var attachment = Body(destination, 0).GetProperty("attachments")[0];
        Assert.False(attachment.TryGetProperty("title", out _));
        Assert.StartsWith("FIRING: Something", attachment.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal("FIRING: Something", attachment.GetProperty("fallback").GetString());
    }

    [Fact]
    public async Task What_Slack_refuses_for_its_form_is_sent_once_more_as_plain_text()
    {
        var destination = new Destination().Answers(400, "invalid_attachments").Answers(200, "ok");

        await Channel("title: x", destination).SendAsync(Some.Notification(), CancellationToken.None);

        Assert.StartsWith(
            "FIRING: Something",
            Body(destination, 1).GetProperty("text").GetString(),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("", "chat.postMessage")]
    [InlineData("\n    update_message: false", "chat.postMessage")]
    [InlineData("\n    update_message: true", "chat.update")]
    public async Task A_bot_changes_it_only_where_it_is_told_to(string update, string method)
    {
        var destination = new Destination().Answers(200, Ok, "application/json");
        var receipt = new SlackReceipt { Channel = "C0", Ts = "1.1" };

        await Channel($"title: x{update}", destination, "https://slack.com/api/chat.postMessage")
            .SendAsync(
                Some.Notification() with
                {
                    Reason = NotificationReason.NewAlertsAdded,
                    Former = new() { Receipt = receipt.ToString() },
                },
                CancellationToken.None
            );

        Assert.Equal(method, Assert.Single(destination.Requests).Url.Segments[^1]);
        Assert.Equal("x", Body(destination, 0).GetProperty("attachments")[0].GetProperty("title").GetString());
    }

    [Theory]
    [InlineData("", "*Silenced* by `mia` until ")]
    [InlineData("\n    link_names: true", "*Silenced* until ")]
    public async Task Who_silenced_it_stands_below_what_the_templates_say(string option, string expected)
    {
        var destination = new Destination().Answers(200, Ok, "application/json");
        var receipt = new SlackReceipt { Channel = "C0", Ts = "1.1" };
        var alert = Some.Alert();

        await Channel(
                $"title: x\n    update_message: true{option}",
                destination,
                "https://slack.com/api/chat.postMessage"
            )
            .SendAsync(
                Some.Notification(alert) with
                {
                    Reason = NotificationReason.Shown,
                    Former = new() { Receipt = receipt.ToString() },
                    Muted =
                    [
                        new()
                        {
                            Alerts = FingerprintSet.Of(alert.Labels.Fingerprint),
                            SilencedBy = "mia",
                            Comment = "@here",
                            Until = Some.Now,
                        },
                    ],
                },
                CancellationToken.None
            );

        Assert.Equal("chat.update", Assert.Single(destination.Requests).Url.Segments[^1]);
        var attachments = Body(destination, 0).GetProperty("attachments");
        Assert.Equal("x", attachments[0].GetProperty("title").GetString());
        var text = attachments[1].GetProperty("text").GetString()!;
        Assert.StartsWith(expected, text, StringComparison.Ordinal);
        Assert.Equal(option.Length == 0, text.Contains("@here", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_change_takes_away_what_our_own_form_has_said_before()
    {
        var destination = new Destination().Answers(200, Ok, "application/json");

        await Channel("title: x\n    update_message: true", destination, "https://slack.com/api/chat.postMessage")
            .SendAsync(
                Some.Notification() with
                {
                    Reason = NotificationReason.NewAlertsAdded,
                    Former = new() { Receipt = new SlackReceipt { Channel = "C0", Ts = "1.1" }.ToString() },
                },
                CancellationToken.None
            );

        Assert.Equal("", Body(destination, 0).GetProperty("text").GetString());
        Assert.Equal(0, Body(destination, 0).GetProperty("blocks").GetArrayLength());
    }

    private static SlackChannel Channel(
        string options,
        Destination destination,
        string url = "https://hooks.slack.com/services/T/B/x"
    )
    {
        var config = AlertmanagerConfig.Load(
            $"""
            route: {"{receiver: r}"}
            receivers:
            - name: r
              slack_configs:
              - api_url: {url}
                http_config: {"{authorization: {credentials: x}}"}
                {options}
            """,
            "alertmanager.yml",
            out var problems
        );
        var slack = Assert.IsType<SlackConfig>(config?.Receivers[0].Integrations[0]);
        Assert.Empty(problems);
        return SlackChannel.Create(slack, Some.Parts(), destination.Delivery());
    }

    private static JsonElement Body(Destination destination, int request)
    {
        using var json = JsonDocument.Parse(destination.Requests[request].Body);
        return json.RootElement.Clone();
    }
}
