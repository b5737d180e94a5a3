namespace Hosts.Tests.Support;

/// <summary>
/// AlertHub with a configuration, a storage and an address that outlive its process: it can be killed and started again.
/// </summary>
internal sealed class LastingHub : IAsyncDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly AlertmanagerProgram program;
    private string[] options = [];
    private AlertmanagerProcess process = null!;

    private LastingHub(AlertmanagerProgram program) => this.program = program;

    public Uri Address { get; private set; } = null!;

    /// <summary>Of whatever process is there.</summary>
    public AlertmanagerApi Api { get; private set; } = null!;

    public ChildProcess Child => process.Child;

    public string Storage => folder.File("data");

    public string Config => folder.File("alertmanager.yml");

    /// <param name="config">alertmanager.yml.</param>
    /// <param name="program">How it is started, if not as usual.</param>
    /// <param name="hubConfig">hub.yml, if it has one.</param>
    public static async Task<LastingHub> StartAsync(
        string config,
        AlertmanagerProgram? program = null,
        string? hubConfig = null
    )
    {
        var hub = new LastingHub(program ?? AlertmanagerProgram.AlertHub);
        try
        {
            await File.WriteAllTextAsync(hub.Config, config);
            if (hubConfig is not null)
            {
                var file = hub.folder.File("hub.yml");
                await File.WriteAllTextAsync(file, hubConfig);
                hub.options = [$"--hub.file={file}"];
            }

            hub.process = await AlertmanagerProcess.StartAsync(hub.program, hub.Config, hub.Storage, hub.options);
            hub.Address = hub.process.Address;
            hub.Api = new(hub.Address);
            return hub;
        }
        catch
        {
            hub.folder.Dispose();
            throw;
        }
    }

    public async Task KillAsync()
    {
        Child.Signal(ChildProcess.Kill);
        await Child.ExitAsync();
        await process.DisposeAsync();
    }

    /// <summary>After <see cref="KillAsync"/>, at the same address.</summary>
    public async Task RestartAsync() =>
        process = await AlertmanagerProcess.StartAsync(
            program,
            Config,
            Storage,
            [$"--web.listen-address=127.0.0.1:{Address.Port}", .. options]
        );

    /// <summary>After <see cref="KillAsync"/>: begins to start, and is killed when so much time has passed.</summary>
    public async Task StartInVainAsync(TimeSpan life)
    {
        await using var child = ChildProcess.Start(
            program.File,
            [
                .. program.Arguments,
                $"--config.file={Config}",
                $"--storage.path={Storage}",
                $"--web.listen-address=127.0.0.1:{Address.Port}",
                .. options,
            ]
        );
        await Task.Delay(life);
    }

    public async Task PostAsync(string alerts)
    {
        var answer = await Api.PostAlertsAsync(alerts);
        Assert.True(answer.Status == 200, $"{answer}");
    }

    /// <summary>A subcommand that asks the running process.</summary>
    public async Task<(int Status, string Output)> RunAsync(params string[] command)
    {
        await using var child = HubProcess.Run([.. command, $"--url={Address}"]);
        var status = await child.ExitAsync();
        return (status, child.Written.Output + child.Written.Errors);
    }

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        await process.DisposeAsync();
        folder.Dispose();
    }
}
