using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Hosts.Tests.Support;

/// <summary>
/// A Slack incoming webhook: 200 with "ok" for what Slack would take, Slack's errors for what it would not
/// (https://api.slack.com/messaging/webhooks#handling_errors); the Web API of a workspace; and failures as scripted. Keeps
/// every request.
/// </summary>
internal sealed class RecordingSlack : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly WebApplication app;
    private readonly ConcurrentQueue<SlackAnswer> script = [];
    private readonly Lock gate = new();
    private readonly List<SlackPost> posts = [];
    private readonly List<(Func<IReadOnlyList<SlackPost>, bool> Holds, TaskCompletionSource Done)> waiters = [];

    private volatile SlackAnswer? usual;

    private RecordingSlack(WebApplication app) => this.app = app;

    /// <summary>Stands in the webhook's address, which is a secret: nothing may print it.</summary>
    public string Token { get; } = $"tok{Guid.NewGuid():N}";

    public string Webhook => $"{app.Urls.First()}/services/T00000000/B00000000/{Token}";

    /// <summary>What bots write in.</summary>
    public SlackWorkspace Workspace { get; } = new();

    /// <summary>The URL of the Web API's chat.postMessage.</summary>
    public string PostMessage => $"{app.Urls.First()}/api/chat.postMessage";

    /// <summary>All requests so far, in order.</summary>
    public IReadOnlyList<SlackPost> Posts
    {
        get
        {
            lock (gate)
            {
                return [.. posts];
            }
        }
    }

    public static async Task<RecordingSlack> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Logging.ClearProviders();
        var slack = new RecordingSlack(builder.Build());
        slack.app.Run(slack.HandleAsync);
        await slack.app.StartAsync();
        return slack;
    }

    /// <summary>Answers the next requests so, one after the other.</summary>
    public void Script(params ReadOnlySpan<SlackAnswer> answers)
    {
        foreach (var answer in answers)
        {
            script.Enqueue(answer);
        }
    }

    /// <summary>Answers all requests so until what it returns is disposed of.</summary>
    public IDisposable Down(SlackAnswer answer)
    {
        usual = answer;
        return new Outage(this);
    }

    /// <summary>Until a message that Slack took shows all these texts.</summary>
    public async Task<SlackPost> TakesAsync(params string[] texts)
    {
        await UntilAsync(
            posts => posts.Any(p => p.Taken && p.Shows(texts)),
            $"a message with {string.Join(", ", texts)}"
        );
        return Posts.First(p => p.Taken && p.Shows(texts));
    }

    /// <summary>Until so many requests came.</summary>
    public Task CountAsync(int count) =>
        UntilAsync(posts => posts.Count >= count, string.Create(CultureInfo.InvariantCulture, $"{count} requests"));

    public async Task UntilAsync(Func<IReadOnlyList<SlackPost>, bool> holds, string what)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            if (holds(posts))
            {
                return;
            }

            waiters.Add((holds, done));
        }

        try
        {
            await done.Task.WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException(
                $"Slack got no {what} within {Patience.TotalSeconds} s, but:\n{string.Join('\n', Posts)}"
            );
        }
    }

    private async Task HandleAsync(HttpContext context)
    {
        if (context.Request.Path.StartsWithSegments("/upload", StringComparison.Ordinal, out var id))
        {
            await UploadAsync(context, id.Value![1..]);
            return;
        }

        using var reader = new StreamReader(context.Request.Body, new UTF8Encoding(false, true));
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        var method = context.Request.Path.Value?.Split('/') is ["", "api", var name] ? name : null;
        var answer = script.TryDequeue(out var next) ? next : usual ?? Check(context.Request, body, method);
        if (answer is SlackAnswer.Hold hold)
        {
            Record(new(body, (0, "held"), method));
            await hold.Until.WaitAsync(context.RequestAborted);
            answer = Check(context.Request, body, method);
        }

        if (answer is SlackAnswer.Lost)
        {
            Check(context.Request, body, method);
        }

        if (answer is not SlackAnswer.Status status)
        {
            Record(new(body, (0, "reset"), method));
            context.Abort();
            return;
        }

        Record(new(body, (status.Code, status.Text), method));
        context.Response.StatusCode = status.Code;
        context.Response.ContentType = method is null ? "text/plain; charset=utf-8" : "application/json; charset=utf-8";
        if (status.RetryAfter is { } after)
        {
            context.Response.Headers.RetryAfter = after.TotalSeconds.ToString("0", CultureInfo.InvariantCulture);
        }

        await context.Response.WriteAsync(status.Text, context.RequestAborted);
    }

    private SlackAnswer Check(HttpRequest request, string body, string? method) =>
        request.Path.Value?.Split('/') switch
        {
            _ when method is not null => Workspace.Call(
                method,
                request.Headers.Authorization,
                request.HasJsonContentType(),
                body,
                new(app.Urls.First())
            ),
            _ when !HttpMethods.IsPost(request.Method) => new SlackAnswer.Status(400, "invalid_payload"),
            ["", "services", "T00000000", "B00000000", var token] when token == Token => request.HasJsonContentType()
                ? BlockKit.Error(body) is { } error
                    ? new SlackAnswer.Status(400, error)
                    : new SlackAnswer.Status(200, "ok")
                : new SlackAnswer.Status(400, "invalid_payload"),
            ["", "services", "T00000000", "B00000000", _] => new SlackAnswer.Status(403, "invalid_token"),
            _ => SlackAnswer.NoService,
        };

    private async Task UploadAsync(HttpContext context, string id)
    {
        using var bytes = new MemoryStream();
        await context.Request.Body.CopyToAsync(bytes, context.RequestAborted);
        var isTaken = Workspace.Files.Take(id, bytes.ToArray());
        context.Response.StatusCode = isTaken ? 200 : 400;
        await context.Response.WriteAsync(isTaken ? $"OK - {bytes.Length}" : "invalid_upload", context.RequestAborted);
    }

    private void Record(SlackPost post)
    {
        lock (gate)
        {
            posts.Add(post);
            foreach (var waiter in waiters.Where(w => w.Holds(posts)).ToArray())
            {
                waiter.Done.TrySetResult();
                waiters.Remove(waiter);
            }
        }
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private sealed class Outage(RecordingSlack slack) : IDisposable
    {
        public void Dispose() => slack.usual = null;
    }
}
