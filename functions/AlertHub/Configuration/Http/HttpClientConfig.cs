using AlertHub.Configuration.Shapes;

namespace AlertHub.Configuration.Http;

/// <summary>How HTTP requests are made.</summary>
public sealed record HttpClientConfig
{
    public BasicAuth? BasicAuth { get; init; }

    /// <summary>Holds what was given as <c>bearer_token</c> or <c>bearer_token_file</c>, too.</summary>
    public Authorization? Authorization { get; init; }

    public OAuth2? OAuth2 { get; init; }

    public TlsConfig TlsConfig { get; init; } = new();

    public bool FollowRedirects { get; init; } = true;

    public bool EnableHttp2 { get; init; } = true;

    public ProxyConfig Proxy { get; init; } = new();

    /// <summary>Headers added to every request.</summary>
    public IReadOnlyList<KeyValuePair<string, HttpHeader>> HttpHeaders { get; init; } = [];

    private SecretReference? BearerToken { get; init; }

    private string BearerTokenFile { get; init; } = "";

    internal static Shape<HttpClientConfig> Shape { get; } =
        new Shape<HttpClientConfig>("http_config", new())
            .Field("basic_auth", BasicAuth.Shape, static c => c.BasicAuth, static (c, v) => c with { BasicAuth = v })
            .About("Basic authentication.")
            .Field(
                "authorization",
                Authorization.Shape,
                static c => c.Authorization,
                static (c, v) => c with { Authorization = v }
            )
            .About("An Authorization header.")
            .Field("oauth2", OAuth2.Shape, static c => c.OAuth2, static (c, v) => c with { OAuth2 = v })
            .About("A token by OAuth 2.0's client credentials.")
            .Field("bearer_token", Kinds.Secret, static c => c.BearerToken, static (c, v) => c with { BearerToken = v })
            .About("Older spelling of authorization.credentials.")
            .Field(
                "bearer_token_file",
                Kinds.SecretFile("bearer_token"),
                static c => c.BearerTokenFile,
                static (c, v) => c with { BearerTokenFile = v }
            )
            .About("Older spelling of authorization.credentials_file.")
            .Field(
                "tls_config",
                Kinds.Struct(TlsConfig.Shape),
                static c => c.TlsConfig,
                static (c, v) => c with { TlsConfig = v }
            )
            .About("TLS towards the server.")
            .Field(
                "follow_redirects",
                Kinds.Bool,
                static c => c.FollowRedirects,
                static (c, v) => c with { FollowRedirects = v }
            )
            .About("Whether redirects are followed.")
            .Always()
            .Field("enable_http2", Kinds.Bool, static c => c.EnableHttp2, static (c, v) => c with { EnableHttp2 = v })
            .About("Whether HTTP/2 may be used.")
            .Always()
            .Inline(ProxyConfig.Shape, static c => c.Proxy, static (c, v) => c with { Proxy = v })
            .Field(
                "http_headers",
                Kinds.Map(Kinds.Struct(HttpHeader.Shape)),
                static c => c.HttpHeaders,
                static (c, v) => c with { HttpHeaders = v }
            )
            .About("Headers to add to every request.")
            .Exclusive("basic_auth", "authorization", "oauth2", "bearer_token", "bearer_token_file")
            .Check(
                static (c, place) =>
                {
                    c.Proxy.Check(place);
                    HttpHeader.Check(c.HttpHeaders.Select(static h => h.Key), place["http_headers"]);
                }
            )
            .Then(static (c, _) => c.WithBearerAsAuthorization());

    private HttpClientConfig WithBearerAsAuthorization() =>
        BearerToken is null && BearerTokenFile.Length == 0
            ? this
            : this with
            {
                Authorization = new()
                {
                    Type = "Bearer",
                    Credentials = BearerToken,
                    CredentialsFile = BearerTokenFile,
                },
                BearerToken = null,
                BearerTokenFile = "",
            };
}
