using System.Globalization;
using AlertHub.Text;

namespace AlertHub.Local.Web;

/// <summary>
/// How many GET requests are answered at once (<c>--web.get-concurrency</c>), so that listings do not starve what comes in,
/// and how long a request may take (<c>--web.timeout</c>).
/// </summary>
internal sealed class RequestLimits(int getConcurrency, TimeSpan timeout, TimeProvider time)
{
    private readonly int most = getConcurrency > 0 ? getConcurrency : Math.Max(Environment.ProcessorCount, 8);
    private int gets;

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var isGet = HttpMethods.IsGet(context.Request.Method);
        if (isGet && Interlocked.Increment(ref gets) > most)
        {
            Interlocked.Decrement(ref gets);
            await RefuseAsync(
                context,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{most} GET requests are answered already, which is the most (--web.get-concurrency); try again later."
                )
            );
            return;
        }

        try
        {
            await (timeout > TimeSpan.Zero ? WithinAsync(context, next) : next(context));
        }
        finally
        {
            if (isGet)
            {
                Interlocked.Decrement(ref gets);
            }
        }
    }

    private async Task WithinAsync(HttpContext context, RequestDelegate next)
    {
        using var bound = new CancellationTokenSource(timeout, time);
        var client = context.RequestAborted;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(client, bound.Token);
        context.RequestAborted = either.Token;
        try
        {
            await next(context);
        }
        catch (OperationCanceledException)
            when (bound.IsCancellationRequested && !client.IsCancellationRequested && !context.Response.HasStarted)
        {
            context.RequestAborted = client;
            await RefuseAsync(
                context,
                $"The request took longer than {PrometheusDuration.Print(timeout)} (--web.timeout)."
            );
        }
    }

    private static Task RefuseAsync(HttpContext context, string reason)
    {
        context.Response.Clear();
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        return context.Response.WriteAsync(reason + "\n", context.RequestAborted);
    }
}
