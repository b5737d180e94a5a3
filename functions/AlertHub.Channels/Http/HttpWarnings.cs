using AlertHub.Configuration.Http;

namespace AlertHub.Channels.Http;

/// <summary>What http_config asks for that is not done.</summary>
internal static class HttpWarnings
{
    public static IEnumerable<string> Of(HttpClientConfig config)
    {
        (string Key, string? Name)[] named =
        [
            ("basic_auth.username_ref", config.BasicAuth?.UsernameRef),
            ("basic_auth.password_ref", config.BasicAuth?.PasswordRef),
            ("authorization.credentials_ref", config.Authorization?.CredentialsRef),
            ("oauth2.client_secret_ref", config.OAuth2?.ClientSecretRef),
            .. Of(config.TlsConfig, "tls_config"),
            .. config.OAuth2 is { } oauth2 ? Of(oauth2.TlsConfig, "oauth2.tls_config") : [],
        ];
        foreach (var (key, _) in named.Where(static n => n.Name is { Length: > 0 }))
        {
            yield return $"{key} names a secret manager's entry, and there is none: nothing can be sent; give a file, or ssm:/name or env:NAME in its place";
        }

        if (IsSocks(config.Proxy) && (config.TlsConfig.ServerName.Length > 0 || config.Proxy.ConnectHeader.Count > 0))
        {
            yield return "server_name and proxy_connect_header are not used with a SOCKS proxy";
        }
    }

    private static bool IsSocks(ProxyConfig proxy) =>
        proxy.Url?.StartsWith("socks", StringComparison.OrdinalIgnoreCase) == true;

    private static (string Key, string? Name)[] Of(TlsConfig tls, string path) =>
        [($"{path}.ca_ref", tls.CaRef), ($"{path}.cert_ref", tls.CertRef), ($"{path}.key_ref", tls.KeyRef)];
}
