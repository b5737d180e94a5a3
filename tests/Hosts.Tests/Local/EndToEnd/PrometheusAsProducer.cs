using System.Net;
using Hosts.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Hosts.Tests.Local.EndToEnd;

/// <summary>Debian's Prometheus 2.42 with a rule over a metric that the test turns on and off.</summary>
public sealed class PrometheusAsProducer : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly int port = FreePort.Next();
    private RecordingWebhooks webhooks = null!;
    private LastingHub hub = null!;
    private WebApplication target = null!;
    private ChildProcess prometheus = null!;
    private volatile bool fires;

    public async Task InitializeAsync()
    {
        webhooks = await RecordingWebhooks.StartAsync();
        hub = await LastingHub.StartAsync(
            $$"""
            route: {receiver: hook, group_by: [alertname], group_wait: 50ms, group_interval: 200ms, repeat_interval: 1h}
            receivers: [{name: hook, webhook_configs: [{url: '{{webhooks.Address}}'}]}]
            """
        );
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Logging.ClearProviders();
        target = builder.Build();
        target.Run(context => context.Response.WriteAsync($"broken{{disk=\"sda\"}} {(fires ? 1 : 0)}\n"));
        await target.StartAsync();
        await File.WriteAllTextAsync(
            folder.File("rules.yml"),
            """
            groups:
            - name: disks
              rules:
              - alert: DiskBroken
                # A scrape that comes late on a busy machine is not an end.
                expr: last_over_time(broken[1m]) > 0
                labels: {severity: page}
                annotations: {summary: "{{ $labels.disk }} of {{ $labels.instance }} is broken"}
            """
        );
        await File.WriteAllTextAsync(
            folder.File("prometheus.yml"),
            $$$"""
            global: {scrape_interval: 200ms, scrape_timeout: 200ms, evaluation_interval: 200ms, external_labels: {site: north}}
            alerting: {alertmanagers: [{static_configs: [{targets: ['{{{hub.Address.Authority}}}']}]}]}
            rule_files: [rules.yml]
            scrape_configs: [{job_name: disks, static_configs: [{targets: ['{{{new Uri(
                target.Urls.First()
            ).Authority}}}']}]}]
            """
        );
        prometheus = ChildProcess.Start(
            "/usr/bin/prometheus",
            [
                $"--config.file={folder.File("prometheus.yml")}",
                $"--storage.tsdb.path={folder.File("tsdb")}",
                $"--web.listen-address=127.0.0.1:{port}",
                "--web.external-url=http://prometheus.example/",
                // What fires is sent again so often, and holds for four times that.
                "--rules.alert.resend-delay=2s",
            ]
        );
    }

    public async Task DisposeAsync()
    {
        await prometheus.DisposeAsync();
        await target.DisposeAsync();
        await hub.DisposeAsync();
        await webhooks.DisposeAsync();
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task What_its_rule_finds_is_told_once_and_so_is_the_end_though_the_hub_is_killed_in_between()
    {
        fires = true;
        var first = await ToldAsync(1, "firing");
        Assert.Equal(
            ("page", "north", "sda", "disks"),
            (first.Label("severity"), first.Label("site"), first.Label("disk"), first.Label("job"))
        );
        Assert.Equal($"sda of {first.Label("instance")} is broken", $"{first.Json["annotations"]!["summary"]}");
        Assert.Equal("http://prometheus.example/graph?g0.expr=last_over_time%28broken%5B1m%5D%29+%3E+0&g0.tab=1", $"{first.Json["generatorURL"]}");

        // It fires on, and is sent again after the restart.
        await hub.KillAsync();
        await hub.RestartAsync();
        await UntilAsync(async () => await HeardAsync() > 0);

        // It ends while nobody listens.
        await hub.KillAsync();
        fires = false;
        await UntilAsync(async () => await FiringAtPrometheusAsync() == 0);
        await hub.RestartAsync();
        var end = await ToldAsync(2, "resolved");
        Assert.Equal(first.StartsAt, end.StartsAt);
        Assert.Equal($"{first.Json["fingerprint"]}", $"{end.Json["fingerprint"]}");

        // And begins again while nobody listens.
        await hub.KillAsync();
        fires = true;
        await UntilAsync(async () => await FiringAtPrometheusAsync() == 1);
        await hub.RestartAsync();
        Assert.True((await ToldAsync(3, "firing")).StartsAt > first.StartsAt);
    }

    /// <summary>The last of so many alerts told and no more.</summary>
    private async Task<Told> ToldAsync(int count, string status)
    {
        await webhooks.UntilAsync(posts => Told.Of(posts).Count >= count, $"{status}\n{prometheus.Written.Errors}");
        var told = Told.Of(webhooks.Posts);
        Assert.True(told.Count == count, string.Join('\n', told));
        Assert.True(told[^1].Is("DiskBroken", status), $"{told[^1]}");
        // Recorded, too: killed before that, it would rightly tell it once more.
        await hub.Child.LineAsync(": delivered");
        return told[^1];
    }

    private Task<double> HeardAsync() => hub.Api.MetricAsync("alertmanager_alerts_received_total", "status=\"firing\"");

    private async Task<int> FiringAtPrometheusAsync()
    {
        using var api = new AlertmanagerApi(new($"http://127.0.0.1:{port}/"));
        return (await api.GetAsync("api/v1/alerts")).Json["data"]!["alerts"]!.AsArray().Count;
    }

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await holds())
        {
            await Task.Delay(50, patience.Token);
        }
    }
}
