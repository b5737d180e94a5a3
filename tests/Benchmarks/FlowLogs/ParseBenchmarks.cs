using BenchmarkDotNet.Attributes;
using FlowLogs.Records;

namespace Benchmarks.FlowLogs;

/// <summary>What one line costs that is read and nothing more.</summary>
[MemoryDiagnoser]
[Config(typeof(RecordColumns))]
public class ParseBenchmarks
{
    public const int Lines = 20_000;

    private byte[][] lines = [];
    private FlowRecord record = new(FlowFormat.Default);

    [Params("v2", "v5", "v11")]
    public string Version { get; set; } = "v2";

    internal static IReadOnlyList<(string Version, FlowFormat Format)> Formats { get; } =
    [
        ("v2", FlowFormat.Default),
        ("v5", FlowFormat.Parse(FlowLines.Version5)),
        ("v11", FlowFormat.Parse(FlowLines.Version11)),
    ];

    /// <summary>Of all lines.</summary>
    internal long Bytes => lines.Sum(static line => (long)line.Length);

    [GlobalSetup]
    public void Setup()
    {
        var format = Formats.First(each => each.Version == Version).Format;
        var next = new FlowLines(format, new(1));
        record = new(format);
        lines =
        [
            .. Enumerable
                .Range(0, Lines)
                .Select(i => System.Text.Encoding.UTF8.GetBytes(next.Next(1_418_530_010 + (i / 100)))),
        ];
    }

    [Benchmark(OperationsPerInvoke = Lines)]
    public int Parse()
    {
        var good = 0;
        foreach (var line in lines)
        {
            good += record.Read(line).IsNone ? 1 : 0;
        }

        return good;
    }
}
