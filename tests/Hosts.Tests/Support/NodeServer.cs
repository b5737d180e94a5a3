using AlertHub.Tests.Support;

namespace Hosts.Tests.Support;

/// <summary>A server from npm, as tests/run has installed it, in a process of its own on a loopback port.</summary>
internal sealed class NodeServer : IAsyncDisposable
{
    private const string Listening = "listening at ";

    // A test run that is killed disposes of nothing.
    private const string EndWithParent = """
        const parent = process.ppid;
        setInterval(() => process.ppid === parent || process.exit(), 500).unref();
        const folder = process.argv[1];

        """;

    private readonly ChildProcess child;

    private NodeServer(ChildProcess child, Uri address)
    {
        this.child = child;
        Address = address;
    }

    public Uri Address { get; }

    /// <summary>Runs it and waits until it listens.</summary>
    /// <param name="package">Its folder in node_modules.</param>
    /// <param name="script">
    /// Starts the server in <c>folder</c> on a port that the system chooses, then writes <c>listening at</c> and
    /// its URL.
    /// </param>
    public static async Task<NodeServer> StartAsync(
        string package,
        string script,
        IReadOnlyDictionary<string, string?>? environment = null
    )
    {
        var folder = Repository.File("artifacts", "tools", "node_modules", package);
        if (!Directory.Exists(folder))
        {
            throw new InvalidOperationException($"'{package}' is not installed in '{folder}'. Run 'tests/run' once.");
        }

        var child = ChildProcess.Start("node", ["-e", EndWithParent + script, folder], environment);
        try
        {
            var line = await child.LineAsync(Listening);
            return new(child, new(line[(line.IndexOf(Listening, StringComparison.Ordinal) + Listening.Length)..]));
        }
        catch
        {
            await child.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => child.DisposeAsync();
}
