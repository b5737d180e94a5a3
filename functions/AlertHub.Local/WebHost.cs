using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Console;

namespace AlertHub.Local;

/// <summary>Kestrel with routes and a log of single lines, and nothing that reads the environment or appsettings.</summary>
internal static class WebHost
{
    /// <summary>Alertmanagers and SNS keep a few each. What comes beyond is closed at once, and its sender tries again.</summary>
    public const int MostConnections = 512;

    public static WebApplication Create(IPEndPoint listenAddress)
    {
        var builder = WebApplication.CreateEmptyBuilder(new() { ApplicationName = "AlertHub" });
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // Each endpoint counts for itself (Api.Exchange).
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MaxConcurrentConnections = MostConnections;
            // "Any" falls back to IPv4 where the machine has no IPv6.
            if (listenAddress.Address.Equals(IPAddress.IPv6Any))
            {
                kestrel.ListenAnyIP(listenAddress.Port);
            }
            else
            {
                kestrel.Listen(listenAddress);
            }
        });
        builder.Services.AddRoutingCore();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = Drain.ForRequests);
        builder.Services.AddSingleton(TimeProvider.System);
        builder
            .Logging.AddConsoleFormatter<LogLine, ConsoleFormatterOptions>()
            .AddConsole(console =>
            {
                console.FormatterName = LogLine.FormatName;
                // Standard output is for notifications (the console channel).
                console.LogToStandardErrorThreshold = LogLevel.Trace;
            })
            // Decisions only. The framework would log request lines, failures to start that we say in our own words,
            // and System.Net.Http addresses that are secrets.
            .AddFilter("Microsoft", LogLevel.Warning)
            .AddFilter("Microsoft.Extensions.Hosting", LogLevel.None)
            .AddFilter("System", LogLevel.None);
        return builder.Build();
    }

    /// <summary>Why it does not listen, as a sentence; null where it does.</summary>
    public static async Task<string?> StartAsync(WebApplication app, IPEndPoint listenAddress)
    {
        try
        {
            await app.StartAsync();
            return null;
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            return $"cannot listen on {listenAddress}: {Reason(e, listenAddress.Port)}; choose another with --web.listen-address";
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
