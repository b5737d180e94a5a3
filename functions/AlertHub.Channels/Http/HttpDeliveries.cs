using AlertHub.Configuration.Http;

namespace AlertHub.Channels.Http;

/// <summary>One <see cref="HttpDelivery"/> for each <see cref="HttpClientConfig"/> of a configuration, and their connections.</summary>
internal sealed class HttpDeliveries(ChannelParts parts) : IDisposable
{
    private readonly SettingSecrets secrets = new(parts);
    private readonly Lock gate = new();
    private readonly Dictionary<HttpClientConfig, HttpDelivery> made = [];

    /// <summary>For no settings at all the defaults, which are Alertmanager's.</summary>
    public HttpDelivery For(HttpClientConfig? config)
    {
        config ??= new();
        lock (gate)
        {
            if (!made.TryGetValue(config, out var delivery))
            {
                made[config] = delivery = Make(config);
            }

            return delivery;
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            foreach (var delivery in made.Values)
            {
                delivery.Dispose();
            }
        }
    }

    private HttpDelivery Make(HttpClientConfig config)
    {
        var tokens = config.OAuth2 is { } oauth2
            ? new OAuth2Tokens(oauth2, Transport(oauth2.TlsConfig, oauth2.Proxy, http2: false), secrets, parts.Time)
            : null;
        var credentials = config switch
        {
            { BasicAuth: { } basic } => SettingCredentials.Of(basic, secrets),
            { Authorization: { } authorization } => SettingCredentials.Of(authorization, secrets),
            _ when tokens is not null => tokens.AuthorizationAsync,
            _ => SettingCredentials.None,
        };
        var transport = Transport(config.TlsConfig, config.Proxy, config.EnableHttp2);
        return new(new SettingsHandler(config, credentials, secrets, transport, tokens), parts.Time)
        {
            FollowsRedirects = config.FollowRedirects,
            UsesHttp2 = config.EnableHttp2,
        };
    }

    private Transport Transport(TlsConfig tls, ProxyConfig proxy, bool http2) =>
        new(tls, proxy, http2, secrets, parts.Variable);
}
