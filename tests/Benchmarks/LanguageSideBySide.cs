using System.Diagnostics;
using Tests.Support;

namespace Benchmarks;

/// <summary>
/// Whole processes in turn on the same file: what a person waits for who checks a configuration or asks where an alert
/// goes, with our program and with amtool.
/// </summary>
internal static class LanguageSideBySide
{
    private sealed record Contender(string Name, string Program, string[] Arguments)
    {
        public List<double> Milliseconds { get; } = [];
    }

    public static async Task RunAsync(int rounds)
    {
        var root = Cdk.Root();
        var output = Path.Combine(root, "artifacts/benchmarks/local");
        await PublishAsync(root, output);
        string[] ours = ["exec", Path.Combine(output, "AlertHub.Local.dll")];
        string[] alert = ["alertname=HighLatency", "service=service-7", "severity=page"];

        Console.WriteLine($"{rounds} rounds; milliseconds, median (minimum)\n");
        Console.WriteLine("| what | lines | AlertHub | amtool | ratio of medians |\n|---|---|---|---|---|");
        foreach (var lines in (int[])[100, 10_000])
        {
            var file = Path.Combine(output, $"{lines}.yml");
            await File.WriteAllTextAsync(file, GeneratedConfiguration.OfLines(lines));
            await CompareAsync(
                "check",
                lines,
                rounds,
                new("AlertHub", "dotnet", [.. ours, "check", file]),
                new("amtool", "/usr/bin/amtool", ["check-config", file])
            );
            await CompareAsync(
                "routes",
                lines,
                rounds,
                new("AlertHub", "dotnet", [.. ours, "routes", file, .. alert]),
                new("amtool", "/usr/bin/amtool", ["config", "routes", "test", $"--config.file={file}", .. alert])
            );
        }
    }

    private static async Task CompareAsync(string what, int lines, int rounds, Contender our, Contender their)
    {
        for (var round = -1; round < rounds; round++)
        {
            foreach (var contender in (Contender[])[our, their])
            {
                var started = Stopwatch.GetTimestamp();
                await RunAsync(contender);
                if (round >= 0)
                {
                    contender.Milliseconds.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
                }
            }
        }

        var (a, b) = (our.Milliseconds, their.Milliseconds);
        Console.WriteLine(
            $"| {what} | {lines} | {Median(a):0} ({a.Min():0}) | {Median(b):0} ({b.Min():0}) | {Median(a) / Median(b):0.0} |"
        );
    }

    private static async Task RunAsync(Contender contender)
    {
        using var process = Process.Start(
            new ProcessStartInfo(contender.Program, contender.Arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var errors = process.StandardError.ReadToEndAsync();
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{contender.Name} failed: {await errors}");
        }
    }

    private static async Task PublishAsync(string root, string output)
    {
        using var publish = Process.Start(
            new ProcessStartInfo(
                "dotnet",
                ["publish", "functions/AlertHub.Local", "-c", "Release", "--output", output, "--nologo", "-v", "quiet"]
            )
            {
                WorkingDirectory = root,
            }
        )!;
        await publish.WaitForExitAsync();
        if (publish.ExitCode != 0)
        {
            throw new InvalidOperationException(
                $"publishing into '{output}' failed; what the compiler said stands above"
            );
        }
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
