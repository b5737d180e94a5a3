using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Console;

namespace AlertHub.Local;

/// <summary>Kestrel with routes and a log of single lines, and nothing that reads the environment or appsettings.</summary>
internal static class WebHost
{
    public static WebApplication Create(IPEndPoint listenAddress)
    {
        var builder = WebApplication.CreateEmptyBuilder(new() { ApplicationName = "AlertHub" });
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // Each endpoint counts for itself (Api.Exchange).
            kestrel.Limits.MaxRequestBodySize = null;
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
            var reason = (
                e as SocketException ?? e.InnerException?.InnerException as SocketException
            )?.SocketErrorCode switch
            {
                SocketError.AddressNotAvailable => "this machine has no such address",
                SocketError.AccessDenied => "ports below 1024 need privileges",
                SocketError.AddressAlreadyInUse or null => "another process listens there",
                var other => $"{other}",
            };
            return $"cannot listen on {listenAddress}: {reason}; choose another with --web.listen-address";
        }
    }

    /// <summary>Where it listens; the port is the one it was given where 0 was asked for.</summary>
    public static string Address(WebApplication app) => app.Urls.First();

    /// <summary>The same as a browser on this machine can open it.</summary>
    public static string Link(WebApplication app) =>
        Address(app)
            .Replace("[::]", "localhost", StringComparison.Ordinal)
            .Replace("0.0.0.0", "localhost", StringComparison.Ordinal);
}
