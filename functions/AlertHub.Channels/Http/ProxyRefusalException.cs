namespace AlertHub.Channels.Http;

/// <summary>A proxy does not let us through. The message says which, and what it answered.</summary>
internal sealed class ProxyRefusalException(string message) : Exception(message)
{
    /// <summary>Whether a request that was to go through a proxy failed there: behind it, all connections are the proxy's.</summary>
    public static bool IsOne(HttpRequestException failure) =>
        failure.HttpRequestError is HttpRequestError.ProxyTunnelError or HttpRequestError.ConnectionError;

    /// <summary>What the platform's handler says of such a failure, which does not say whose words they are.</summary>
    public static ProxyRefusalException Of(Uri proxy, HttpRequestException failure)
    {
        if (failure.HttpRequestError == HttpRequestError.ConnectionError)
        {
            return new($"no connection to the proxy {proxy.Authority}");
        }

        var reason = failure.InnerException?.Message.TrimEnd('.') ?? "it gives no reason";
        // RFC 1928, section 6, as the platform prints it.
        var meaning = reason.Split("code 0x0") is [_, [var code, ..]]
            ? code switch
            {
                '2' => ", its rules do not allow it",
                '3' => ", it does not reach the network",
                '4' => ", it does not find the host",
                '5' => ", the host refuses the connection",
                _ => "",
            }
            : "";
        return new($"the proxy {proxy.Authority} does not let us through: {reason}{meaning}");
    }
}
