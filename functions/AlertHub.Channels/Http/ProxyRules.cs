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

    private static Uri? Parse(string? url) =>
        url is not { Length: > 0 } ? null
        : Uri.TryCreate(
            url.Contains("://", StringComparison.Ordinal) ? url : $"http://{url}",
            UriKind.Absolute,
            out var uri
        )
            ? uri
        : null;

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
