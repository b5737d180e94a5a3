using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Benchmarks;

/// <summary>An Alertmanager, or what takes its place, as a process of its own on a port that the system chose.</summary>
internal sealed partial class EngineContender : IDisposable
{
    private readonly Process process;

    private EngineContender(Process process, int port, TimeSpan start) =>
        (this.process, Port, Start) = (process, port, start);

    public int Port { get; }

    /// <summary>From the start of the process until it was ready.</summary>
    public TimeSpan Start { get; }

    /// <summary>What is resident after a pause, in MiB.</summary>
    public double ResidentMiB
    {
        get
        {
            var line = File.ReadLines($"/proc/{process.Id}/status").First(static l => l.StartsWith("VmRSS:"));
            return double.Parse(Digits().Match(line).Value, CultureInfo.InvariantCulture) / 1024;
        }
    }

    /// <summary>Processor time so far, of all its threads.</summary>
    public TimeSpan Processor
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    public static async Task<EngineContender> StartAsync(EngineProgram program, string folder)
    {
        var start = new ProcessStartInfo(
            program.File,
            [
                .. program.Arguments,
                $"--config.file={Path.Combine(folder, "alertmanager.yml")}",
                $"--storage.path={Path.Combine(folder, program.Name)}",
                "--web.listen-address=127.0.0.1:0",
            ]
        )
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        var startedAt = Stopwatch.GetTimestamp();
        var process = Process.Start(start) ?? throw new InvalidOperationException($"{program.File} did not start");
        var listening = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        process.OutputDataReceived += Read;
        process.ErrorDataReceived += Read;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var port = await listening.Task.WaitAsync(TimeSpan.FromMinutes(2));
        using var client = new HttpClient();
        while (true)
        {
            using var answer = await client.GetAsync($"http://127.0.0.1:{port}/-/ready");
            if (answer.IsSuccessStatusCode)
            {
                return new(process, port, Stopwatch.GetElapsedTime(startedAt));
            }

            await Task.Delay(10);
        }

        void Read(object sender, DataReceivedEventArgs line)
        {
            if (line.Data is { } text && text.Contains("Listening on", StringComparison.Ordinal))
            {
                listening.TrySetResult(int.Parse(Address().Match(text).Groups[1].Value, CultureInfo.InvariantCulture));
            }
        }
    }

    public void Dispose()
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
    }

    [GeneratedRegex(@"127\.0\.0\.1:(\d+)")]
    private static partial Regex Address();

    [GeneratedRegex(@"\d+")]
    private static partial Regex Digits();
}

/// <param name="Name">In the table, and of its folder.</param>
/// <param name="File">What is run.</param>
/// <param name="Arguments">What stands before Alertmanager's flags.</param>
internal sealed record EngineProgram(string Name, string File, params IReadOnlyList<string> Arguments);
