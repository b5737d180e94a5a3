using AlertHub.Configuration.Shapes;
using AlertHub.Configuration.Yaml;

namespace AlertHub.Configuration.Http;

/// <summary>The proxy through which requests go; its keys stand among those of whom it belongs to.</summary>
public sealed record ProxyConfig
{
    /// <summary>Null for none.</summary>
    public string? Url { get; init; }

    /// <summary>Hosts that are reached without it, parted by commas.</summary>
    public string NoProxy { get; init; } = "";

    /// <summary>Whether the environment says which (HTTP_PROXY and so on).</summary>
    public bool FromEnvironment { get; init; }

    /// <summary>Headers of the CONNECT request.</summary>
    public IReadOnlyList<KeyValuePair<string, IReadOnlyList<SecretReference?>>> ConnectHeader { get; init; } = [];

    internal static Shape<ProxyConfig> Shape { get; } =
        new Shape<ProxyConfig>("proxy_config", new())
            .Field("proxy_url", Kinds.AnyUrl, static p => p.Url, static (p, v) => p with { Url = v })
            .About("The proxy's address.")
            .Field("no_proxy", Kinds.Text, static p => p.NoProxy, static (p, v) => p with { NoProxy = v })
            .About("Hosts to reach without the proxy, parted by commas.")
            .Field(
                "proxy_from_environment",
                Kinds.Bool,
                static p => p.FromEnvironment,
                static (p, v) => p with { FromEnvironment = v }
            )
            .About("Whether HTTP_PROXY, HTTPS_PROXY and NO_PROXY are used.")
            .Field(
                "proxy_connect_header",
                Kinds.Map(Kinds.List(Kinds.Secret)),
                static p => p.ConnectHeader,
                static (p, v) => p with { ConnectHeader = v }
            )
            .About("Headers for the proxy's CONNECT request.");

    /// <summary>Without the password that the address may hold.</summary>
    public override string ToString() => YamlWriter.Write(Shape.Print(this));

    internal void Check(Place place)
    {
        var hasUrl = Url is { Length: > 0 };
        if (ConnectHeader.Count > 0 && !hasUrl && !FromEnvironment)
        {
            place["proxy_connect_header"]
                .Error("headers for a proxy need one: give proxy_url or proxy_from_environment");
        }

        if (FromEnvironment && hasUrl)
        {
            place["proxy_url"]
                .Error("\"proxy_url\" and \"proxy_from_environment\" exclude each other; keep one of them");
        }

        if (FromEnvironment && NoProxy.Length > 0)
        {
            place["no_proxy"]
                .Error("the environment says which hosts go without proxy; remove this or proxy_from_environment");
        }

        if (Url is null && NoProxy.Length > 0 && !FromEnvironment)
        {
            place["no_proxy"].Error("there is no proxy to go without: give proxy_url, or remove this");
        }
    }
}
