using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Benchmarks;

/// <summary>A HEC that reads everything, takes everything and does nothing with it.</summary>
internal sealed class HecSink : IAsyncDisposable
{
    private readonly WebApplication app;
    private long bytes;

    private HecSink(WebApplication app) => this.app = app;

    public string Url => app.Urls.First();

    /// <summary>Of all bodies since this was last asked.</summary>
    public long TakeBytes() => Interlocked.Exchange(ref bytes, 0);

    public static async Task<HecSink> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, 0);
        });
        builder.Logging.ClearProviders();
        var sink = new HecSink(builder.Build());
        sink.app.Run(sink.AnswerAsync);
        await sink.app.StartAsync();
        return sink;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        while (true)
        {
            var read = await context.Request.BodyReader.ReadAsync();
            Interlocked.Add(ref bytes, read.Buffer.Length);
            context.Request.BodyReader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
            {
                break;
            }
        }

        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync("""{"text":"Success","code":0}""");
    }
}
