using AlertHub.Alerts;
using AlertHub.Configuration;
using AlertHub.Matching;
using AlertHub.Routing;
using BenchmarkDotNet.Attributes;

namespace Benchmarks;

/// <summary>One alert through a root with many children, of which the last one takes it: all the others have been passed by.</summary>
[MemoryDiagnoser]
public class RoutingBenchmarks
{
    private RoutingTree tree = null!;
    private Labels alert = null!;

    [Params(10, 1_000, 10_000)]
    public int Routes { get; set; }

    /// <summary>
    /// <c>equality</c>: one service each. <c>set</c>: three services each, as <c>service=~"a|b|c"</c>. <c>mixed</c>: a
    /// service and a severity that all share, every tenth with <c>continue</c> and a negative matcher.
    /// </summary>
    [Params("equality", "set", "mixed")]
    public string Kind { get; set; } = "";

    [GlobalSetup]
    public void Compile()
    {
        tree = RoutingTree.Compile(
            new()
            {
                Receiver = "root",
                GroupBy = ["alertname", "service"],
                Routes = [.. Enumerable.Range(0, Routes).Select(Route)],
            }
        );
        alert = Labels.Of(
            new Label("alertname", "HighLatency"),
            new Label("instance", "10.0.0.1:9100"),
            new Label("job", "node"),
            new Label("service", $"service-{Routes - 1}"),
            new Label("severity", "page")
        );
    }

    [Benchmark]
    public int Match() => tree.Match(alert).Count;

    [Benchmark]
    public string MatchAndGroup()
    {
        var route = tree.Match(alert)[0];
        return route.GroupKey(route.GroupLabels(alert));
    }

    private RouteConfig Route(int i) =>
        Kind switch
        {
            "equality" => new()
            {
                Receiver = $"r{i}",
                Matchers = [Matcher("service", MatchOperator.Equal, $"service-{i}")],
            },
            "set" => new()
            {
                Receiver = $"r{i}",
                Matchers = [Matcher("service", MatchOperator.Regex, $"service-{i}|blue-{i}|green-{i}")],
            },
            _ => new()
            {
                Receiver = $"r{i}",
                Continue = i % 10 == 0,
                Matchers =
                [
                    Matcher("severity", MatchOperator.Equal, "page"),
                    Matcher("service", MatchOperator.Equal, $"service-{i}"),
                    .. i % 10 == 0 ? (Matcher[])[Matcher("job", MatchOperator.NotEqual, "test")] : [],
                ],
            },
        };

    private static Matcher Matcher(string name, MatchOperator matchOperator, string value) =>
        AlertHub.Matching.Matcher.Create(name, matchOperator, value, out var objection)
        ?? throw new InvalidOperationException(objection);
}
