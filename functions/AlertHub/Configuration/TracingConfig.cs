using AlertHub.Configuration.Http;
using AlertHub.Configuration.Shapes;

namespace AlertHub.Configuration;

/// <summary>Where Alertmanager sends traces of itself: read so that a wrong one is refused, then forgotten.</summary>
internal sealed record TracingConfig
{
    private static readonly string[] ClientTypes = ["http", "grpc"];

    public string Endpoint { get; init; } = "";

    private static Shape<TracingHeaders> Headers { get; } =
        new Shape<TracingHeaders>("tracing_headers", new())
            .Accepts("headers", Kinds.TextMap)
            .Accepts("secret_headers", Kinds.Map(Kinds.Secret))
            .Accepts("files", Kinds.TextMap);

    public static Shape<TracingConfig> Shape { get; } =
        new Shape<TracingConfig>("tracing", new())
            .Accepts("client_type", Kinds.Word(ClientTypes))
            .Field("endpoint", Kinds.Text, static t => t.Endpoint, static (t, v) => t with { Endpoint = v })
            .Accepts("sampling_fraction", Kinds.Float)
            .Accepts("insecure", Kinds.Bool)
            .Accepts("tls_config", TlsConfig.Shape)
            .Accepts("headers", Headers)
            .Accepts("compression", Kinds.OneOf("gzip"))
            .Accepts("timeout", Kinds.Duration)
            .Check(
                static (t, place) =>
                {
                    if (t.Endpoint.Length == 0)
                    {
                        place["endpoint"].Error("tracing needs an endpoint to send traces to");
                    }

                    place.Warn("AlertHub sends no traces; this section has no effect");
                }
            );

    private sealed record TracingHeaders;
}
