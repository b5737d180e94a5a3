using System.Text;
using AlertHub.Configuration;
using AlertHub.Routing;
using BenchmarkDotNet.Attributes;

namespace Benchmarks;

/// <summary>From the bytes of a file to a configuration, and from that to a routing tree.</summary>
[MemoryDiagnoser]
public class ConfigurationBenchmarks
{
    private byte[] file = [];
    private AlertmanagerConfig config = null!;

    [Params(100, 10_000)]
    public int Lines { get; set; }

    [GlobalSetup]
    public void Write()
    {
        file = Encoding.UTF8.GetBytes(GeneratedConfiguration.OfLines(Lines));
        config = Load() ?? throw new InvalidOperationException("the generated configuration is refused");
    }

    [Benchmark]
    public AlertmanagerConfig? Load() => AlertmanagerConfig.Load(file, "alertmanager.yml", out _);

    [Benchmark]
    public string Print() => config.Print();

    [Benchmark]
    public RoutingTree Compile() => RoutingTree.Compile(config.Route);
}
