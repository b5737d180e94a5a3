using System.Globalization;
using BenchmarkDotNet.Attributes;
using FlowLogs.Encoding;
using FlowLogs.Records;

namespace Benchmarks.FlowLogs;

/// <summary>What one record costs on one core: read only, and read and written as a HEC event.</summary>
[MemoryDiagnoser]
public class RecordBenchmarks
{
    private const int Lines = 2000;

    private static readonly HecEvents Events = new();

    private readonly byte[][] lines = new byte[Lines][];
    private readonly FlowRecord record = new(FlowFormat.Default);
    private readonly HecEncoder encoder = new(FlowFormat.Default, new());

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        for (var i = 0; i < Lines; i++)
        {
            var text = string.Create(
                CultureInfo.InvariantCulture,
                $"2 123456789010 eni-1235b8ca{random.Next(100000000, 999999999)} 10.{random.Next(256)}.{random.Next(256)}.7 172.31.{random.Next(256)}.21 {random.Next(1024, 65536)} 443 6 {random.Next(1, 500)} {random.Next(40, 900000)} 1418530010 1418530070 ACCEPT OK"
            );
            lines[i] = System.Text.Encoding.UTF8.GetBytes(text);
        }

        encoder.Begin(new("/vpc/flow", "eni-1235b8ca123456789-all", "123456789010"));
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

    [Benchmark(OperationsPerInvoke = Lines)]
    public int ParseAndEncode()
    {
        Events.Clear();
        foreach (var line in lines)
        {
            encoder.Append(
                Events,
                default,
                "36683986927206517486218293838398748529373984729384729384"u8,
                1418530010000,
                line
            );
        }

        return Events.LengthBytes;
    }
}
