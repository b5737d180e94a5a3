using AlertHub.Configuration.Shapes;

namespace AlertHub.Configuration.Web;

/// <summary>HTTP towards clients.</summary>
public sealed record HttpServerConfig
{
    /// <summary>With TLS only.</summary>
    public bool Http2 { get; init; } = true;

    public ServerHeaders Headers { get; init; } = new();

    internal static Shape<HttpServerConfig> Shape { get; } =
        new Shape<HttpServerConfig>("http_server_config", new())
            .Field("http2", Kinds.Bool, static c => c.Http2, static (c, v) => c with { Http2 = v })
            .About("Whether HTTP/2 is spoken, which needs TLS. Read at the start only.")
            .Field(
                "headers",
                Kinds.Struct(ServerHeaders.Shape),
                static c => c.Headers,
                static (c, v) => c with { Headers = v }
            )
            .About("Headers for all answers.");
}

/// <summary>Headers for all answers; those that are empty are not sent.</summary>
public sealed record ServerHeaders
{
    public string ContentSecurityPolicy { get; init; } = "";

    public string FrameOptions { get; init; } = "";

    public string ContentTypeOptions { get; init; } = "";

    public string XssProtection { get; init; } = "";

    public string StrictTransportSecurity { get; init; } = "";

    internal static Shape<ServerHeaders> Shape { get; } =
        new Shape<ServerHeaders>("headers", new())
            .Called("headers, of which these five can be set")
            .Field(
                "Content-Security-Policy",
                HeaderText,
                static h => h.ContentSecurityPolicy,
                static (h, v) => h with { ContentSecurityPolicy = v }
            )
            .About("What a page may load and run.")
            .Field(
                "X-Frame-Options",
                Kinds.Word("deny", "sameorigin"),
                static h => h.FrameOptions,
                static (h, v) => h with { FrameOptions = v }
            )
            .About("Which pages may show this one in a frame.")
            .Field(
                "X-Content-Type-Options",
                Kinds.Word("nosniff"),
                static h => h.ContentTypeOptions,
                static (h, v) => h with { ContentTypeOptions = v }
            )
            .About("Whether a browser may guess a type.")
            .Field(
                "X-XSS-Protection",
                HeaderText,
                static h => h.XssProtection,
                static (h, v) => h with { XssProtection = v }
            )
            .About("A filter of old browsers.")
            .Field(
                "Strict-Transport-Security",
                HeaderText,
                static h => h.StrictTransportSecurity,
                static (h, v) => h with { StrictTransportSecurity = v }
            )
            .About("How long browsers are to use HTTPS only, for all of the host.");

    private static Kind<string> HeaderText =>
        Kinds.TextOf(
            static (_, text) =>
                text.Any(static c => c is < ' ' or > '~') ? "a header is one line of ASCII characters" : null,
            static () => new() { ["type"] = new System.Text.Json.Nodes.JsonArray("string", "null") }
        );
}
