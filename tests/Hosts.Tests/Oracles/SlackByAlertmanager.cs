using System.Globalization;
using System.Text.Json.Nodes;
using AlertHub.Alerts;
using AlertHub.Notifying;
using Hosts.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace Hosts.Tests.Oracles;

/// <summary>The bodies that a running Alertmanager 0.25 posts to Slack, and ours, of Cases/slack-attachments.txt.</summary>
public sealed class SlackByAlertmanager
{
    /// <summary>What an item says where its case does not.</summary>
    private static readonly (string Key, string Value)[] Usual =
    [
        ("username", "u"),
        ("title", "t"),
        ("title_link", "''"),
        ("text", "''"),
        ("pretext", "''"),
        ("fallback", "f"),
        ("color", "danger"),
        ("footer", "''"),
        ("callback_id", "''"),
    ];

    private static readonly IReadOnlyList<AttachmentCase> Cases = AttachmentCase.All;

    [Fact]
    public async Task They_are_the_same()
    {
        await using var server = await WebServer.StartAsync(static (_, context) => context.Response.WriteAsync("ok"));
        var items = Cases.Select((_, i) => Item(server, "theirs", i));
        await using var alertmanager = await RealAlertmanager.StartAsync(
            $"""
            route: {"{receiver: team, group_by: [alertname], group_wait: 1s}"}
            receivers:
            - name: team
              slack_configs:
            {string.Join('\n', items)}
            """
        );
        var start = DateTimeOffset.UtcNow;
        Alert[] alerts = [Alert("a", "full & <full>", start), Alert("b", "\"half\" full", start)];
        var answer = await alertmanager.Api.PostAlertsAsync(
            new JsonArray([
                .. alerts.Select(alert =>
                    (JsonNode)
                        new JsonObject
                        {
                            ["labels"] = Object(alert.Labels),
                            ["annotations"] = Object(alert.Annotations),
                            ["startsAt"] = start.ToString("O", CultureInfo.InvariantCulture),
                        }
                ),
            ]).ToJsonString()
        );
        Assert.Equal(200, answer.Status);

        for (var i = 0; i < Cases.Count; i++)
        {
            using var channel = new ConfiguredChannel($"slack_configs:\n{Item(server, "ours", i)}");
            Assert.IsType<DeliveryResult.Delivered>(
                await channel.SendAsync(
                    new()
                    {
                        Alerts = alerts,
                        Now = start.AddSeconds(1),
                        Receiver = "team",
                        GroupLabels = Labels.Of(new Label("alertname", "DiskFull")),
                        Reason = NotificationReason.FirstNotification,
                    }
                )
            );
        }

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (server.Requests.Count < 2 * Cases.Count)
        {
            await Task.Delay(10, patience.Token);
        }

        for (var i = 0; i < Cases.Count; i++)
        {
            var (theirs, ours) = (Body(server, "theirs", i), Body(server, "ours", i));
            Assert.True(
                JsonNode.DeepEquals(JsonNode.Parse(theirs), JsonNode.Parse(ours)),
                $"{Cases[i].Name}:\n{theirs}\n{ours}"
            );
        }
    }

    private static string Item(WebServer server, string whose, int index) =>
        Cases[index]
            .Yaml(string.Create(CultureInfo.InvariantCulture, $"api_url: {server.Address}{whose}/{index}"), Usual);

    private static string Body(WebServer server, string whose, int index) =>
        server
            .Requests.First(request => request.Path == string.Create(CultureInfo.InvariantCulture, $"/{whose}/{index}"))
            .Body;

    private static Alert Alert(string instance, string summary, DateTimeOffset start) =>
        new()
        {
            Labels = Labels.Of(
                new Label("alertname", "DiskFull"),
                new Label("instance", instance),
                new Label("job", "node")
            ),
            Annotations = Labels.Of(new Label("summary", summary)),
            StartsAt = start,
        };

    private static JsonObject Object(Labels labels) =>
        new(labels.Select(static label => KeyValuePair.Create(label.Name, (JsonNode?)label.Value)));
}
