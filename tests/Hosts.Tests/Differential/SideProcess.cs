using Hosts.Tests.Support;

namespace Hosts.Tests.Differential;

/// <summary>A program of one side, with the configuration of its scenarios.</summary>
internal sealed class SideProcess : ISideProcess
{
    private readonly TemporaryFolder folder = new();
    private readonly SortedDictionary<string, string> configs = new(StringComparer.Ordinal);
    private readonly Side side;
    private readonly RecordingWebhooks webhooks;
    private readonly int factor;
    private AlertmanagerProcess process = null!;
    private Heartbeat heartbeat = null!;

    private SideProcess(Side side, RecordingWebhooks webhooks, int factor) =>
        (this.side, this.webhooks, this.factor) = (side, webhooks, factor);

    public AlertmanagerApi Api => process.Api;

    public Uri Address => process.Address;

    public IReadOnlyList<string> AmtoolArguments => [];

    public static async Task<SideProcess> StartAsync(
        Side side,
        IEnumerable<Scenario> scenarios,
        RecordingWebhooks webhooks,
        int factor
    )
    {
        var started = new SideProcess(side, webhooks, factor);
        foreach (var scenario in scenarios)
        {
            started.configs[scenario.Name] = side.Tamper(scenario.Name, scenario.Config);
        }

        try
        {
            started.process = await started.RunAsync();
            started.heartbeat = new(() => started.Api);
            return started;
        }
        catch
        {
            started.folder.Dispose();
            throw;
        }
    }

    public int LateMs(DateTimeOffset from, DateTimeOffset to) => heartbeat.LateMs(from, to);

    /// <summary>Waits until the process, and this one, are not slow any more, but not long.</summary>
    public async Task CalmAsync()
    {
        for (var i = 0; i < 20; i++)
        {
            await Task.Delay(100);
            var now = DateTimeOffset.UtcNow;
            if (i > 2 && LateMs(now.AddMilliseconds(-300), now) < 50)
            {
                return;
            }
        }
    }

    public async Task<ApiAnswer> ReloadAsync(string scenario, string config)
    {
        configs[scenario] = config;
        await WriteAsync();
        return await Api.ReloadAsync();
    }

    public async Task<int> RestartAsync()
    {
        var code = await process.StopAsync();
        await process.DisposeAsync();
        process = await RunAsync();
        return code;
    }

    public async ValueTask DisposeAsync()
    {
        await heartbeat.DisposeAsync();
        await process.DisposeAsync();
        folder.Dispose();
    }

    private async Task<AlertmanagerProcess> RunAsync()
    {
        await WriteAsync();
        var running = await AlertmanagerProcess.StartAsync(
            side.Program,
            folder.File("alertmanager.yml"),
            folder.File("data"),
            "--web.external-url=http://alerts.example"
        );
        await WarmUpAsync(running.Api);
        return running;
    }

    /// <summary>What a process does first is slow: here it takes and tells an alert that nobody looks at.</summary>
    private async Task WarmUpAsync(AlertmanagerApi api)
    {
        var mark = Guid.NewGuid().ToString();
        await api.PostAlertsAsync(
            $$"""[{"labels":{"alertname":"{{mark}}","scenario":"{{ScenarioConfig.WarmUp}}"},"startsAt":"2020-01-01T00:00:00Z"}]"""
        );
        await api.AlertsAsync([$"alertname=\"{mark}\""]);
        await webhooks.ArrivedAsync(mark);
    }

    private Task WriteAsync() =>
        File.WriteAllTextAsync(
            folder.File("alertmanager.yml"),
            ScenarioConfig.Write(configs.Select(c => (c.Key, c.Value)), webhooks.Address, side.Letter, factor)
        );
}
