using System.Net;

namespace AlertHub.Channels.Http;

/// <summary>What the platform's handler sends through a proxy by itself.</summary>
internal sealed class PlatformProxy(ProxyRules rules) : IWebProxy, ICredentials
{
    public ICredentials? Credentials
    {
        get => this;
        set => throw new NotSupportedException();
    }

    public static bool Takes(Uri url, Uri? proxy) =>
        proxy is not null
        && (url.Scheme == Uri.UriSchemeHttp || !proxy.Scheme.StartsWith("http", StringComparison.Ordinal));

    public Uri? GetProxy(Uri destination) =>
        rules.For(destination) is { } proxy && Takes(destination, proxy) ? proxy : null;

    public bool IsBypassed(Uri host) => GetProxy(host) is null;

    /// <summary>Those that stand in the proxy's address.</summary>
    public NetworkCredential? GetCredential(Uri uri, string authType) =>
        uri.UserInfo.Length == 0 ? null : new(BasicText.Parts(uri).User, BasicText.Parts(uri).Password);
}
