using AlertHub.Configuration.Http;
using AlertHub.Configuration.Shapes;

namespace AlertHub.Configuration;

/// <summary>Where Alertmanager records what it does: read so that a wrong one is refused, then forgotten.</summary>
internal sealed record EventRecorderConfig
{
    public static Shape<EventRecorderConfig> Shape { get; } =
        new Shape<EventRecorderConfig>("event_recorder", new())
            .Accepts("outputs", Kinds.List(Output.Shape))
            .Check(static (_, place) => place.Warn("AlertHub records no such events; this section has no effect"));

    private sealed record Output
    {
        private static readonly string[] Types = ["file", "webhook", "kafka"];

        private string Type { get; init; } = "";

        private string Path { get; init; } = "";

        private SecretReference? Url { get; init; }

        private IReadOnlyList<string> Brokers { get; init; } = [];

        private string Topic { get; init; } = "";

        public static Shape<Output> Shape { get; } =
            new Shape<Output>("event_recorder_output", new())
                .Field("type", Kinds.Text, static o => o.Type, static (o, v) => o with { Type = v })
                .Field("path", Kinds.Text, static o => o.Path, static (o, v) => o with { Path = v })
                .Field("url", Kinds.SecretUrl, static o => o.Url, static (o, v) => o with { Url = v })
                .Accepts("http_config", HttpClientConfig.Shape)
                .Accepts("timeout", Kinds.Duration)
                .Accepts("workers", Kinds.Int)
                .Accepts("max_retries", Kinds.Int)
                .Accepts("retry_backoff", Kinds.Duration)
                .Field("brokers", Kinds.TextList, static o => o.Brokers, static (o, v) => o with { Brokers = v })
                .Field("topic", Kinds.Text, static o => o.Topic, static (o, v) => o with { Topic = v })
                .Accepts("client_id", Kinds.Text)
                .Accepts("format", Kinds.OneOf("json", "protobuf"))
                .Accepts("acks", Kinds.OneOf("none", "leader", "all"))
                .Accepts("compression", Kinds.OneOf("none", "gzip", "snappy", "lz4", "zstd"))
                .Accepts("buffer_size", Kinds.Int)
                .Accepts("tls_config", TlsConfig.Shape)
                .Check(
                    static (o, place) =>
                    {
                        var missing = o.Type switch
                        {
                            "file" when o.Path.Length == 0 => "path",
                            "webhook" when o.Url is null => "url",
                            "kafka" when o.Brokers.Count == 0 => "brokers",
                            "kafka" when o.Topic.Length == 0 => "topic",
                            _ => null,
                        };
                        if (missing is not null)
                        {
                            place[missing].Error($"an output of type {o.Type} needs \"{missing}\"");
                        }

                        if (!Types.Contains(o.Type))
                        {
                            place["type"].Error($"\"{o.Type}\" is not one of {string.Join(", ", Types)}");
                        }
                    }
                );
    }
}
