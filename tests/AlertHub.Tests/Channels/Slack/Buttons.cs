using System.Text.Json;
using AlertHub.Alerts;
using AlertHub.Channels.Slack;
using AlertHub.Notifying;
using AlertHub.Tests.Support;

namespace AlertHub.Tests.Channels.Slack;

/// <summary>Messages of an app that answers when a button is pressed.</summary>
public sealed class Buttons
{
    private static readonly SlackActions All = new() { Acknowledges = true, Silences = true };

    private static readonly Alert Linked = Some.Alert(
        annotations: Some.Labels(
            ("runbook_url", "https://example.com/run?a=1&b=<2>"),
            ("dashboard_url", "javascript:alert(1)"),
            ("note", "x")
        )
    ) with
    {
        GeneratorUrl = new("https://example.com/graph?g0=up"),
    };

    [Fact]
    public void They_are_what_can_be_done_and_the_links() =>
        Approved.MatchesJson("slack-buttons/firing.json", Body(Grouped(Linked), All));

    [Fact]
    public void About_what_has_ended_nothing_can_be_done() =>
        Assert.Equal(["Runbook", "Source"], Texts(Grouped(Linked with { EndsAt = Some.Now }), All));

    [Fact]
    public void About_what_has_no_group_nothing_can_be_done() =>
        Assert.Equal(["Runbook", "Source"], Texts(Some.Notification(Linked), All));

    [Fact]
    public void Several_alerts_have_theirs_in_common() =>
        Assert.Equal(["Acknowledge", "Silence"], Texts(Grouped([.. Some.AlertsNumbering(3)]), All));

    [Fact]
    public void Where_nobody_answers_there_are_none() => Assert.Empty(Texts(Grouped(Linked), actions: null));

    [Fact]
    public void A_press_names_its_group()
    {
        var value = SlackActions.Value(Grouped(Linked));

        Assert.Equal(35, value.Length);
        Assert.Equal(value, SlackActions.Value(Grouped(Some.Alert("Another"))));
        Assert.NotEqual(value, SlackActions.Value(Grouped(Linked) with { Receiver = "another" }));
        Assert.NotEqual(value, SlackActions.Value(Grouped(Linked) with { GroupKey = "another" }));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("🔥")]
    [InlineData("&")]
    [InlineData("\u202e")]
    public void However_many_links_there_are_Slack_takes_the_message(string filling)
    {
        var text = string.Concat(Enumerable.Repeat(filling, 60));
        for (var length = 1; length < 60; length++)
        {
            var alert = Some.Alert(
                annotations: Some.Labels([
                    .. Enumerable
                        .Range(0, length)
                        .Select(i => ($"{text}{i}_url", $"https://example.com/{new string('x', 3 * length)}{text}")),
                    ("raw", new string('&', 9000)),
                ])
            );

            Assert.Equal([], SlackRules.BrokenBy(Body(Grouped(alert), All)));
        }
    }

    private static Notification Grouped(params IReadOnlyList<Alert> alerts) =>
        Some.Notification(alerts) with
        {
            Receiver = "ops",
            GroupKey = "{}:{alertname=\"Something\"}",
        };

    private static byte[] Body(Notification notification, SlackActions? actions) =>
        new SlackEnvelope.New(SlackSender.Unnamed).Around(SlackMessage.Content(notification, actions).Full);

    private static IReadOnlyList<string?> Texts(Notification notification, SlackActions? actions)
    {
        using var json = JsonDocument.Parse(Body(notification, actions));
        return
        [
            .. json
                .RootElement.GetProperty("attachments")[0]
                .GetProperty("blocks")
                .EnumerateArray()
                .Where(static block => block.GetProperty("type").GetString() == "actions")
                .SelectMany(static block => block.GetProperty("elements").EnumerateArray())
                .Select(static button => button.GetProperty("text").GetProperty("text").GetString()),
        ];
    }
}
