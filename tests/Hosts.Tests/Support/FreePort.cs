using System.Net;
using System.Net.Sockets;

namespace Hosts.Tests.Support;

/// <summary>
/// A port for a program that cannot say which one it was given. Somebody else may take it in between; the system hands
/// out others first.
/// </summary>
internal static class FreePort
{
    public static int Next()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
