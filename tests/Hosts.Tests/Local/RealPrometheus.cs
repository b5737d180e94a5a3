using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Hosts.Tests.Support;

namespace Hosts.Tests.Local;

/// <summary>
/// Debian's Alertmanager 0.25 and Prometheus, configured as for the Flask receiver that /webhook replaces, with shorter
/// waits.
/// </summary>
public sealed class RealPrometheus : IAsyncLifetime, IDisposable
{
    private const string Loopback = "127.0.0.1";

    private readonly TemporaryFolder folder = new();
    private readonly int port = FreePort.Next();
    private RecordingSlack slack = null!;
    private HubProcess hub = null!;
    private ChildProcess alertmanager = null!;

    public async Task InitializeAsync()
    {
        slack = await RecordingSlack.StartAsync();
        hub = await HubProcess.StartAsync(folder.File("data"), slack.Webhook);
        var config = folder.File("alertmanager.yml");
        await File.WriteAllTextAsync(
            config,
            $"""
            route:
              group_by: ['alertname']
              group_wait: 100ms
              group_interval: 200ms
              repeat_interval: 1h
              receiver: 'web.hook.alerthub'
            receivers:
              - name: 'web.hook.alerthub'
                webhook_configs:
                  - url: '{hub.Http.BaseAddress}webhook'
            """
        );
        alertmanager = ChildProcess.Start(
            "/usr/bin/prometheus-alertmanager",
            [
                $"--config.file={config}",
                $"--storage.path={folder.File("alertmanager")}",
                $"--web.listen-address={Loopback}:{port}",
                "--cluster.listen-address=",
            ]
        );
        await alertmanager.LineAsync("Listening on");
    }

    public async Task DisposeAsync()
    {
        await alertmanager.DisposeAsync();
        await hub.DisposeAsync();
        await slack.DisposeAsync();
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task An_alert_of_the_real_alertmanager_reaches_slack_and_so_does_its_end()
    {
        await AlertAsync("2030-01-01T00:00:00Z");
        var firing = await slack.TakesAsync("FIRING", "HighCPUUsage");
        Assert.True(firing.Shows("node-1:9100", "Instance node-1:9100 has high CPU usage"), firing.Body);

        await AlertAsync(DateTimeOffset.UtcNow.ToString("O", CultureInfo.InvariantCulture));
        var resolved = await slack.TakesAsync("RESOLVED", "HighCPUUsage");
        Assert.True(resolved.Shows("node-1:9100"), resolved.Body);

        async Task AlertAsync(string endsAt)
        {
            using var http = new HttpClient();
            using var body = new StringContent(
                $$"""
                [{"labels":{"alertname":"HighCPUUsage","instance":"node-1:9100","severity":"critical"},
                  "annotations":{"summary":"Instance node-1:9100 has high CPU usage"},
                  "startsAt":"{{DateTimeOffset.UtcNow.AddMinutes(-1):O}}","endsAt":"{{endsAt}}"}]
                """,
                Encoding.UTF8,
                new MediaTypeHeaderValue("application/json")
            );
            using var response = await http.PostAsync(new Uri($"http://{Loopback}:{port}/api/v2/alerts"), body);
            Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        }
    }

    [Fact]
    public async Task A_rule_of_the_real_prometheus_over_a_real_node_reaches_slack()
    {
        var node = $"{Loopback}:{FreePort.Next()}";
        await using var exporter = ChildProcess.Start(
            "/usr/bin/prometheus-node-exporter",
            ["--collector.disable-defaults", "--collector.meminfo", $"--web.listen-address={node}"]
        );
        await exporter.LineAsync("Listening on");
        await File.WriteAllTextAsync(
            folder.File("webhook_rules.yml"),
            """
            groups:
            - name: example
              rules:
              - alert: HighMemoryUsage
                expr: 100 * (node_memory_MemTotal_bytes - node_memory_MemFree_bytes) / node_memory_MemTotal_bytes > 0.001
                for: 1s
                labels:
                  severity: warning
                annotations:
                  summary: "Instance {{ $labels.instance }} has high memory usage"
            """
        );
        await File.WriteAllTextAsync(
            folder.File("prometheus.yml"),
            $"""
            global:
              scrape_interval: 300ms
              scrape_timeout: 300ms
              evaluation_interval: 300ms
            alerting:
              alertmanagers:
                - static_configs:
                    - targets: ['{Loopback}:{port}']
            rule_files:
              - webhook_rules.yml
            scrape_configs:
              - job_name: node_exporter
                static_configs:
                  - targets: ['{node}']
            """
        );
        await using var prometheus = ChildProcess.Start(
            "/usr/bin/prometheus",
            [
                $"--config.file={folder.File("prometheus.yml")}",
                $"--storage.tsdb.path={folder.File("tsdb")}",
                $"--web.listen-address={Loopback}:{FreePort.Next()}",
            ]
        );

        var post = await slack.TakesAsync("FIRING", "HighMemoryUsage");

        Assert.True(post.Shows(node, $"Instance {node} has high memory usage", "warning"), post.Body);
    }
}
