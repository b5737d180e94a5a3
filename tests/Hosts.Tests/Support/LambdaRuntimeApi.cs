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
    private readonly Channel<Pending> queue = Channel.CreateUnbounded<Pending>();
    private readonly TaskCompletionSource<LambdaFailure> initError = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );
    private readonly Lock changing = new();
    private Pending? current;
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
        Pending pending = new(payload, with ?? new(), (with ?? new()).RequestId ?? NextRequestId());
        await queue.Writer.WriteAsync(pending, cancellationToken);
        var timeout = Task.Delay(pending.Options.Timeout, cancellationToken);
        if (await Task.WhenAny(pending.Result.Task, timeout) == timeout)
        {
            await timeout;
            var failure = string.Create(
                CultureInfo.InvariantCulture,
                $"{{\"errorType\":\"Sandbox.Timedout\",\"errorMessage\":\"Task timed out after {pending.Options.Timeout.TotalSeconds:F2} seconds\"}}"
            );
            Finish(pending, new() { Error = new("Sandbox.Timedout", failure) });
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
                _ when Broken => FailAsync(http, 500, "InternalServerError", "The sandbox is broken"),
                ("GET", ["invocation", "next"]) => NextAsync(http),
                ("POST", ["invocation", var id, "response"]) => ResponseAsync(http, id),
                ("POST", ["invocation", var id, "error"]) => ErrorAsync(http, id),
                ("POST", ["init", "error"]) => InitErrorAsync(http),
                _ => FailAsync(http, 404, "NotFound", $"No route {http.Request.Method} {path}"),
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
            await FailAsync(http, 403, "InvalidStateTransition", "Transition from Running to Ready is not allowed");
            return;
        }

        Pending pending;
        do
        {
            pending = await queue.Reader.ReadAsync(http.RequestAborted);
        } while (pending.Answered);

        lock (changing)
        {
            current = pending;
        }

        pending.DeliveredAt = Stopwatch.GetTimestamp();
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
        var body = await ReadAsync(http);
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
            Finish(
                pending,
                new()
                {
                    Error = new(
                        "Function.ResponseSizeTooLarge",
                        $"{{\"errorType\":\"Function.ResponseSizeTooLarge\",\"errorMessage\":\"{message}\"}}"
                    ),
                }
            );
            await FailAsync(http, 413, "RequestEntityTooLarge", message);
            return;
        }

        Finish(pending, new() { Payload = body, ContentType = http.Request.ContentType });
        await AcceptAsync(http);
    }

    private async Task ErrorAsync(HttpContext http, string id)
    {
        var body = await ReadAsync(http);
        if (await ExpectAsync(http, id, "InvocationErrorResponse") is { } pending)
        {
            Finish(pending, new() { Error = Failure(http, body), ContentType = http.Request.ContentType });
            await AcceptAsync(http);
        }
    }

    private async Task InitErrorAsync(HttpContext http)
    {
        var failure = Failure(http, await ReadAsync(http));
        if (started || !initError.TrySetResult(failure))
        {
            await FailAsync(http, 403, "InvalidStateTransition", "Transition to InitError is not allowed");
            return;
        }

        await AcceptAsync(http);
    }

    /// <summary>The invocation that runs, or null after an answer that says why not.</summary>
    private async Task<Pending?> ExpectAsync(HttpContext http, string id, string transition)
    {
        var running = current;
        if (running?.RequestId != id)
        {
            await FailAsync(http, 400, "InvalidRequestID", "Invalid request ID");
            return null;
        }

        if (running.Answered)
        {
            await FailAsync(http, 403, "InvalidStateTransition", $"Transition to {transition} is not allowed");
            return null;
        }

        return running;
    }

    private void Finish(Pending pending, LambdaResult result)
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

    private static LambdaFailure Failure(HttpContext http, byte[] body) =>
        new(http.Request.Headers["Lambda-Runtime-Function-Error-Type"].ToString(), Encoding.UTF8.GetString(body))
        {
            ContentType = http.Request.ContentType,
        };

    private static async Task<byte[]> ReadAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        return body.ToArray();
    }

    private static Task AcceptAsync(HttpContext http) => WriteAsync(http, 202, """{"status":"OK"}""" + "\n");

    private static Task FailAsync(HttpContext http, int status, string type, string message) =>
        WriteAsync(http, status, $"{{\"errorMessage\":\"{message}\",\"errorType\":\"{type}\"}}\n");

    private static async Task WriteAsync(HttpContext http, int status, string json)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = Encoding.UTF8.GetByteCount(json);
        await http.Response.WriteAsync(json, http.RequestAborted);
    }

    private sealed class Pending(ReadOnlyMemory<byte> payload, LambdaInvokeOptions options, string requestId)
    {
        public ReadOnlyMemory<byte> Payload => payload;

        public LambdaInvokeOptions Options => options;

        public string RequestId => requestId;

        public TaskCompletionSource<LambdaResult> Result { get; } =
            new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool Answered { get; set; }

        public long DeliveredAt { get; set; }
    }
}
