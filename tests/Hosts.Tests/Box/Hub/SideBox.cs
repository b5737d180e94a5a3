using Hosts.Tests.Differential;
using Hosts.Tests.Support;

namespace Hosts.Tests.Box.Hub;

/// <summary>The hub in a box, with the configuration of scenarios.</summary>
internal sealed class SideBox : ISideProcess
{
    private readonly HubBox hub;
    private readonly TemporaryFolder folder = new();
    private readonly string credentials;

    private SideBox(HubBox hub)
    {
        this.hub = hub;
        Api = new(Address, HubBox.Token);
        credentials = folder.File("amtool-http.yml");
        File.WriteAllText(credentials, $"authorization: {{credentials: {HubBox.Token}}}\n");
    }

    public AlertmanagerApi Api { get; }

    public Uri Address => hub.Api.BaseAddress!;

    public IReadOnlyList<string> AmtoolArguments => [$"--http.config.file={credentials}"];

    public HubBox Hub => hub;

    /// <param name="hub">Disposed of with this.</param>
    /// <param name="config">alertmanager.yml of all scenarios.</param>
    public static async Task<SideBox> StartAsync(HubBox hub, string config)
    {
        await hub.ConfigureAsync(config);
        return new(hub);
    }

    /// <summary>Nobody asks it how it is: what it is asked, it is billed for.</summary>
    public int LateMs(DateTimeOffset from, DateTimeOffset to) => 0;

    public Task<ApiAnswer> ReloadAsync(string scenario, string config) =>
        throw new NotSupportedException("scenarios that change the configuration need a box of their own");

    public Task<int> RestartAsync() => throw new NotSupportedException("there is no process to restart");

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        await hub.DisposeAsync();
        folder.Dispose();
    }
}
