using BenchmarkDotNet.Attributes;
using FlowLogs.Encoding;

namespace Benchmarks.FlowLogs;

/// <summary>What one record costs within an event of 6 MB, from the bytes of the event to the last answer of HEC.</summary>
[MemoryDiagnoser]
[Config(typeof(RecordColumns))]
public class EventBenchmarks
{
    private FlowStages stages = null!;

    [Params(false, true)]
    public bool Gzip { get; set; }

    [Params("none", "record", "enriched")]
    public string Fields { get; set; } = "";

    [GlobalSetup]
    public void Setup() => stages = new();

    [Benchmark(OperationsPerInvoke = GeneratedEvent.Records)]
    public Task Whole() => stages.WholeAsync(Gzip, EventWords.Parse(Fields)!.Value);
}

/// <summary>The parts of that.</summary>
[MemoryDiagnoser]
[Config(typeof(RecordColumns))]
public class StageBenchmarks
{
    private FlowStages stages = null!;

    [GlobalSetup]
    public void Setup() => stages = new();

    [Benchmark(OperationsPerInvoke = GeneratedEvent.Records, Baseline = true)]
    public void InflateAlone() => stages.InflateAlone();

    [Benchmark(OperationsPerInvoke = GeneratedEvent.Records)]
    public void ReadEvent() => stages.ReadEvent();

    [Benchmark(OperationsPerInvoke = GeneratedEvent.Records)]
    public void Inflate() => stages.Open();

    [Benchmark(OperationsPerInvoke = GeneratedEvent.Records)]
    public void Scan() => stages.Scan();

    [Benchmark(OperationsPerInvoke = GeneratedEvent.Records)]
    public void Parse() => stages.Parse();

    [Benchmark(OperationsPerInvoke = GeneratedEvent.Records)]
    public void ParseAndCount() => stages.ParseAndCount();

    [Benchmark(OperationsPerInvoke = GeneratedEvent.Records)]
    public void ParseAndEncode() => stages.Encode(EventFields.Enriched);

    [Benchmark(OperationsPerInvoke = GeneratedEvent.Records)]
    public long Copy() => stages.Bodies(gzip: false);

    [Benchmark(OperationsPerInvoke = GeneratedEvent.Records)]
    public long Compress() => stages.Bodies(gzip: true);
}
