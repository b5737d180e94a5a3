using Hosts.Tests.Support;

namespace Hosts.Tests.FlowLogs;

/// <summary>
/// A function's environment as Lambda keeps it: the process that waits for events, and another in its place when it has ended
/// or did not answer in time.
/// </summary>
/// <param name="start">Starts the process, with the endpoint as its <c>AWS_LAMBDA_RUNTIME_API</c>.</param>
internal sealed class ExecutionEnvironment(Func<string, ChildProcess> start) : IAsyncDisposable
{
    private readonly SemaphoreSlim free = new(1);
    private LambdaRuntimeApi? api;

    /// <summary>The newest; null before the first invocation.</summary>
    public ChildProcess? Process { get; private set; }

    /// <summary>How often a process was started.</summary>
    public int Starts { get; private set; }

    /// <summary>Of those that are gone, what they wrote.</summary>
    public List<(string Output, string Errors)> Former { get; } = [];

    /// <summary>One invocation after the other: who comes meanwhile waits, where Lambda would start one more environment.</summary>
    /// <returns>
    /// The answer, or the error that the function, or Lambda in the place of a process that ended or took too long, tells.
    /// </returns>
    public async Task<LambdaResult> InvokeAsync(
        ReadOnlyMemory<byte> payload,
        LambdaInvokeOptions? with = null,
        CancellationToken cancellationToken = default
    )
    {
        await free.WaitAsync(cancellationToken);
        try
        {
            return await InvokeAloneAsync(payload, with, cancellationToken);
        }
        finally
        {
            free.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        free.Dispose();
    }

    private async Task<LambdaResult> InvokeAloneAsync(
        ReadOnlyMemory<byte> payload,
        LambdaInvokeOptions? with,
        CancellationToken cancellationToken
    )
    {
        if (Process?.TrySignal(0) != true)
        {
            await StopAsync();
            api = await LambdaRuntimeApi.StartAsync();
            Process = start(api.Endpoint);
            Starts++;
        }

        using var gone = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var answer = api!.InvokeAsync(payload, with, gone.Token);
        if (await Task.WhenAny(answer, Process!.Ended) != answer)
        {
            await gone.CancelAsync();
        }

        try
        {
            var result = await answer;
            if (result.Error?.HeaderType == "Sandbox.Timedout")
            {
                await StopAsync();
            }

            return result;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            var code = await Process.ExitAsync();
            await StopAsync();
            return new()
            {
                Error = new(
                    "Runtime.ExitError",
                    $$"""{"errorType":"Runtime.ExitError","errorMessage":"Error: Runtime exited with error: exit status {{code}}"}"""
                ),
            };
        }
    }

    private async Task StopAsync()
    {
        if (Process is not null)
        {
            Former.Add(Process.Written);
            await Process.DisposeAsync();
            Process = null;
        }

        if (api is not null)
        {
            await api.DisposeAsync();
            api = null;
        }
    }
}
