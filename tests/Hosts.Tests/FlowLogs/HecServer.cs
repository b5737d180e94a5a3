using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Hosts.Tests.FlowLogs;

/// <summary>
/// An HTTP Event Collector: Splunk's codes for what it would not take, the events before a wrong one being taken, and
/// failures as scripted. Keeps the ids of what it took, in order and as often as it took them.
/// </summary>
internal sealed partial class HecServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<HecScript> script = [];
    private readonly Lock gate = new();
    private readonly List<string> taken = [];
    private readonly List<HecPosted> posts = [];
    private readonly List<string> lost = [];

    private HecServer(WebApplication app) => this.app = app;

    public Uri Url => new(app.Urls.First());

    /// <summary>Nothing may print it.</summary>
    public string Token { get; set; } = $"tok{Guid.NewGuid():N}";

    public bool IsDisabled { get; set; }

    /// <summary>Every other index is a wrong one.</summary>
    public string Index { get; init; } = "main";

    /// <summary>Above it a body is answered with 413.</summary>
    public int MostBytes { get; init; } = int.MaxValue;

    /// <summary>The token has acknowledgement, and every request needs a channel.</summary>
    public bool HasAck { get; init; }

    /// <summary>Ids of events in the order in which they were taken; what was taken twice stands here twice.</summary>
    public IReadOnlyList<string> Taken
    {
        get
        {
            lock (gate)
            {
                return [.. taken];
            }
        }
    }

    public IReadOnlyList<HecPosted> Posts
    {
        get
        {
            lock (gate)
            {
                return [.. posts];
            }
        }
    }

    /// <summary>Ids in posts that HEC took something of without saying how much.</summary>
    public IReadOnlyList<string> LostPosts
    {
        get
        {
            lock (gate)
            {
                return [.. lost];
            }
        }
    }

    /// <summary>All requests, the refused ones and those for acknowledgements too.</summary>
    public int Requests { get; private set; }

    /// <summary>Is called with the path of each request as soon as it is there, and counted, before anything is answered.</summary>
    public Action<string> Seen { get; set; } = static _ => { };

    /// <summary>The most that were being answered at once.</summary>
    public int MostAtOnce { get; set; }

    public static async Task<HecServer> StartAsync(Func<WebApplication, HecServer>? make = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Logging.ClearProviders();
        var server = (make ?? Plain)(builder.Build());
        server.app.Run(server.HandleAsync);
        await server.app.StartAsync();
        return server;
    }

    public static HecServer Plain(WebApplication app) => new(app);

    public static HecServer Acknowledging(WebApplication app) => new(app) { HasAck = true };

    public static Func<WebApplication, HecServer> Limited(int bytes) => app => new(app) { MostBytes = bytes };

    /// <summary>Treats the next posts so, one after the other.</summary>
    public void Script(params IEnumerable<HecScript> steps)
    {
        foreach (var step in steps)
        {
            script.Enqueue(step);
        }
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await app.StopAsync(now.Token);
        await app.DisposeAsync();
    }

    private int atOnce;

    private async Task HandleAsync(HttpContext context)
    {
        lock (gate)
        {
            Requests++;
            MostAtOnce = Math.Max(MostAtOnce, ++atOnce);
        }

        try
        {
            Seen(context.Request.Path.Value ?? "");
            await RouteAsync(context);
        }
        finally
        {
            lock (gate)
            {
                atOnce--;
            }
        }
    }

    private Task RouteAsync(HttpContext context) =>
        (context.Request.Method, context.Request.Path.Value) switch
        {
            ("GET", "/services/collector/health" or "/services/collector/health/1.0") => SayAsync(context, 200, 17),
            ("POST", "/services/collector/ack") => Refusal(context.Request) is var (status, code)
                ? SayAsync(context, status, code)
                : AcksAsync(context),
            ("POST", "/services/collector" or "/services/collector/event" or "/services/collector/event/1.0") =>
                Refusal(context.Request) is var (status, code) ? SayAsync(context, status, code) : EventsAsync(context),
            _ => PageAsync(context, 404),
        };

    private (int Status, int Code)? Refusal(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        var channel = request.Headers["X-Splunk-Request-Channel"].ToString();
        return header.Length == 0 ? (401, 2)
            : !header.StartsWith("Splunk ", StringComparison.Ordinal) ? (401, 3)
            : header["Splunk ".Length..] != Token ? (403, 4)
            : IsDisabled ? (403, 1)
            : !HasAck ? null
            : channel.Length == 0 ? (400, 10)
            : !Guid.TryParse(channel, out _) ? (400, 11)
            : null;
    }
}
