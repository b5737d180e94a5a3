using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Hosts.Tests.Support;

/// <summary>
/// The Lambda Runtime API, as a function sees it: the four routes with AWS's states and error codes, for functions in
/// this process and in others. Behaves like https://github.com/aws/aws-lambda-runtime-interface-emulator.
/// </summary>
/// <example>
/// <code>
/// await using var api = await LambdaRuntimeApi.StartAsync();
/// // start the function with AWS_LAMBDA_RUNTIME_API = api.Endpoint
/// var result = await api.InvokeAsync(event);
/// </code>
/// </example>
public sealed class LambdaRuntimeApi : IAsyncDisposable
{
    private const string Root = "/2018-06-01/runtime/";

    private readonly WebApplication server;
    private readonly LambdaRuntimeApiOptions options;
    private readonly Channel<LambdaPending> queue = Channel.CreateUnbounded<LambdaPending>();
    private readonly TaskCompletionSource<LambdaFailure> initError = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );
    private readonly Lock changing = new();
    private LambdaPending? current;
    private bool started;
    private int connections;
    private int invocations;

    private LambdaRuntimeApi(LambdaRuntimeApiOptions options)
    {
        this.options = options;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(
                IPAddress.Loopback,
                0,
                listen =>
                    listen.Use(next =>
                        connection =>
                        {
                            Interlocked.Increment(ref connections);
                            return next(connection);
                        }
                    )
            );
        });
        server = builder.Build();
        server.Run(AnswerAsync);
    }

    /// <summary>The value of <c>AWS_LAMBDA_RUNTIME_API</c>: host and port.</summary>
    public string Endpoint { get; private set; } = "";

    /// <summary>TCP connections accepted so far.</summary>
    public int Connections => connections;

    /// <summary>Completes when the function reports that it could not be initialised.</summary>
    public Task<LambdaFailure> InitError => initError.Task;

    /// <summary>When the function first asked for an invocation, a <see cref="Stopwatch"/> timestamp; 0 before.</summary>
    public long ReadyAt { get; private set; }

    /// <summary>From now on every route answers 500, as when the sandbox is broken.</summary>
    public bool Broken { get; set; }

    public static async Task<LambdaRuntimeApi> StartAsync(LambdaRuntimeApiOptions? options = null)
    {
        var api = new LambdaRuntimeApi(options ?? new());
        await api.server.StartAsync();
        var address = api.server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>();
        api.Endpoint = new Uri(address?.Addresses.First() ?? throw new InvalidOperationException()).Authority;
        return api;
    }

    /// <summary>Hands the function an event and waits for its answer, its error or its timeout.</summary>
    /// <param name="cancellationToken">Cancel it when the function's process ends.</param>
    public async Task<LambdaResult> InvokeAsync(
        ReadOnlyMemory<byte> payload,
        LambdaInvokeOptions? with = null,
        CancellationToken cancellationToken = default
    )
    {
        LambdaPending pending = new(payload, with ?? new(), (with ?? new()).RequestId ?? NextRequestId());
        await queue.Writer.WriteAsync(pending, cancellationToken);
        if (!await CompletesAsync(pending.Delivered.Task, options.StartTimeout, cancellationToken))
        {
            Finish(
                pending,
                Failed(
                    "Sandbox.Timedout",
                    $"The function did not ask for an invocation within {options.StartTimeout.TotalSeconds} seconds"
                )
            );
        }
        else if (!await CompletesAsync(pending.Result.Task, pending.Options.Timeout, cancellationToken))
        {
            Finish(
                pending,
                Failed("Sandbox.Timedout", $"Task timed out after {pending.Options.Timeout.TotalSeconds} seconds")
            );
        }

        return await pending.Result.Task;
    }

    public Task<LambdaResult> InvokeAsync(
        string json,
        LambdaInvokeOptions? with = null,
        CancellationToken cancellationToken = default
    ) => InvokeAsync(Encoding.UTF8.GetBytes(json), with, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await server.StopAsync(now.Token);
        await server.DisposeAsync();
    }

    private static async Task<bool> CompletesAsync(Task task, TimeSpan within, CancellationToken cancellationToken)
    {
        try
        {
            await task.WaitAsync(within, cancellationToken);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private static LambdaResult Failed(string type, string message) =>
        new() { Error = new(type, $"{{\"errorType\":\"{type}\",\"errorMessage\":\"{message}\"}}") };

    private string NextRequestId() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"00000000-0000-4000-8000-{Interlocked.Increment(ref invocations):D12}"
        );

    private async Task AnswerAsync(HttpContext http)
    {
        var path = http.Request.Path.Value ?? "";
        var segments = path.StartsWith(Root, StringComparison.Ordinal) ? path[Root.Length..].Split('/') : [];
        await (
            (http.Request.Method, segments) switch
            {
                _ when Broken => http.FailAsync(500, "InternalServerError", "The sandbox is broken"),
                ("GET", ["invocation", "next"]) => NextAsync(http),
                ("POST", ["invocation", var id, "response"]) => ResponseAsync(http, id),
                ("POST", ["invocation", var id, "error"]) => ErrorAsync(http, id),
                ("POST", ["init", "error"]) => InitErrorAsync(http),
                _ => http.FailAsync(404, "NotFound", $"No route {http.Request.Method} {path}"),
            }
        );
    }

    private async Task NextAsync(HttpContext http)
    {
        lock (changing)
        {
            if (!started)
            {
                started = true;
                ReadyAt = Stopwatch.GetTimestamp();
            }
        }

        if (current is { Answered: false })
        {
            await http.FailAsync(403, "InvalidStateTransition", "Transition from Running to Ready is not allowed");
            return;
        }

        LambdaPending pending;
        do
        {
            pending = await queue.Reader.ReadAsync(http.RequestAborted);
        } while (pending.Answered);

        lock (changing)
        {
            current = pending;
        }

        pending.DeliveredAt = Stopwatch.GetTimestamp();
        pending.Delivered.SetResult();
        var headers = http.Response.Headers;
        headers.ContentType = "application/json";
        headers.ContentLength = pending.Payload.Length;
        headers["Lambda-Runtime-Aws-Request-Id"] = pending.RequestId;
        headers["Lambda-Runtime-Deadline-Ms"] = (
            pending.Options.Deadline ?? DateTimeOffset.UtcNow + pending.Options.Timeout
        )
            .ToUnixTimeMilliseconds()
            .ToString(CultureInfo.InvariantCulture);
        headers["Lambda-Runtime-Invoked-Function-Arn"] = pending.Options.FunctionArn;
        headers["Lambda-Runtime-Trace-Id"] = pending.Options.TraceId;
        headers["Lambda-Runtime-Client-Context"] = pending.Options.ClientContext;
        headers["Lambda-Runtime-Cognito-Identity"] = pending.Options.CognitoIdentity;
        await http.Response.Body.WriteAsync(pending.Payload, http.RequestAborted);
    }

    private async Task ResponseAsync(HttpContext http, string id)
    {
        var body = await http.ReadAsync();
        if (await ExpectAsync(http, id, "InvocationResponse") is not { } pending)
        {
            return;
        }

        if (body.Length > options.MaxResponseBytes)
        {
            // AWS then fails the invocation itself and takes no further word on it.
            var message = string.Create(
                CultureInfo.InvariantCulture,
                $"Response payload size ({body.Length} bytes) exceeded maximum allowed payload size ({options.MaxResponseBytes} bytes)."
            );
            Finish(pending, Failed("Function.ResponseSizeTooLarge", message));
            await http.FailAsync(413, "RequestEntityTooLarge", message);
            return;
        }

        Finish(pending, new() { Payload = body, ContentType = http.Request.ContentType });
        await http.AcceptAsync();
    }

    private async Task ErrorAsync(HttpContext http, string id)
    {
        var body = await http.ReadAsync();
        if (await ExpectAsync(http, id, "InvocationErrorResponse") is { } pending)
        {
            Finish(pending, new() { Error = http.Failure(body), ContentType = http.Request.ContentType });
            await http.AcceptAsync();
        }
    }

    private async Task InitErrorAsync(HttpContext http)
    {
        var failure = http.Failure(await http.ReadAsync());
        if (started || !initError.TrySetResult(failure))
        {
            await http.FailAsync(403, "InvalidStateTransition", "Transition to InitError is not allowed");
            return;
        }

        await http.AcceptAsync();
    }

    /// <summary>The invocation that runs, or null after an answer that says why not.</summary>
    private async Task<LambdaPending?> ExpectAsync(HttpContext http, string id, string transition)
    {
        var running = current;
        if (running?.RequestId != id)
        {
            await http.FailAsync(400, "InvalidRequestID", "Invalid request ID");
            return null;
        }

        if (running.Answered)
        {
            await http.FailAsync(403, "InvalidStateTransition", $"Transition to {transition} is not allowed");
            return null;
        }

        return running;
    }

    private void Finish(LambdaPending pending, LambdaResult result)
    {
        lock (changing)
        {
            pending.Answered = true;
        }

        pending.Result.TrySetResult(
            result with
            {
                RequestId = pending.RequestId,
                AnsweredAt = Stopwatch.GetTimestamp(),
                Duration = pending.DeliveredAt == 0 ? TimeSpan.Zero : Stopwatch.GetElapsedTime(pending.DeliveredAt),
            }
        );
    }
}
