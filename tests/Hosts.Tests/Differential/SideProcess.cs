using Hosts.Tests.Support;

namespace Hosts.Tests.Differential;

/// <summary>A program of one side, with the configuration of its scenarios.</summary>
internal sealed class SideProcess : IAsyncDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly SortedDictionary<string, string> configs = new(StringComparer.Ordinal);
    private readonly Side side;
    private readonly Uri webhooks;
    private readonly int factor;
    private AlertmanagerProcess process = null!;
    private Heartbeat heartbeat = null!;

    private SideProcess(Side side, Uri webhooks, int factor) =>
        (this.side, this.webhooks, this.factor) = (side, webhooks, factor);

    public AlertmanagerApi Api => process.Api;

    public Uri Address => process.Address;

    public static async Task<SideProcess> StartAsync(
        Side side,
        IEnumerable<Scenario> scenarios,
        Uri webhooks,
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

    /// <summary>
    /// The first requests of a process are slow, its own and those of this one. Waits until that is over, but not long.
    /// </summary>
    public async Task WarmUpAsync(Uri receivers)
    {
        using var receiver = new AlertmanagerApi(receivers);
        await receiver.PostAlertsAsync("[]");
        await Api.PostAlertsAsync("""[{"labels":{"alertname":"nobody"}}]""");
        await Api.AlertsAsync(["alertname=\"nobody\""]);
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
        return await AlertmanagerProcess.StartAsync(
            side.Program,
            folder.File("alertmanager.yml"),
            folder.File("data"),
            "--web.external-url=http://alerts.example"
        );
    }

    private Task WriteAsync() =>
        File.WriteAllTextAsync(
            folder.File("alertmanager.yml"),
            ScenarioConfig.Write(configs.Select(c => (c.Key, c.Value)), webhooks, side.Letter, factor)
        );
}
