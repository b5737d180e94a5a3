using AlertHub.Alerts;
using AlertHub.Notifying;
using AlertHub.Templates;
using BenchmarkDotNet.Attributes;

namespace Benchmarks;

/// <summary>The texts of a Slack message by the default templates, and the page of an e-mail.</summary>
[MemoryDiagnoser]
public class TemplateBenchmarks
{
    private static readonly DateTimeOffset Now = new(2026, 3, 14, 3, 10, 0, TimeSpan.Zero);

    private readonly NotificationTemplates templates =
        NotificationTemplates.Load([], out var fault) ?? throw new InvalidOperationException($"{fault}");

    private TemplateData data = null!;

    [Params(1, 10, 1_000)]
    public int Alerts { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var notification = new Notification
        {
            Now = Now,
            Alerts =
            [
                .. Enumerable
                    .Range(0, Alerts)
                    .Select(i => new Alert
                    {
                        Labels = Labels.Of(
                            new Label("alertname", "HighLatency"),
                            new Label("instance", $"10.0.{i / 256}.{i % 256}:9100"),
                            new Label("job", "node"),
                            new Label("severity", "page")
                        ),
                        Annotations = Labels.Of(
                            new Label("summary", "Requests take too long"),
                            new Label("description", "The 99th percentile is above 2 s for 5 minutes")
                        ),
                        StartsAt = Now.AddMinutes(-5),
                    }),
            ],
        };
        data = TemplateData.Of(notification, "ops");
    }

    [Benchmark]
    public string Slack() => Text("slack.default.title") + Text("slack.default.text");

    [Benchmark]
    public string Email() =>
        templates.RenderHtml("{{ template \"email.default.html\" . }}", data, out var fault)
        ?? throw new InvalidOperationException($"{fault}");

    [Benchmark]
    public bool Load() => NotificationTemplates.Load([], out _) is not null;

    private string Text(string name) =>
        templates.RenderText($"{{{{ template \"{name}\" . }}}}", data, out var fault)
        ?? throw new InvalidOperationException($"{fault}");
}
