using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Hosts.Tests.Support;

/// <summary>An AWS endpoint that gives its answers in order, the last one again and again, and keeps what it was sent.</summary>
internal sealed class FakeAws : IAsyncDisposable
{
    private readonly WebApplication server;
    private readonly FakeAwsAnswer[] answers;
    private int given;

    private FakeAws(FakeAwsAnswer[] answers)
    {
        this.answers = answers;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, 0);
        });
        server = builder.Build();
        server.Run(AnswerAsync);
    }

    public string Url => server.Urls.First() + "/";

    public ConcurrentQueue<FakeAwsRequest> Requests { get; } = [];

    public static async Task<FakeAws> StartAsync(params FakeAwsAnswer[] answers)
    {
        var aws = new FakeAws(answers);
        await aws.server.StartAsync();
        return aws;
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await server.StopAsync(now.Token);
        await server.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        Requests.Enqueue(
            new()
            {
                Method = http.Request.Method,
                Url = $"http://{http.Request.Host}{http.Request.Path}{http.Request.QueryString}",
                Headers = http.Request.Headers.ToDictionary(
                    header => header.Key.ToLowerInvariant(),
                    header => header.Value.ToString()
                ),
                Body = Encoding.UTF8.GetString(body.ToArray()),
            }
        );
        var answer = answers[Math.Min(Interlocked.Increment(ref given), answers.Length) - 1];
        if (answer.Resets)
        {
            http.Abort();
            return;
        }

        if (answer.Hangs)
        {
            await Task.Delay(Timeout.Infinite, http.RequestAborted)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return;
        }

        http.Response.StatusCode = answer.Status;
        http.Response.ContentType = answer.ContentType;
        http.Response.Headers["x-amzn-requestid"] = $"request-{given}";
        foreach (var (name, value) in answer.Headers)
        {
            http.Response.Headers[name] = value;
        }

        await http.Response.WriteAsync(answer.Body);
    }
}
