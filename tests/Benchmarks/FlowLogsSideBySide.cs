using System.Diagnostics;
using System.Globalization;
using Benchmarks.FlowLogs;
using FlowLogs;
using Hosts.Tests.Support;
using Tests.Support;

namespace Benchmarks;

/// <summary>
/// Our function beside a Node and a Python function that do what the usual examples do, whole processes in turn, each on one
/// core, under one Runtime API and with one HEC that takes everything: processor time for the same events of 6 MB, once warm.
/// </summary>
internal static class FlowLogsSideBySide
{
    private const int WarmUps = 8;
    private const int Invocations = 6;

    private sealed record Contender(
        string Name,
        string Program,
        string[] Arguments,
        params (string, string)[] Variables
    )
    {
        /// <summary>Records for each second of the processor.</summary>
        public List<double> Speeds { get; } = [];

        /// <summary>The same without what the kernel took, most of it for moving bytes through the loopback.</summary>
        public List<double> OwnSpeeds { get; } = [];

        public List<double> PeakMiB { get; } = [];

        public double BodyBytes { get; set; }
    }

    /// <param name="rounds">In which each has its turn.</param>
    /// <param name="only">Those whose names have this in them.</param>
    public static async Task RunAsync(int rounds, string only)
    {
        var root = Cdk.Root();
        var managed = Path.Combine(root, "artifacts/benchmarks/flow-logs-managed");
        var native = Path.Combine(root, "artifacts/benchmarks/flow-logs-native");
        Publishing.Release(root, "functions/FlowLogs", managed, "-p:UseAppHost=false");
        Publishing.Release(
            root,
            "functions/FlowLogs",
            native,
            "-p:HubPackaging=native",
            "-p:HubTargetFramework=net9.0"
        );

        var program = Path.Combine(native, "FlowLogs");
        string[] dll = ["exec", Path.Combine(managed, "FlowLogs.dll")];
        string[] node = [Here("node/runtime.mjs"), "flow_logs"];
        string[] python = [Here("python/runtime.py"), "flow_logs"];
        var plain = (Names.HecGzipVariable, "false");
        var typed = ("TYPED", "true");
        Contender[] contenders =
        [
            new("native", program, [], plain),
            new("native, gzip", program, []),
            new("managed", "dotnet", dll, plain),
            new("managed, gzip", "dotnet", dll),
            new("Node", "/usr/bin/node", node),
            new("Node, typed fields", "/usr/bin/node", node, typed),
            new("Python", "/usr/bin/python3", python),
            new("Python, typed fields", "/usr/bin/python3", python, typed),
        ];

        contenders = [.. contenders.Where(contender => contender.Name.Contains(only, StringComparison.Ordinal))];

        await using var hec = await HecSink.StartAsync();
        var payload = GeneratedEvent.Of(1).Json;
        for (var round = 0; round < rounds; round++)
        {
            foreach (var contender in contenders)
            {
                await MeasureAsync(contender, hec, payload);
            }
        }

        Print(contenders, rounds);
    }

    private static string Here(string path) => Path.Combine(AppContext.BaseDirectory, path);

    private static async Task MeasureAsync(Contender contender, HecSink hec, byte[] payload)
    {
        await using var lambda = await LambdaRuntimeApi.StartAsync();
        // The last core is the contender's; what it talks to may be anywhere.
        var core = (Environment.ProcessorCount - 1).ToString(CultureInfo.InvariantCulture);
        var start = new ProcessStartInfo("taskset", ["-c", core, contender.Program, .. contender.Arguments])
        {
            RedirectStandardOutput = true,
        };
        start.Environment["AWS_LAMBDA_RUNTIME_API"] = lambda.Endpoint;
        start.Environment[Names.FunctionVariable] = Names.Stream;
        start.Environment[Names.HecUrlVariable] = hec.Url;
        start.Environment[Names.HecTokenVariable] = "env:HEC_TOKEN";
        start.Environment["HEC_TOKEN"] = "token";
        start.Environment[Names.BucketVariable] = "none";
        start.Environment["AWS_REGION"] = "eu-west-1";
        start.Environment["AWS_ACCESS_KEY_ID"] = "AKIDEXAMPLE";
        start.Environment["AWS_SECRET_ACCESS_KEY"] = "wJalrXUtnFEMI";
        foreach (var (name, value) in contender.Variables)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
        await InvokeAsync(lambda, payload, WarmUps);
        hec.TakeBytes();
        var before = Processor(process);
        await InvokeAsync(lambda, payload, Invocations);
        var after = Processor(process);
        contender.BodyBytes = (double)hec.TakeBytes() / Invocations / GeneratedEvent.Records;
        contender.Speeds.Add(Invocations * GeneratedEvent.Records / (after.All - before.All).TotalSeconds);
        contender.OwnSpeeds.Add(Invocations * GeneratedEvent.Records / (after.Own - before.Own).TotalSeconds);
        contender.PeakMiB.Add(PeakMiB(process));
        process.Kill();
        await process.WaitForExitAsync();
    }

    private static async Task InvokeAsync(LambdaRuntimeApi lambda, byte[] payload, int times)
    {
        for (var i = 0; i < times; i++)
        {
            var result = await lambda.InvokeAsync(payload, new() { Timeout = TimeSpan.FromMinutes(2) });
            if (result.Error is { } error)
            {
                throw new InvalidOperationException($"the function failed: {error}");
            }
        }
    }

    private static (TimeSpan All, TimeSpan Own) Processor(Process process)
    {
        process.Refresh();
        return (process.TotalProcessorTime, process.UserProcessorTime);
    }

    private static double PeakMiB(Process process)
    {
        var line = File.ReadLines($"/proc/{process.Id}/status").First(static l => l.StartsWith("VmHWM:"));
        return double.Parse(
                line.Split(' ', '\t', StringSplitOptions.RemoveEmptyEntries)[1],
                CultureInfo.InvariantCulture
            ) / 1024;
    }

    private static void Print(Contender[] contenders, int rounds)
    {
        Console.WriteLine(
            $"\n{rounds} rounds of {Invocations} invocations with {GeneratedEvent.Records} records each, after {WarmUps} to warm up.\n"
        );
        Console.WriteLine(
            "| | records for a second of the processor, best (median) | without the kernel's part | bytes posted, a record | peak memory |\n|---|---|---|---|---|"
        );
        foreach (var contender in contenders)
        {
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {contender.Name} | {contender.Speeds.Max():N0} ({Median(contender.Speeds):N0}) | {contender.OwnSpeeds.Max():N0} ({Median(contender.OwnSpeeds):N0}) | {contender.BodyBytes:0} | {Median(contender.PeakMiB):0} MiB |"
                )
            );
        }

        Console.WriteLine("\n| ratio of speeds, median of the rounds | |\n|---|---|");
        foreach (var our in contenders.Where(static c => !IsTheirs(c)))
        {
            var ratios = contenders
                .Where(IsTheirs)
                .Select(their =>
                    $"{Median([.. our.Speeds.Zip(their.Speeds, static (a, b) => a / b)]):0.0} to {their.Name}"
                );
            Console.WriteLine($"| {our.Name} | {string.Join(", ", ratios)} |");
        }
    }

    private static bool IsTheirs(Contender contender) =>
        contender.Name.StartsWith("Node", StringComparison.Ordinal)
        || contender.Name.StartsWith("Python", StringComparison.Ordinal);

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
