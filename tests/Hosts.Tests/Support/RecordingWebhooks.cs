using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Hosts.Tests.Support;

/// <summary>Webhooks at every path: keeps what comes and when, and answers 200 or as scripted for the path.</summary>
internal sealed class RecordingWebhooks : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly Lock gate = new();
    private readonly List<WebhookPost> posts = [];
    private readonly Dictionary<string, Queue<WebhookAnswer>> scripts = [];

    private RecordingWebhooks(WebApplication app) => this.app = app;

    public Uri Address => new(app.Urls.First());

    /// <summary>All requests so far, in the order in which they came.</summary>
    public IReadOnlyList<WebhookPost> Posts
    {
        get
        {
            lock (gate)
            {
                return [.. posts];
            }
        }
    }

    /// <param name="port">The system chooses one if it is 0.</param>
    public static async Task<RecordingWebhooks> StartAsync(int port = 0)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        builder.Logging.ClearProviders();
        var webhooks = new RecordingWebhooks(builder.Build());
        webhooks.app.Run(webhooks.HandleAsync);
        await webhooks.app.StartAsync();
        return webhooks;
    }

    /// <summary>Answers the next requests at a path so, one after the other, and 200 from then on.</summary>
    public void Script(string path, IEnumerable<WebhookAnswer> answers)
    {
        lock (gate)
        {
            scripts[path] = new(answers);
        }
    }

    /// <summary>Until something came whose body holds a text.</summary>
    public async Task ArrivedAsync(string text)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!Posts.Any(post => post.Body.Contains(text, StringComparison.Ordinal)))
        {
            await Task.Delay(20, patience.Token);
        }
    }

    /// <summary>Until what came is enough.</summary>
    /// <param name="holds">Whether it is.</param>
    /// <param name="what">It is waited for; a sentence of the failure.</param>
    public async Task UntilAsync(Func<IReadOnlyList<WebhookPost>, bool> holds, string what)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!holds(Posts))
        {
            Assert.False(
                patience.IsCancellationRequested,
                $"waited in vain: {what}; there came\n{string.Join('\n', Posts.Select(static p => $"{p.At:O} {p.Path} {p.Answer} {p.Body.Trim()}"))}"
            );
            await Task.Delay(20);
        }
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private async Task HandleAsync(HttpContext context)
    {
        var at = DateTimeOffset.UtcNow;
        try
        {
            using var reader = new StreamReader(context.Request.Body);
            var body = await reader.ReadToEndAsync(context.RequestAborted);
            var answer = Record(context.Request.Path.Value ?? "", at, body);
            await Task.Delay(answer.Delay, context.RequestAborted);
            context.Response.StatusCode = answer.Status;
        }
        catch when (context.RequestAborted.IsCancellationRequested)
        {
            // The sender left, which is how a killed process looks; what it sent whole is recorded.
        }
    }

    private WebhookAnswer Record(string path, DateTimeOffset at, string body)
    {
        lock (gate)
        {
            var answer =
                scripts.TryGetValue(path, out var script) && script.TryDequeue(out var next)
                    ? next
                    : new WebhookAnswer(200);
            posts.Add(new(path, at, body, answer.Status));
            return answer;
        }
    }
}

/// <param name="Delay">How long the sender waits for it.</param>
internal sealed record WebhookAnswer(int Status, TimeSpan Delay = default);

/// <param name="At">When its headers had come.</param>
/// <param name="Answer">The status that was answered.</param>
internal sealed record WebhookPost(string Path, DateTimeOffset At, string Body, int Answer);
