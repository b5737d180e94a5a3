using System.Globalization;
using System.Net;
using AlertHub.Configuration.Http;

namespace AlertHub.Channels.Http;

/// <summary>
/// Which proxy an address is reached by, as golang.org/x/net/http/httpproxy decides it: no_proxy holds hosts (with their
/// subdomains), .domains, addresses, networks and *, each with a port if need be; this machine is reached without proxy,
/// unless proxy_url stands alone.
/// </summary>
internal sealed class ProxyRules
{
    /// <summary>RFC 1928, section 3.</summary>
    private const int SocksPort = 1080;

    private readonly Uri? forHttp;
    private readonly Uri? forHttps;
    private readonly string[] except;
    private readonly bool exceptThisMachine;

    public ProxyRules(ProxyConfig config, Func<string, string?> variable)
    {
        if (config.FromEnvironment)
        {
            forHttp = Parse(Either("http_proxy"));
            forHttps = Parse(Either("https_proxy"));
        }
        else
        {
            forHttp = forHttps = Parse(config.Url);
        }

        var exceptions = config.FromEnvironment ? Either("no_proxy") ?? "" : config.NoProxy;
        except = exceptions.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        exceptThisMachine = config.FromEnvironment || config.NoProxy.Length > 0;

        string? Either(string name) => variable(name.ToUpperInvariant()) is { Length: > 0 } v ? v : variable(name);
    }

    /// <summary>Null for none.</summary>
    public Uri? For(Uri url) =>
        (url.Scheme == Uri.UriSchemeHttps ? forHttps : forHttp) is { } proxy
        && !(exceptThisMachine && url.IsLoopback)
        && !Array.Exists(except, exception => Excepts(exception, url))
            ? proxy
            : null;

    /// <summary>
    /// As Go takes it: http:// where no scheme stands, and port 1080 of SOCKS. The platform has no socks5h://, which means that
    /// the proxy looks up the names; with its socks5:// it does, too.
    /// </summary>
    private static Uri? Parse(string? url)
    {
        var text = url?.Contains("://", StringComparison.Ordinal) is false ? $"http://{url}" : url;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri))
        {
            return null;
        }

        return uri.Scheme.StartsWith("socks", StringComparison.Ordinal)
            ? new UriBuilder(uri)
            {
                Scheme = uri.Scheme == "socks5h" ? "socks5" : uri.Scheme,
                Port = uri.Port < 0 ? SocksPort : uri.Port,
            }.Uri
            : uri;
    }

    private static bool Excepts(string exception, Uri url)
    {
        if (exception == "*")
        {
            return true;
        }

        var host = url.IdnHost;
        if (IPNetwork.TryParse(exception, out var network))
        {
            return IPAddress.TryParse(host, out var within) && network.Contains(within);
        }

        if (IPAddress.TryParse(exception, out var same))
        {
            return IPAddress.TryParse(host, out var address) && same.Equals(address);
        }

        if (
            exception.LastIndexOf(':') is var colon and > 0
            && ushort.TryParse(exception.AsSpan(colon + 1), CultureInfo.InvariantCulture, out var port)
        )
        {
            return port == url.Port && Excepts(exception[..colon].Trim('[', ']'), url);
        }

        var name = exception.StartsWith("*.", StringComparison.Ordinal) ? exception[1..] : exception;
        return name.StartsWith('.')
            ? host.EndsWith(name, StringComparison.OrdinalIgnoreCase)
            : host.Equals(name, StringComparison.OrdinalIgnoreCase)
                || host.EndsWith($".{name}", StringComparison.OrdinalIgnoreCase);
    }
}
