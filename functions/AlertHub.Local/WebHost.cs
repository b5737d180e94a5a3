using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using AlertHub.Local.Web;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging.Abstractions;

namespace AlertHub.Local;

/// <summary>Kestrel with routes and a log of single lines, and nothing that reads the environment or appsettings.</summary>
internal static class WebHost
{
    /// <summary>Alertmanagers and SNS keep a few each. What comes beyond is closed at once, and its sender tries again.</summary>
    public const int MostConnections = 512;

    /// <param name="listenAddresses">Where it listens.</param>
    /// <param name="web">What <c>--web.config.file</c> says; null for plain HTTP.</param>
    /// <param name="logs">Where it logs to; nowhere where null.</param>
    public static WebApplication Create(
        IReadOnlyList<IPEndPoint> listenAddresses,
        WebConfigFile? web = null,
        ILoggerFactory? logs = null
    )
    {
        var builder = WebApplication.CreateEmptyBuilder(new() { ApplicationName = "AlertHub" });
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // Each endpoint counts for itself (Api.Exchange).
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MaxConcurrentConnections = MostConnections;
            foreach (var address in listenAddresses)
            {
                // "Any" falls back to IPv4 where the machine has no IPv6.
                if (address.Address.Equals(IPAddress.IPv6Any))
                {
                    kestrel.ListenAnyIP(address.Port, listen => Secure(listen, web));
                }
                else
                {
                    kestrel.Listen(address, listen => Secure(listen, web));
                }
            }
        });
        builder.Services.AddRoutingCore();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = Drain.ForRequests);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(logs ?? NullLoggerFactory.Instance);
        return builder.Build();
    }

    /// <summary>TLS where the file has it, as it says at the time of each connection. Whether it has it, it says once.</summary>
    private static void Secure(ListenOptions listen, WebConfigFile? web)
    {
        if (web is not { AtStart: var config, Tls: { } first })
        {
            listen.Protocols = HttpProtocols.Http1;
            return;
        }

        SslApplicationProtocol[] protocols = config.Http.Http2
            ? [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11]
            : [SslApplicationProtocol.Http11];
        listen.Protocols = config.Http.Http2 ? HttpProtocols.Http1AndHttp2 : HttpProtocols.Http1;
        listen.UseHttps(
            new TlsHandshakeCallbackOptions
            {
                OnConnection = _ => new((web.Tls ?? first).Options(protocols)),
                HandshakeTimeout = TimeSpan.FromSeconds(10),
            }
        );
    }

    /// <summary>Why it does not listen, as a sentence; null where it does.</summary>
    public static async Task<string?> StartAsync(WebApplication app, IReadOnlyList<IPEndPoint> listenAddresses)
    {
        try
        {
            await app.StartAsync();
            return null;
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            return $"cannot listen on {string.Join(" and ", listenAddresses)}: {Reason(e, listenAddresses[0].Port)}; choose another with --web.listen-address";
        }
    }

    internal static string Reason(Exception failure, int port)
    {
        for (var e = failure; e is not null; e = e.InnerException)
        {
            if (e is SocketException socket)
            {
                return socket.SocketErrorCode switch
                {
                    SocketError.AddressAlreadyInUse => "another process listens there",
                    SocketError.AddressNotAvailable => "this machine has no such address",
                    SocketError.AddressFamilyNotSupported => "this machine has no such kind of address",
                    SocketError.AccessDenied when port < 1024 => "ports below 1024 need privileges",
                    SocketError.AccessDenied => "this user may not listen there",
                    _ => socket.Message,
                };
            }
        }

        return failure.Message.TrimEnd('.');
    }

    /// <summary>Where it listens; the port is the one it was given where 0 was asked for.</summary>
    public static string Address(WebApplication app) => app.Urls.First();

    /// <summary>The same as a browser on this machine can open it.</summary>
    public static string Link(WebApplication app) =>
        Address(app)
            .Replace("[::]", "localhost", StringComparison.Ordinal)
            .Replace("0.0.0.0", "localhost", StringComparison.Ordinal);
}
