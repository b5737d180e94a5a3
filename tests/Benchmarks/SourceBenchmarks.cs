using AlertHub.Channels.Slack;
using AlertHub.Notifying;
using AlertHub.Sources;
using BenchmarkDotNet.Attributes;
using Tests.Support;

namespace Benchmarks;

/// <summary>What one message costs between its bytes and Slack's bytes.</summary>
[MemoryDiagnoser]
public class SourceBenchmarks
{
    private static readonly DateTimeOffset Now = new(2026, 3, 14, 3, 10, 0, TimeSpan.Zero);

    private byte[] payload = [];
    private Notification notification = null!;

    [Params(
        "sns/metric-alarm.json",
        "sns/metric-math.json",
        "alertmanager/mixed-group-of-twelve.json",
        "sns/unknown-json.json"
    )]
    public string Event { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        payload = File.ReadAllBytes(Path.Combine(Cdk.Root(), "events", Event));
        notification = new() { Now = Now, Alerts = Read().Alerts };
    }

    [Benchmark]
    public Reading Read() => Source.Read(Envelope.Open(payload, Now)[0]);

    [Benchmark]
    public byte[] Render() => SlackMessage.Render(notification);
}
