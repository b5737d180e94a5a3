using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Hosts.Tests.Support;

namespace Hosts.Tests.Box.Hub;

/// <summary>The hub's stacks in a box, with Slack, a token, and a configuration with short waits.</summary>
internal sealed class HubBox : IAsyncDisposable
{
    public const string Token = "prometheus-of-the-box-7f3a";

    /// <summary>What a test of seconds can wait for.</summary>
    public const string Timers = "group_wait: 1s, group_interval: 2s, repeat_interval: 1h";

    private HubBox(StackBox box, RecordingSlack slack) => (Box, Slack) = (box, slack);

    public StackBox Box { get; }

    public RecordingSlack Slack { get; }

    public HttpClient Api => Box.Api;

    /// <summary>As a team would have it after its first deployment and its first change of the configuration.</summary>
    /// <param name="assembly">The stacks.</param>
    /// <param name="options">Changes what the box is told.</param>
    public static async Task<HubBox> StartAsync(
        AppAssembly assembly,
        Func<StackBoxOptions, StackBoxOptions>? options = null
    )
    {
        var slack = await RecordingSlack.StartAsync();
        var usual = new StackBoxOptions
        {
            Stacks = static name => name.StartsWith("AlertHub", StringComparison.Ordinal),
            Parameters = new Dictionary<string, string>
            {
                ["/alerthub/secrets/slack-webhook-url"] = slack.Webhook,
                ["/alerthub/tokens/prometheus"] = Token,
                ["/alerthub/tokens/shop"] =
                    """{"token": "only-for-alerts-of-the-shop", "labels": {"tenant": "shop"}, "scope": "alerts"}""",
            },
        };
        var hub = new HubBox(await StackBox.StartAsync(assembly.Folder, options?.Invoke(usual) ?? usual), slack);
        hub.Api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        return hub;
    }

    /// <summary>alertmanager.yml with all to Slack.</summary>
    public static string Config(string timers = Timers, string more = "") =>
        $$"""
            route: {receiver: slack, group_by: [alertname], {{timers}}}
            receivers:
              - name: slack
                slack_configs: [{api_url: 'ssm:/alerthub/secrets/slack-webhook-url', send_resolved: true}]
            {{more}}
            """;

    public async Task<JsonNode> ConfigureAsync(string alertmanager, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var answer = await Api.PutAsJsonAsync("hub/config", new { alertmanager });
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == expected, $"{answer.StatusCode}: {text}\n{Box.Report()}");
        return JsonNode.Parse(text)!;
    }

    /// <summary>As Prometheus does.</summary>
    public async Task<HttpStatusCode> PostAsync(params JsonObject[] alerts)
    {
        using var answer = await Api.PostAsJsonAsync("api/v2/alerts", new JsonArray([.. alerts]));
        return answer.StatusCode;
    }

    /// <summary>The same until it is taken, for as long as the hub says that it cannot.</summary>
    public async Task PostUntilTakenAsync(params JsonObject[] alerts)
    {
        HttpStatusCode status;
        do
        {
            status = await PostAsync([.. alerts.Select(static alert => (JsonObject)alert.DeepClone())]);
        } while ((int)status >= 500);

        Assert.Equal(HttpStatusCode.OK, status);
    }

    public static JsonObject Alert(string name, DateTimeOffset? endsAt = null, params (string, string)[] labels)
    {
        var alert = new JsonObject
        {
            ["labels"] = new JsonObject([
                KeyValuePair.Create<string, JsonNode?>("alertname", name),
                .. labels.Select(static label => KeyValuePair.Create<string, JsonNode?>(label.Item1, label.Item2)),
            ]),
        };
        if (endsAt is { } end)
        {
            alert["endsAt"] = end.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
        }

        return alert;
    }

    public async ValueTask DisposeAsync()
    {
        await Box.DisposeAsync();
        await Slack.DisposeAsync();
    }
}
