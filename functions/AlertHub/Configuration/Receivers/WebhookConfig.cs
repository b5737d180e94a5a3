using System.Text.Json;
using AlertHub.Configuration.Shapes;

namespace AlertHub.Configuration.Receivers;

/// <summary>
/// One item of <c>webhook_configs</c>: the notification as JSON, posted to any URL
/// (https://prometheus.io/docs/alerting/latest/configuration/#webhook_config).
/// </summary>
public sealed record WebhookConfig : Integration
{
    public override string Kind => "webhook";

    /// <summary>Checked as a URL unless it is a template.</summary>
    public SecretReference? Url { get; init; }

    public string UrlFile { get; init; } = "";

    public ulong MaxAlerts { get; init; }

    public TimeSpan Timeout { get; init; }

    /// <summary>Null: the notification as Alertmanager sends it.</summary>
    public JsonElement? Payload { get; init; }

    internal static Shape<WebhookConfig> Shape { get; } =
        new Shape<WebhookConfig>("webhook_config", new() { SendResolved = true })
            .SendResolved()
            .HttpConfig()
            .Field("url", Kinds.SecretTemplateUrl, static c => c.Url, static (c, v) => c with { Url = v })
            .About("Where the notification goes; may be a template. A secret.")
            .Field("url_file", Kinds.SecretFile("url"), static c => c.UrlFile, static (c, v) => c with { UrlFile = v })
            .About("A file that holds the URL.")
            .Always()
            .Since("0.26")
            .Field("max_alerts", Kinds.ULong, static c => c.MaxAlerts, static (c, v) => c with { MaxAlerts = v })
            .About("How many alerts one message carries; 0 for all of them.")
            .Always()
            .Field("timeout", Kinds.GoDuration, static c => c.Timeout, static (c, v) => c with { Timeout = v })
            .About("How long a request may take, such as 30s, at most 1m; 0 for 10s.")
            .Always()
            .Since("0.26")
            .Field("payload", Kinds.Json, static c => c.Payload, static (c, v) => c with { Payload = v })
            .About("JSON to send instead; texts anywhere inside are templates.")
            .Since("0.26")
            .Mistaken("webhook_url", "write url")
            .Mistaken("headers", "write http_config: {http_headers: {name: {values: [...]}}}")
            .Mistaken("http_headers", "write http_config: {http_headers: {name: {values: [...]}}}")
            .RequireOneOf("url", "url_file")
            .Exclusive("url", "url_file");
}
