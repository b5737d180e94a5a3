using System.Net;
using System.Text;
using System.Text.Json;
using AlertHub.Alerts;
using AlertHub.Channels.Webhook;
using AlertHub.Configuration;
using AlertHub.Grouping;
using AlertHub.Muting;
using AlertHub.Tests.Support;
using Hosts.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Hosts.Tests.Oracles;

/// <summary>
/// One notification of a running Alertmanager 0.25 and ours of the same alerts, byte for byte, but for what came later
/// than 0.25. The alerts are those of Cases/telling-order.txt, so their order is checked too.
/// </summary>
public sealed class WebhookPayloadByAlertmanager : IAsyncLifetime, IDisposable
{
    private const string Loopback = "127.0.0.1";
    private const string Receiver = "team-x.pager (a|b)";

    private readonly TemporaryFolder folder = new();
    private readonly TaskCompletionSource<string> all = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<string> two = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private WebApplication webhook = null!;

    private sealed record Told : Integration
    {
        public override string Kind => "webhook";
    }

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        webhook = builder.Build();
        webhook.Urls.Add($"http://{Loopback}:0");
        webhook.MapPost("/all", context => TellAsync(context, all));
        webhook.MapPost("/two", context => TellAsync(context, two));
        await webhook.StartAsync();
    }

    [Fact]
    public async Task It_is_the_same_byte_for_byte()
    {
        var port = FreePort.Next();
        var config = folder.File("alertmanager.yml");
        await File.WriteAllTextAsync(
            config,
            $$"""
            route: {receiver: '{{Receiver}}', group_by: [alertname], group_wait: 1s}
            receivers:
            - name: '{{Receiver}}'
              webhook_configs:
              - url: {{webhook.Urls.First()}}/all
              - url: {{webhook.Urls.First()}}/two
                max_alerts: 2
            """
        );
        await using var alertmanager = ChildProcess.Start(
            "/usr/bin/prometheus-alertmanager",
            [
                $"--config.file={config}",
                $"--storage.path={folder.File("data")}",
                $"--web.listen-address={Loopback}:{port}",
                "--web.external-url=http://hub.example:9093",
                "--web.route-prefix=/",
                "--cluster.listen-address=",
            ]
        );
        await alertmanager.LineAsync("Listening on");

        var alerts = Alerts(DateTimeOffset.UtcNow);
        using var http = new HttpClient();
        using var body = new ByteArrayContent(Json(alerts));
        body.Headers.ContentType = new("application/json");
        using var answer = await http.PostAsync(new Uri($"http://{Loopback}:{port}/api/v2/alerts"), body);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);

        var limit = TimeSpan.FromSeconds(30);
        var now = alerts[0].StartsAt!.Value.AddSeconds(5);
        Assert.Equal(await all.Task.WaitAsync(limit), Ours(alerts, now, maxAlerts: 0));
        Assert.Equal(await two.Task.WaitAsync(limit), Ours(alerts, now, maxAlerts: 2));
    }

    private static string Ours(PostedAlert[] alerts, DateTimeOffset now, ulong maxAlerts)
    {
        var config = new AlertmanagerConfig
        {
            Route = new() { Receiver = Receiver, GroupBy = ["alertname"] },
            Receivers = [new() { Name = Receiver, Integrations = [new Told { SendResolved = true }] }],
        };
        var routing = GroupRouting.Compile(config);
        var (id, route) = routing.GroupsOf(alerts[0].Labels)[0];
        var group = alerts.Aggregate(
            (Group?)null,
            (group, posted) =>
                Group.Join(group, id, posted.Take(now, TimeSpan.FromMinutes(5), out _)!, route.Options, now)
        )!;
        var flush = Flush.Decide(
            group,
            group.Due,
            group.Due,
            routing.RouteOf(id)!,
            new()
            {
                Inhibition = Inhibition.Compile([]),
                Silences = Silences.Empty,
                Intervals = NamedTimeIntervals.Of(config),
            }
        )!;
        var delivery = Assert.Single(flush.Next!.Deliveries);
        var payload = WebhookPayload.Render(delivery.Notification(id, new("http://hub.example:9093")), maxAlerts);
        return Encoding
            .UTF8.GetString(payload)
            .Replace(",\"notification_reason\":\"first notification\"", "", StringComparison.Ordinal)
            .Replace(",\"routeLabels\":{}", "", StringComparison.Ordinal)
            // Alertmanager 0.25 is of a Go before 1.22, which had no short form for these two.
            .Replace("\\b", "\\u0008", StringComparison.Ordinal)
            .Replace("\\f", "\\u000c", StringComparison.Ordinal);
    }

    /// <summary>Times without fractions that Go alone would show; one has ended, one has all that needs escapes.</summary>
    private static PostedAlert[] Alerts(DateTimeOffset now)
    {
        var start = DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds()).AddTicks(1_200_000);
        PostedAlert[] alerts =
        [
            .. Repository
                .Cases("telling-order.txt")
                .Select(row => new PostedAlert
                {
                    Labels = Labels.Of([new("alertname", "A"), .. LabelsOf(row[0])]),
                    StartsAt = start,
                }),
        ];
        alerts[1] = alerts[1] with
        {
            StartsAt = start.AddHours(-1),
            EndsAt = start.AddMinutes(-1).AddTicks(7),
            Annotations = Labels.Of(new Label("summary", "over"), new Label("empty", "")),
        };
        alerts[4] = alerts[4] with
        {
            Labels = Labels.Of([.. alerts[4].Labels, new("text", "<&>\u2028\"\\\u0001\b\f\n\t\u007fü🔥'")]),
            Annotations = Labels.Of(new Label("summary", "{{ \"a\" }}\r\n</script>")),
            StartsAt = start.ToOffset(TimeSpan.FromHours(2)),
            GeneratorUrl = new("http://prometheus.example/graph?g0.expr=up+%3D%3D+0&g0.tab=1"),
        };
        return [.. alerts.Reverse()];
    }

    private static IEnumerable<Label> LabelsOf(string text) =>
        text.Split(';', StringSplitOptions.TrimEntries).Select(l => l.Split('=')).Select(p => new Label(p[0], p[1]));

    private static byte[] Json(IEnumerable<PostedAlert> alerts) =>
        JsonSerializer.SerializeToUtf8Bytes(
            alerts.Select(alert => new Dictionary<string, object?>
            {
                ["labels"] = alert.Labels.ToDictionary(l => l.Name, l => l.Value),
                ["annotations"] = alert.Annotations.ToDictionary(l => l.Name, l => l.Value),
                ["startsAt"] = alert.StartsAt,
                ["endsAt"] = alert.EndsAt ?? DateTimeOffset.MinValue,
                ["generatorURL"] = alert.GeneratorUrl?.OriginalString ?? "",
            })
        );

    private static async Task TellAsync(HttpContext context, TaskCompletionSource<string> told)
    {
        using var reader = new StreamReader(context.Request.Body);
        told.TrySetResult(await reader.ReadToEndAsync());
    }

    public async Task DisposeAsync() => await webhook.DisposeAsync();

    public void Dispose() => folder.Dispose();
}
