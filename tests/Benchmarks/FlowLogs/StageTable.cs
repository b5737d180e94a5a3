using System.Diagnostics;
using System.Globalization;
using FlowLogs.Encoding;

namespace Benchmarks.FlowLogs;

/// <summary>
/// What each stage takes of the processor, the best of many rounds in which all stages come in turn: processor time, since the
/// machine may have others on it.
/// </summary>
internal sealed class StageTable
{
    private static readonly (bool Gzip, EventFields Fields)[] Wholes =
    [
        .. Enum.GetValues<EventFields>().Select(static fields => (false, fields)),
        .. Enum.GetValues<EventFields>().Select(static fields => (true, fields)),
    ];

    private readonly List<(string Name, Func<Task> Run, double Records, double Bytes)> all = [];

    /// <summary>In a process of its own on the last core, with the settings of the function's program.</summary>
    public static async Task RunPinnedAsync()
    {
        var core = (Environment.ProcessorCount - 1).ToString(CultureInfo.InvariantCulture);
        var start = new ProcessStartInfo(
            "taskset",
            ["-c", core, "dotnet", "exec", typeof(StageTable).Assembly.Location, "flow-logs", "stages"]
        );
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["DOTNET_gcConcurrent"] = "0";
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"the stages ended with {process.ExitCode}");
        }
    }

    /// <param name="rounds">Of each stage.</param>
    /// <param name="only">Stages whose name begins so.</param>
    public static async Task RunAsync(int rounds, string only)
    {
        var table = new StageTable();
        table.AddParsers();
        var stages = new FlowStages();
        table.AddStages(stages);
        table.all.RemoveAll(stage => !stage.Name.StartsWith(only, StringComparison.Ordinal));
        await table.MeasureAsync(rounds);
    }

    private void AddParsers()
    {
        foreach (var (name, format) in ParseBenchmarks.Formats)
        {
            var parser = new ParseBenchmarks { Version = name };
            parser.Setup();
            Add(
                $"parse, {name}, {format.Fields.Length} fields",
                () => parser.Parse(),
                ParseBenchmarks.Lines,
                parser.Bytes
            );
        }
    }

    private void AddStages(FlowStages stages)
    {
        var generated = stages.Event;
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{GeneratedEvent.Records} records of {Each(generated.LineBytes)} B, {Each(generated.InflatedBytes)} B with their JSON, {Each(generated.CompressedBytes)} B compressed, {Each(stages.EncodedBytes)} B as HEC events; the event has {generated.Json.Length} B.\n"
            )
        );
        AddStage("inflate alone", stages.InflateAlone, generated.InflatedBytes);
        AddStage("read the event: JSON, base64", stages.ReadEvent, generated.Json.Length);
        AddStage("inflate", stages.Open, generated.InflatedBytes);
        AddStage("scan the messages' JSON", stages.Scan, generated.InflatedBytes);
        AddStage("parse", stages.Parse, generated.LineBytes);
        AddStage("parse and count", stages.ParseAndCount, generated.LineBytes);
        AddStage("parse and encode", () => stages.Encode(EventFields.Record), stages.EncodedBytes);
        AddStage("parse, enrich and encode", () => stages.Encode(EventFields.Enriched), stages.EncodedBytes);
        AddStage("bodies, copied", () => stages.Bodies(gzip: false), stages.EncodedBytes);
        AddStage("bodies, gzip", () => stages.Bodies(gzip: true), stages.EncodedBytes);
        foreach (var (gzip, fields) in Wholes)
        {
            all.Add(
                (
                    $"whole, {(gzip ? "gzip" : "plain")}, {fields.ToString().ToLowerInvariant()}",
                    () => stages.WholeAsync(gzip, fields),
                    GeneratedEvent.Records,
                    generated.LineBytes
                )
            );
        }
    }

    private void AddStage(string name, Action run, long bytes) => Add(name, run, GeneratedEvent.Records, bytes);

    private void Add(string name, Action run, int records, long bytes) =>
        all.Add(
            (
                name,
                () =>
                {
                    run();
                    return Task.CompletedTask;
                },
                records,
                bytes
            )
        );

    private async Task MeasureAsync(int rounds)
    {
        var times = all.Select(static _ => new List<double>()).ToArray();
        var allocated = new long[all.Count];
        for (var round = -3; round < rounds; round++)
        {
            for (var i = 0; i < all.Count; i++)
            {
                var before = GC.GetTotalAllocatedBytes(precise: true);
                var processor = Environment.CpuUsage.TotalTime;
                await all[i].Run();
                var took = (Environment.CpuUsage.TotalTime - processor).TotalSeconds;
                allocated[i] = GC.GetTotalAllocatedBytes(precise: true) - before;
                if (round >= 0)
                {
                    times[i].Add(took);
                }
            }
        }

        Console.WriteLine(
            $"{rounds} rounds; processor time.\n\n| stage | million records a second, best (median) | ns a record | MB/s | allocated |\n|---|---|---|---|---|"
        );
        for (var i = 0; i < all.Count; i++)
        {
            var (name, _, records, bytes) = all[i];
            var (least, median) = (times[i].Min(), times[i].Order().ElementAt(rounds / 2));
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {name} | {records / least / 1e6:0.00} ({records / median / 1e6:0.00}) | {least / records * 1e9:0} | {bytes / least / 1e6:0} | {allocated[i] / 1024.0 / 1024:0.0} MiB |"
                )
            );
        }
    }

    private static string Each(long bytes) =>
        ((double)bytes / GeneratedEvent.Records).ToString("0", CultureInfo.InvariantCulture);
}
