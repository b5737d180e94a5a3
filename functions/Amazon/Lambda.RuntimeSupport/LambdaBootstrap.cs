using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>
/// The loop of a Lambda function: fetch an invocation, run the handler, report its answer or its failure. Made by
/// <see cref="LambdaBootstrapBuilder"/>.
/// </summary>
public sealed class LambdaBootstrap : IDisposable
{
    private readonly InvocationHandler handler;
    private readonly LambdaBootstrapInitializer? initializer;
    private readonly LambdaProcess process;
    private readonly LambdaLog log;
    private readonly RuntimeApiClient api;

    internal LambdaBootstrap(
        InvocationHandler handler,
        LambdaBootstrapInitializer? initializer,
        string? endpoint,
        LambdaProcess process
    )
    {
        this.handler = handler;
        this.initializer = initializer;
        this.process = process;
        log = new LambdaLog(process);
        api = new RuntimeApiClient(
            endpoint
                ?? process.Variable("AWS_LAMBDA_RUNTIME_API")
                ?? throw new InvalidOperationException(
                    "'AWS_LAMBDA_RUNTIME_API' is not set. AWS Lambda and 'sam local invoke' set it; this program is not meant to be started by hand."
                )
        );
    }

    /// <summary>
    /// Returns when <paramref name="cancellationToken"/> is cancelled between two invocations (never in the middle of
    /// one) or the initializer declines.
    /// </summary>
    /// <remarks>
    /// What the initializer throws, and a Runtime API that is gone or broken, comes out of here and has to end the
    /// program: Lambda then starts a new one.
    /// </remarks>
    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        LambdaLogger.Target = log;
        if (initializer is not null && !await InitializeAsync(initializer))
        {
            return;
        }

        // The official bootstrap has this for profilers and test tools.
        var once = process.Variable("AWS_LAMBDA_DOTNET_DEBUG_RUN_ONCE") is "true" or "TRUE" or "True";
        do
        {
            Invocation invocation;
            try
            {
                invocation = await api.NextAsync(cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }

            await HandleAsync(invocation);
        } while (!once && !cancellationToken.IsCancellationRequested);
    }

    public void Dispose() => api.Dispose();

    private async Task<bool> InitializeAsync(LambdaBootstrapInitializer initializer)
    {
        try
        {
            return await initializer();
        }
        catch (Exception exception)
        {
            log.Log(LogLevel.Critical, exception, "The function could not be initialised.");
            await api.ReportInitErrorAsync(ErrorReport.Of(exception));
            throw;
        }
    }

    private async Task HandleAsync(Invocation invocation)
    {
        // The AWS SDK and tracing libraries look for it there.
        process.SetVariable("_X_AMZN_TRACE_ID", invocation.TraceId);
        log.Begin(invocation);

        var answer = ReadOnlyMemory<byte>.Empty;
        try
        {
            var running = handler.Start(invocation.Input, new LambdaContext(invocation, process, log));
            await running;
            using var output = handler.Answer(running);
            if (output is MemoryStream written && written.TryGetBuffer(out var buffer))
            {
                answer = buffer.AsMemory((int)written.Position);
            }
            else if (output is not null)
            {
                using var copy = new MemoryStream();
                await output.CopyToAsync(copy);
                answer = copy.GetBuffer().AsMemory(0, (int)copy.Length);
            }
        }
        catch (Exception exception)
        {
            log.Log(LogLevel.Error, exception, "The invocation failed.");
            await ReportAsync(invocation, ErrorReport.Of(exception));
            return;
        }

        if (answer.Length > RuntimeApiClient.MaxResponseBytes)
        {
            await ReportTooLargeAsync(invocation, answer.Length);
            return;
        }

        var verdict = await api.RespondAsync(invocation.RequestId, answer);
        if (verdict is RuntimeApiVerdict.TooLarge)
        {
            await ReportTooLargeAsync(invocation, answer.Length);
        }
        else if (verdict is RuntimeApiVerdict.Refused)
        {
            log.Log(LogLevel.Warning, "Lambda no longer waits for this invocation's answer; it was dropped.");
        }
    }

    private async Task ReportTooLargeAsync(Invocation invocation, int bytes)
    {
        var error = ErrorReport.ResponseTooLarge(bytes);
        log.Log(LogLevel.Error, error.Message);
        await ReportAsync(invocation, error);
    }

    private async Task ReportAsync(Invocation invocation, ErrorReport error)
    {
        if (await api.ReportErrorAsync(invocation.RequestId, error) is not RuntimeApiVerdict.Accepted)
        {
            // After a 413 Lambda has itself failed the invocation; after a timeout nobody waits.
            log.Log(LogLevel.Warning, "Lambda no longer waits for this invocation's error; it was dropped.");
        }
    }
}
