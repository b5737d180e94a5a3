using System.Globalization;
using Amazon.Lambda.Core;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace AlertHub.Lambda.Http;

/// <summary>
/// A server for ASP.NET Core without a socket: an event of an HTTP API or a function URL (payload format 2.0) in, its
/// answer out. The application is started first, as on any server.
/// </summary>
internal sealed class LambdaServer(TimeProvider time) : IServer
{
    /// <summary>So long before Lambda ends the process the endpoint is told to stop (<see cref="HttpContext.RequestAborted"/>).</summary>
    public static readonly TimeSpan Margin = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// So long before, an endpoint that goes on all the same is waited for no more; it is frozen with the process, and ends
    /// in another invocation. Only one that never waits for anything is not left behind.
    /// </summary>
    public static readonly TimeSpan LastMoment = TimeSpan.FromMilliseconds(250);

    /// <summary>Lambda's own limit. (API Gateway waits for 30 seconds: a function behind it is given less.)</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    private Func<HttpExchange, Task<Exception?>>? process;

    public IFeatureCollection Features { get; } = new FeatureCollection();

    public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
        where TContext : notnull
    {
        process = exchange => ProcessAsync(application, exchange);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        process = null;
        return Task.CompletedTask;
    }

    public void Dispose() { }

    /// <summary>Answers one request. For <c>LambdaBootstrapBuilder.Create</c>.</summary>
    /// <exception cref="HttpEventException">The event is no HTTP request; the invocation fails and the client gets a 500.</exception>
    public async Task<Stream> HandleAsync(Stream input, ILambdaContext context)
    {
        if (process is null)
        {
            throw new InvalidOperationException("the application is not started, or stopped already");
        }

        var request =
            input is MemoryStream memory && memory.TryGetBuffer(out var bytes)
                ? HttpEventReader.Read(bytes.AsSpan((int)memory.Position))
                : await CopyAsync(input);
        if (RequestPath.Of(request) is not { } path)
        {
            return Answer
                .Of(StatusCodes.Status400BadRequest, "The request cannot be read: its path holds a null character.")
                .ToJson(request.Method)!;
        }

        using var exchange = new HttpExchange(request, path, context, new(Left(context, Margin), time));
        var answer = await AnswerAsync(process, exchange, context);
        if (answer.WrongLength(request.Method) is { } said)
        {
            // API Gateway counts for itself; a client that counts on the header would wait, or see half.
            exchange.Log(
                $"a fault of AlertHub's: the answer has {answer.Body.Length} bytes, and its Content-Length is {said}"
            );
            answer = exchange.Failed();
        }

        return answer.ToJson(request.Method) ?? TooLarge(answer, exchange).ToJson(request.Method)!;
    }

    private static async Task<HttpEvent> CopyAsync(Stream input)
    {
        using var copy = new MemoryStream();
        await input.CopyToAsync(copy);
        return HttpEventReader.Read(copy.GetBuffer().AsSpan(0, (int)copy.Length));
    }

    private async Task<Answer> AnswerAsync(
        Func<HttpExchange, Task<Exception?>> process,
        HttpExchange exchange,
        ILambdaContext context
    )
    {
        var deadline = exchange.RequestAborted;
        var processing = process(exchange);
        bool isLate;
        Exception? fault = null;
        try
        {
            fault = await processing.WaitAsync(Left(context, LastMoment), time);
            isLate = fault is OperationCanceledException && deadline.IsCancellationRequested && !exchange.IsGivenUp;
        }
        catch (TimeoutException)
        {
            isLate = true;
        }

        if (fault is not null && !isLate)
        {
            exchange.Log(fault);
        }

        // Nothing written before a fault has left, so that nobody sees half an answer. What the endpoint called complete is
        // one, whatever came after.
        var response = exchange.Response;
        return response.IsComplete || (fault is null && !isLate && !exchange.IsGivenUp)
                ? new(response.StatusCode, response.Headers, response.Written)
            : isLate ? TimeIsUp(exchange)
            : exchange.Failed();
    }

    /// <summary>From the request to all that was to be done after it: Lambda freezes the process once it has the answer.</summary>
    /// <returns>What the endpoint threw; null where it answered.</returns>
    private static async Task<Exception?> ProcessAsync<TContext>(
        IHttpApplication<TContext> application,
        HttpExchange exchange
    )
        where TContext : notnull
    {
        var context = application.CreateContext(exchange.Features);
        Exception? fault;
        try
        {
            await application.ProcessRequestAsync(context);
            await exchange.Response.StartAsync();
            fault = exchange.Response.Fault;
        }
        catch (Exception e)
        {
            fault = e;
        }

        await exchange.Response.EndAsync(exchange.Log);
        application.DisposeContext(context, fault);
        return fault;
    }

    private static Answer TimeIsUp(HttpExchange exchange)
    {
        exchange.Log("the function's time was up, 503 was answered; if this happens again, give it a longer timeout");
        return Answer.Of(
            StatusCodes.Status503ServiceUnavailable,
            "The function's time was up before there was an answer. Send the request again later."
        );
    }

    /// <summary>Not 413, by which a client would look for the fault in its request, and senders of alerts would drop theirs.</summary>
    private static Answer TooLarge(Answer answer, HttpExchange exchange)
    {
        exchange.Log(
            $"the answer, {answer.Body.Length} bytes, is larger than Lambda carries ({Answer.LargestBytes}); 500 was answered"
        );
        return Answer.Of(
            StatusCodes.Status500InternalServerError,
            string.Create(
                CultureInfo.InvariantCulture,
                $"The answer is larger than AWS Lambda carries ({Answer.LargestBytes} bytes). Ask for less, or take it packed (Accept-Encoding: gzip)."
            )
        );
    }

    private static TimeSpan Left(ILambdaContext context, TimeSpan margin)
    {
        var left = context.RemainingTime - margin;
        return left < TimeSpan.Zero ? TimeSpan.Zero
            : left > Longest ? Longest
            : left;
    }
}
