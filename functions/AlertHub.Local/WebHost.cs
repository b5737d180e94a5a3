using System.Net;
using System.Net.Sockets;
using AlertHub.Api;
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
            // Each endpoint counts for itself; this only keeps the server from reading on.
            kestrel.Limits.MaxRequestBodySize = Intake.LimitBytes + 1;
            kestrel.Listen(listenAddress);
        });
        builder.Services.AddRoutingCore();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = Drain.ForRequests);
        builder
            .Logging.AddSimpleConsole(console =>
            {
                console.SingleLine = true;
                console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
                console.UseUtcTimestamp = true;
                console.ColorBehavior = LoggerColorBehavior.Disabled;
            })
            // Decisions only. The framework would log request lines, and System.Net.Http addresses that are secrets.
            .AddFilter("Microsoft", LogLevel.Warning)
            .AddFilter("System", LogLevel.None)
            .Services.Configure<ConsoleLoggerOptions>(console =>
                // Standard output is for notifications (the console channel).
                console.LogToStandardErrorThreshold = LogLevel.Trace
            );
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

    /// <summary>The address a person can open: the port that was given where none was asked for.</summary>
    public static string Address(WebApplication app) =>
        app.Urls.First().Replace("[::]", "localhost", StringComparison.Ordinal);
}
