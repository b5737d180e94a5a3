using System.Text.RegularExpressions;
using Hosts.Tests.Support;

namespace Hosts.Tests.Oracles;

/// <summary>What /metrics of ours says, by Alertmanager 0.25's own and by promtool.</summary>
public sealed partial class MetricsByAlertmanager : IDisposable
{
    private const string Configuration = """
        route: {receiver: team, group_by: [alertname]}
        receivers:
          - name: team
            webhook_configs: [{url: 'http://127.0.0.1:1/'}]
        """;

    private const string Alert = """[{"labels":{"alertname":"A"}}]""";

    /// <summary>Labels that ours has more or less, and why.</summary>
    private static readonly Dictionary<string, string> Different = new()
    {
        // Since 0.27 it says why.
        ["alertmanager_notifications_failed_total"] = "integration,reason",
    };

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task What_has_its_name_is_of_its_type_and_has_its_labels()
    {
        await using var alertmanager = await RealAlertmanager.StartAsync(Configuration);
        await alertmanager.Api.PostAlertsAsync(Alert);
        var theirs = Read((await alertmanager.Api.GetAsync("metrics")).Body);
        await using var server = await HubServer.StartAsync(Configuration);
        using var api = new AlertmanagerApi(server.Address);
        await api.PostAlertsAsync(Alert);
        server.Registry.Counters("alerthub_test_total", "For the test.", "a")["\\ \"\n"].Add();
        var text = (await api.GetAsync("metrics")).Body;
        var ours = Read(text);

        var shared = ours.Where(metric => theirs.ContainsKey(metric.Key)).ToArray();
        Assert.All(
            shared,
            metric =>
                Assert.Equal(
                    $"{metric.Key} {theirs[metric.Key].Type} {Different.GetValueOrDefault(metric.Key, theirs[metric.Key].Labels)}",
                    $"{metric.Key} {metric.Value.Type} {(metric.Value.Labels.Length == 0 ? Different.GetValueOrDefault(metric.Key, "") : metric.Value.Labels)}"
                )
        );
        Assert.InRange(shared.Length, 20, 100);
        Assert.All(
            ours.Keys.Except(theirs.Keys),
            name =>
                Assert.True(name.StartsWith("alerthub_", StringComparison.Ordinal) || name == "process_threads", name)
        );

        Assert.Equal(
            [
                "authError",
                "clientError",
                "contextCanceled",
                "contextDeadlineExceeded",
                "other",
                "rateLimited",
                "serverError",
            ],
            FailedFor().Matches(text).Select(static match => match.Groups[1].Value).Order(StringComparer.Ordinal)
        );

        await File.WriteAllTextAsync(folder.File("metrics"), text);
        await using var promtool = ChildProcess.Start(
            "/bin/sh",
            ["-c", "exec /usr/bin/promtool check metrics < \"$0\"", folder.File("metrics")]
        );
        Assert.Equal(0, await promtool.ExitAsync());
        Assert.Equal(("", ""), promtool.Written);
    }

    /// <summary>Types and label names by metric.</summary>
    private static Dictionary<string, (string Type, string Labels)> Read(string text)
    {
        var metrics = new Dictionary<string, (string Type, string Labels)>();
        var current = "";
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.StartsWith("# TYPE ", StringComparison.Ordinal))
            {
                var parts = line.Split(' ');
                current = parts[2];
                metrics[current] = (parts[3], "");
            }
            else if (line[0] != '#' && current.Length > 0)
            {
                var labels = string.Join(
                    ',',
                    LabelName().Matches(line).Select(static m => m.Groups[1].Value).Where(static l => l != "le")
                );
                metrics[current] = (metrics[current].Type, labels);
            }
        }

        return metrics;
    }

    /// <summary>Those of Alertmanager since 2026, each from the start.</summary>
    [GeneratedRegex("alertmanager_notifications_failed_total{integration=\"webhook\",reason=\"([a-zA-Z]+)\"} 0\n")]
    private static partial Regex FailedFor();

    [GeneratedRegex("[{,]([a-z_]+)=\"")]
    private static partial Regex LabelName();
}
