using System.Text;
using System.Text.Json;
using AlertHub.Alerts;
using AlertHub.Channels.Webhook;
using AlertHub.Notifying;
using AlertHub.Tests.Support;

namespace AlertHub.Tests.Channels.Webhook;

public sealed class WebhookPayloads
{
    [Fact]
    public void A_notification_as_Alertmanager_posts_it() =>
        Approved.Matches("webhook/payload.json", Encoding.UTF8.GetString(WebhookPayload.Render(Notification)));

    [Fact]
    public void What_is_common_is_common_to_those_that_are_told()
    {
        var payload = Parse(WebhookPayload.Render(Notification, maxAlerts: 1));

        Assert.Equal(1, payload.GetProperty("alerts").GetArrayLength());
        Assert.Equal(2, payload.GetProperty("truncatedAlerts").GetInt32());
        Assert.Equal("resolved", payload.GetProperty("status").GetString());
        Assert.Equal("2", payload.GetProperty("commonLabels").GetProperty("instance").GetString());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(ulong.MaxValue)]
    public void With_room_for_all_none_is_left_out(ulong maxAlerts)
    {
        var payload = Parse(WebhookPayload.Render(Notification, maxAlerts));

        Assert.Equal(3, payload.GetProperty("alerts").GetArrayLength());
        Assert.Equal(0, payload.GetProperty("truncatedAlerts").GetInt32());
    }

    [Fact]
    public void Whatever_labels_say_it_is_JSON_that_says_the_same() =>
        Properties.ForAll(
            Properties.Pairs,
            pairs =>
            {
                // Half a surrogate pair comes from no producer: JSON cannot say it.
                var labels = Labels.Of(pairs.Select(p => new Label(Whole(p.Name), Whole(p.Value))));
                var alert = Some.Alert() with { Labels = labels };
                var payload = Parse(WebhookPayload.Render(Some.Notification(alert)));

                Assert.Equal(
                    labels.Select(l => (l.Name, (string?)l.Value)),
                    payload
                        .GetProperty("alerts")[0]
                        .GetProperty("labels")
                        .EnumerateObject()
                        .Select(p => (p.Name, p.Value.GetString()))
                );
            }
        );

    private static readonly Notification Notification = new()
    {
        Now = Some.Now,
        Receiver = "team-x.pager (a|b)",
        GroupKey = "{}:{alertname=\"A\"}",
        GroupLabels = Some.Labels(("alertname", "A")),
        Reason = NotificationReason.SomeAlertsResolved,
        RouteLabels = Some.Labels(("team", "x")),
        ExternalUrl = new("http://hub.example:9093"),
        Alerts =
        [
            new()
            {
                Labels = Some.Labels(("alertname", "A"), ("job", "a"), ("instance", "2")),
                StartsAt = Some.Now.AddHours(-1),
                EndsAt = Some.Now.AddMinutes(-1).AddTicks(1),
            },
            new()
            {
                Labels = Some.Labels(("alertname", "A"), ("job", "b"), ("z", "<&>\u2028\"\\\u0001\b\f\n\t\u007fü🔥'")),
                Annotations = Some.Labels(("e", ""), ("s", "x")),
                StartsAt = new DateTimeOffset(2026, 1, 2, 3, 4, 5, 120, TimeSpan.FromHours(2)),
                GeneratorUrl = new("http://p/g?a=1&b=<2>"),
            },
            new()
            {
                Labels = Some.Labels(("alertname", "A")),
                StartsAt = Some.Now,
                EndsAt = Some.Now.AddMinutes(5),
            },
        ],
    };

    private static string Whole(string text) =>
        string.Concat(text.EnumerateRunes().Where(rune => rune.Value != 0xFFFD).Select(rune => rune.ToString()));

    private static JsonElement Parse(byte[] json) => JsonDocument.Parse(json).RootElement;
}
