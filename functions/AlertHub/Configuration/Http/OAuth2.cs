using AlertHub.Configuration.Shapes;

namespace AlertHub.Configuration.Http;

/// <summary>A token by OAuth 2.0's client credentials.</summary>
public sealed record OAuth2
{
    public string ClientId { get; init; } = "";

    public SecretReference? ClientSecret { get; init; }

    public string ClientSecretFile { get; init; } = "";

    public string ClientSecretRef { get; init; } = "";

    public IReadOnlyList<string> Scopes { get; init; } = [];

    public string TokenUrl { get; init; } = "";

    public IReadOnlyList<KeyValuePair<string, string>> EndpointParams { get; init; } = [];

    public TlsConfig TlsConfig { get; init; } = new();

    public ProxyConfig Proxy { get; init; } = new();

    internal static Shape<OAuth2> Shape { get; } =
        new Shape<OAuth2>("oauth2", new())
            .Field("client_id", Kinds.Text, static o => o.ClientId, static (o, v) => o with { ClientId = v })
            .About("The client's id.")
            .Always()
            .Field(
                "client_secret",
                Kinds.Secret,
                static o => o.ClientSecret,
                static (o, v) => o with { ClientSecret = v }
            )
            .About("The client's secret.")
            .Always()
            .Field(
                "client_secret_file",
                Kinds.SecretFile("client_secret"),
                static o => o.ClientSecretFile,
                static (o, v) => o with { ClientSecretFile = v }
            )
            .About("A file that holds the client's secret.")
            .Always()
            .Field(
                "client_secret_ref",
                Kinds.Text,
                static o => o.ClientSecretRef,
                static (o, v) => o with { ClientSecretRef = v }
            )
            .About("The name of the client's secret in a secret manager.")
            .Always()
            .Since("0.28")
            .Field("scopes", Kinds.TextList, static o => o.Scopes, static (o, v) => o with { Scopes = v })
            .About("What the token is asked for.")
            .Field("token_url", Kinds.Text, static o => o.TokenUrl, static (o, v) => o with { TokenUrl = v })
            .About("Where tokens are had.")
            .Always()
            .Field(
                "endpoint_params",
                Kinds.TextMap,
                static o => o.EndpointParams,
                static (o, v) => o with { EndpointParams = v }
            )
            .About("Further parameters of the token request.")
            .Field(
                "tls_config",
                Kinds.Struct(TlsConfig.Shape),
                static o => o.TlsConfig,
                static (o, v) => o with { TlsConfig = v }
            )
            .About("TLS towards the token's server.")
            .Inline(ProxyConfig.Shape, static o => o.Proxy, static (o, v) => o with { Proxy = v })
            .Exclusive("client_secret", "client_secret_file", "client_secret_ref")
            .Check(
                static (o, place) =>
                {
                    if (o.ClientId.Length == 0)
                    {
                        place["client_id"].Error("OAuth 2.0 needs the client's id");
                    }

                    if (o.TokenUrl.Length == 0)
                    {
                        place["token_url"].Error("OAuth 2.0 needs the address where tokens are had");
                    }

                    o.Proxy.Check(place);
                }
            );
}
