using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Hosts.Tests.Support;

/// <summary>A real program under test, its output kept line by line. It never outlives the test.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    public const int HangUp = 1;
    public const int Interrupt = 2;
    public const int Kill = 9;
    public const int Terminate = 15;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Process process;
    private readonly Lock gate = new();
    private readonly List<string> output = [];
    private readonly List<string> errors = [];
    private readonly List<(string Text, TaskCompletionSource<string> Done)> waiters = [];

    private readonly Action<string>? onOutput;

    private ChildProcess(Process process, Action<string>? onOutput) =>
        (this.process, this.onOutput) = (process, onOutput);

    public int Id => process.Id;

    /// <summary>Completes when it has ended and all that it wrote is kept.</summary>
    public Task Ended => process.WaitForExitAsync();

    /// <summary>What it wrote to standard output and standard error so far.</summary>
    public (string Output, string Errors) Written
    {
        get
        {
            lock (gate)
            {
                return (string.Join('\n', output), string.Join('\n', errors));
            }
        }
    }

    /// <param name="program">Its file.</param>
    /// <param name="arguments">Of its command line.</param>
    /// <param name="environment">On top of this process's own; null removes a variable.</param>
    /// <param name="folder">It runs in.</param>
    /// <param name="onOutput">Told of each line of its standard output.</param>
    public static ChildProcess Start(
        string program,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string?>? environment = null,
        string? folder = null,
        Action<string>? onOutput = null
    )
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? "",
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
        {
            start.Environment[name] = value;
        }

        var child = new ChildProcess(new Process { StartInfo = start }, onOutput);
        child.process.OutputDataReceived += (_, line) => child.AddOutput(line.Data);
        child.process.ErrorDataReceived += (_, line) => child.Add(child.errors, line.Data);
        child.process.Start();
        child.process.BeginOutputReadLine();
        child.process.BeginErrorReadLine();
        return child;
    }

    /// <summary>The first line, on either stream, that holds a text; of those written already, too.</summary>
    public async Task<string> LineAsync(string text)
    {
        var done = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            if (output.Concat(errors).FirstOrDefault(line => Holds(line, text)) is { } line)
            {
                return line;
            }

            waiters.Add((text, done));
        }

        var ended = process.WaitForExitAsync();
        var first = await Task.WhenAny(done.Task, ended).WaitAsync(Patience);
        return first == done.Task || done.Task.IsCompleted
            ? await done.Task
            : throw new InvalidOperationException($"ended without a line \"{text}\": {Written}");
    }

    public async Task<int> ExitAsync()
    {
        await process.WaitForExitAsync().WaitAsync(Patience);
        return process.ExitCode;
    }

    /// <returns>Whether there was still somebody to take it.</returns>
    public bool TrySignal(int signal) => !process.HasExited && Send(process.Id, signal) == 0;

    public void Signal(int signal)
    {
        if (!TrySignal(signal))
        {
            throw new InvalidOperationException($"process {process.Id} took no signal");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        process.Dispose();
    }

    private void AddOutput(string? line)
    {
        Add(output, line);
        if (line is not null)
        {
            onOutput?.Invoke(line);
        }
    }

    private void Add(List<string> lines, string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (gate)
        {
            lines.Add(line);
            foreach (var waiter in waiters.Where(w => Holds(line, w.Text)).ToArray())
            {
                waiter.Done.TrySetResult(line);
                waiters.Remove(waiter);
            }
        }
    }

    private static bool Holds(string line, string text) => line.Contains(text, StringComparison.Ordinal);

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int Send(int process, int signal);
}
