using System.Globalization;
using System.Net;

namespace AlertHub.Local;

/// <summary>Prometheus's way to write where to listen: <c>127.0.0.1:9093</c>, <c>[::1]:9093</c>, <c>:9093</c> for every interface.</summary>
internal static class ListenAddress
{
    /// <summary>The address, or null with the reason why it is none.</summary>
    public static IPEndPoint? Parse(string text, out string? objection)
    {
        objection = "it must be host:port, [IPv6]:port or :port";
        var colon = text.LastIndexOf(':');
        if (
            colon < 0
            || !ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
        )
        {
            return null;
        }

        var host = text[..colon];
        if (host.Length == 0)
        {
            objection = null;
            return new(IPAddress.IPv6Any, port);
        }

        // Without brackets "::1:9093" could be an address alone.
        var bracketed = host.StartsWith('[') && host.EndsWith(']');
        if (host.Contains(':', StringComparison.Ordinal) != bracketed)
        {
            return null;
        }

        if (IPAddress.TryParse(bracketed ? host[1..^1] : host, out var address))
        {
            objection = null;
            return new(address, port);
        }

        if (host == "localhost")
        {
            objection = null;
            return new(IPAddress.Loopback, port);
        }

        objection = $"\"{host}\" is not an IP address of this machine; use one, or :{port} for every interface";
        return null;
    }
}
