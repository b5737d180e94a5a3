using AlertHub.Lambda;
using Hosts.Tests.Support;

namespace Hosts.Tests.Box.Hub;

/// <summary>Debian's Prometheus 2.42 with the HTTP API as its Alertmanager, as infra/README.md connects it.</summary>
public abstract class PrometheusInABox(AppAssembly assembly)
{
    [Fact]
    public async Task What_its_rule_finds_is_told_and_so_is_its_end()
    {
        using var folder = new TemporaryFolder();
        await using var hub = await HubBox.StartAsync(assembly);
        await hub.ConfigureAsync(HubBox.Config());
        await File.WriteAllTextAsync(folder.File("token"), HubBox.Token + "\n");
        await File.WriteAllTextAsync(
            folder.File("rules.yml"),
            "groups: [{name: always, rules: [{alert: AlwaysOn, expr: vector(1), labels: {severity: page}}]}]\n"
        );
        await File.WriteAllTextAsync(
            folder.File("prometheus.yml"),
            $$$"""
            global: {evaluation_interval: 500ms, external_labels: {site: north} }
            rule_files: [rules.yml]
            alerting:
              alertmanagers:
                - authorization: {credentials_file: token}
                  static_configs: [{targets: ['{{{hub.Api.BaseAddress!.Authority}}}']}]
            """
        );
        await using (
            ChildProcess.Start(
                "/usr/bin/prometheus",
                [
                    $"--config.file={folder.File("prometheus.yml")}",
                    $"--storage.tsdb.path={folder.File("tsdb")}",
                    $"--web.listen-address=127.0.0.1:{FreePort.Next()}",
                    // What fires is sent again so often, and holds for four times that.
                    "--rules.alert.resend-delay=1s",
                ]
            )
        )
        {
            await hub.Slack.TakesAsync("FIRING: AlwaysOn");
        }

        await hub.Slack.TakesAsync("RESOLVED: AlwaysOn");
        await hub.Box.CountsAsync(Names.NotifiedMetric, 2);
        Assert.Equal(2, hub.Slack.Posts.Count);
    }
}

public sealed class ManagedPrometheusInABox(ManagedAssembly assembly)
    : PrometheusInABox(assembly),
        IClassFixture<ManagedAssembly>;

public sealed class NativePrometheusInABox(NativeAssembly assembly)
    : PrometheusInABox(assembly),
        IClassFixture<NativeAssembly>;
