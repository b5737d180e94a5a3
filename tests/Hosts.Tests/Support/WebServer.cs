using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;

namespace Hosts.Tests.Support;

/// <summary>A real server that keeps every request and answers 200, unless it is told to do otherwise.</summary>
internal sealed class WebServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly Func<WebRequest, HttpContext, Task> answer;

    private WebServer(WebApplication app, Func<WebRequest, HttpContext, Task>? answer) =>
        (this.app, this.answer) = (app, answer ?? (static (_, _) => Task.CompletedTask));

    public ConcurrentQueue<WebRequest> Requests { get; } = [];

    public Uri Address => new(app.Urls.First());

    /// <param name="answer">What it does with a request, which has been read.</param>
    /// <param name="tls">Where it speaks TLS, how.</param>
    public static async Task<WebServer> StartAsync(
        Func<WebRequest, HttpContext, Task>? answer = null,
        Action<HttpsConnectionAdapterOptions>? tls = null
    )
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(
                IPAddress.Loopback,
                0,
                listen =>
                {
                    if (tls is not null)
                    {
                        listen.UseHttps(tls);
                    }
                }
            )
        );
        builder.Logging.ClearProviders();
        var server = new WebServer(builder.Build(), answer);
        server.app.Run(server.HandleAsync);
        await server.app.StartAsync();
        return server;
    }

    public static Task<WebServer> StartAsync(X509Certificate2 certificate) =>
        StartAsync(tls: options => options.ServerCertificate = certificate);

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private async Task HandleAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var request = new WebRequest(
            $"{context.Request.Path}{context.Request.QueryString}",
            context.Request.Method,
            context.Request.Protocol,
            context.Request.Headers.ToDictionary(
                static header => header.Key,
                static header => $"{header.Value}",
                StringComparer.OrdinalIgnoreCase
            ),
            await reader.ReadToEndAsync(context.RequestAborted)
        );
        Requests.Enqueue(request);
        await answer(request, context);
    }
}

/// <summary>A request as it came.</summary>
internal sealed record WebRequest(
    string Path,
    string Method,
    string Protocol,
    IReadOnlyDictionary<string, string> Headers,
    string Body
)
{
    public string? this[string header] => Headers.GetValueOrDefault(header);
}
