namespace Hosts.Tests.Support;

/// <summary>A real Alertmanager 0.25 with a configuration of its own, and a client of it.</summary>
internal sealed class RealAlertmanager : IAsyncDisposable
{
    private readonly TemporaryFolder folder;
    private readonly AlertmanagerProcess process;

    private RealAlertmanager(TemporaryFolder folder, AlertmanagerProcess process)
    {
        (this.folder, this.process) = (folder, process);
        Http = new() { BaseAddress = process.Address, Timeout = TimeSpan.FromSeconds(30) };
    }

    public Uri Address => process.Address;

    public AlertmanagerApi Api => process.Api;

    public HttpClient Http { get; }

    /// <param name="config">alertmanager.yml.</param>
    /// <param name="options">Further flags.</param>
    public static async Task<RealAlertmanager> StartAsync(string config, params string[] options)
    {
        var folder = new TemporaryFolder();
        try
        {
            await File.WriteAllTextAsync(folder.File("alertmanager.yml"), config);
            var process = await AlertmanagerProcess.StartAsync(
                AlertmanagerProgram.Real,
                folder.File("alertmanager.yml"),
                folder.File("data"),
                options
            );
            return new(folder, process);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await process.DisposeAsync();
        folder.Dispose();
    }
}
