using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Benchmarks;

/// <summary>Slack and Parameter Store as far as a stopwatch needs them: they say when a message was there.</summary>
internal sealed class SlackSink : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly BlockingCollection<long> arrivals = [];

    private SlackSink(WebApplication app) => this.app = app;

    public string Url => app.Urls.First();

    public string Webhook => $"{Url}/services/T00000000/B00000000/benchmark";

    public static async Task<SlackSink> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Logging.ClearProviders();
        var sink = new SlackSink(builder.Build());
        sink.app.Run(sink.AnswerAsync);
        await sink.app.StartAsync();
        return sink;
    }

    /// <summary>When the next message arrived, a <see cref="Stopwatch"/> timestamp.</summary>
    public long Next() =>
        arrivals.TryTake(out var at, TimeSpan.FromSeconds(30)) ? at : throw new TimeoutException("no message for 30 s");

    private async Task AnswerAsync(HttpContext context)
    {
        var at = Stopwatch.GetTimestamp();
        await context.Request.Body.CopyToAsync(Stream.Null);
        if (context.Request.Path.StartsWithSegments("/services"))
        {
            arrivals.Add(at);
            context.Response.ContentType = "text/plain";
            await context.Response.WriteAsync("ok");
            return;
        }

        context.Response.ContentType = "application/x-amz-json-1.1";
        await context.Response.WriteAsync($$$"""{"Parameter":{"Name":"/webhook","Value":"{{{Webhook}}}"}}""");
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        arrivals.Dispose();
    }
}
