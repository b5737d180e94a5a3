using System.Text.RegularExpressions;

namespace Hosts.Tests.Support;

/// <summary>A running Alertmanager, or what takes its place, on a port that the system chose.</summary>
internal sealed partial class AlertmanagerProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private AlertmanagerProcess(ChildProcess child, Uri address)
    {
        Child = child;
        Address = address;
        Api = new(address);
    }

    public ChildProcess Child { get; }

    public Uri Address { get; }

    public AlertmanagerApi Api { get; }

    /// <summary>Runs it and waits until it listens and is ready.</summary>
    /// <param name="config">The path of alertmanager.yml.</param>
    /// <param name="storage">A folder, which it makes.</param>
    /// <param name="options">Further flags.</param>
    public static async Task<AlertmanagerProcess> StartAsync(
        AlertmanagerProgram program,
        string config,
        string storage,
        params string[] options
    )
    {
        var child = ChildProcess.Start(
            program.File,
            [
                .. program.Arguments,
                $"--config.file={config}",
                $"--storage.path={storage}",
                .. options.Any(static option => option.StartsWith("--web.listen-address=", StringComparison.Ordinal))
                    ? Array.Empty<string>()
                    : ["--web.listen-address=127.0.0.1:0"],
                .. options,
            ]
        );
        AlertmanagerProcess? process = null;
        try
        {
            var line = await child.LineAsync("Listening on");
            process = new(child, new($"http://{Listening().Match(line).Value}{Prefix(options)}"));
            await process.ReadyAsync();
            return process;
        }
        catch
        {
            process?.Api.Dispose();
            await child.DisposeAsync();
            throw;
        }
    }

    /// <summary>Asks it to end, as a service's supervisor would, and waits for that.</summary>
    public async Task<int> StopAsync()
    {
        Child.Signal(ChildProcess.Terminate);
        return await Child.ExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        await Child.DisposeAsync();
    }

    /// <summary>It answers below the path of its external URL only.</summary>
    private static string Prefix(string[] options)
    {
        const string external = "--web.external-url=";
        var option = Array.Find(options, o => o.StartsWith(external, StringComparison.Ordinal));
        return option is null ? "/" : new Uri(option[external.Length..]).AbsolutePath.TrimEnd('/') + "/";
    }

    private async Task ReadyAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        while ((await Api.GetAsync("-/ready", patience.Token)).Status != 200)
        {
            await Task.Delay(20, patience.Token);
        }
    }

    [GeneratedRegex(@"127\.0\.0\.1:\d+")]
    private static partial Regex Listening();
}
