using System.Collections;
using Hosts.Tests.Support;

namespace Hosts.Tests.Box.Functions;

/// <summary>One execution environment: a process under a Runtime API of its own, which handles one event at a time.</summary>
internal sealed class FunctionEnvironment : IAsyncDisposable
{
    // What a process needs of the machine; all else that the tests have is not there on Lambda.
    private static readonly string[] Kept = ["PATH", "HOME", "TMPDIR", "DOTNET_ROOT", "LANG"];

    private readonly LambdaRuntimeApi api;
    private readonly FunctionSettings settings;
    private readonly ChildProcess process;
    private readonly CancellationTokenSource ended = new();
    private readonly Task watching;

    private FunctionEnvironment(LambdaRuntimeApi api, FunctionSettings settings, ChildProcess process)
    {
        (this.api, this.settings, this.process) = (api, settings, process);
        watching = WatchAsync();
    }

    /// <summary>Whether it can take another event.</summary>
    public bool IsAlive => !ended.IsCancellationRequested;

    public bool IsBusy { get; private set; }

    /// <param name="settings">The function's.</param>
    /// <param name="variables">On top of those of the settings.</param>
    /// <param name="log">For what it writes.</param>
    public static async Task<FunctionEnvironment> StartAsync(
        FunctionSettings settings,
        IEnumerable<KeyValuePair<string, string>> variables,
        FunctionLog log
    )
    {
        var api = await LambdaRuntimeApi.StartAsync();
        var environment = System
            .Environment.GetEnvironmentVariables()
            .Cast<DictionaryEntry>()
            .Select(static variable => (string)variable.Key)
            .Where(static name => !Kept.Contains(name))
            .ToDictionary(static name => name, static _ => (string?)null);
        foreach (var (name, value) in settings.Environment.Concat(variables))
        {
            environment[name] = value;
        }

        environment["AWS_LAMBDA_RUNTIME_API"] = api.Endpoint;
        return new(
            api,
            settings,
            ChildProcess.Start(settings.Program, settings.Arguments, environment, settings.Code, log.Add)
        );
    }

    public async Task<LambdaResult> InvokeAsync(ReadOnlyMemory<byte> payload, string requestId)
    {
        IsBusy = true;
        try
        {
            var invocation = api.InvokeAsync(
                payload,
                new()
                {
                    RequestId = requestId,
                    Timeout = settings.Timeout,
                    FunctionArn = settings.Arn,
                    TraceId = $"Root=1-{Guid.NewGuid():N}",
                },
                ended.Token
            );
            if (await Task.WhenAny(invocation, api.InitError) != invocation)
            {
                Kill();
                await watching;
                return new() { RequestId = requestId, Error = await api.InitError };
            }

            var result = await invocation;
            if (result.Error?.Type == "Sandbox.Timedout")
            {
                Kill();
                await watching;
            }

            return result;
        }
        catch (OperationCanceledException) when (!IsAlive)
        {
            var (output, errors) = process.Written;
            var last = (errors.Length > 0 ? errors : output).Split('\n')[^1].Replace('"', '\'');
            return new()
            {
                RequestId = requestId,
                Error = new(
                    "Runtime.ExitError",
                    new System.Text.Json.Nodes.JsonObject
                    {
                        ["errorType"] = "Runtime.ExitError",
                        ["errorMessage"] =
                            $"RequestId: {requestId} Error: Runtime exited; the last that it said: {last}",
                    }.ToJsonString()
                ),
            };
        }
        finally
        {
            IsBusy = false;
        }
    }

    /// <summary>Ends it at once, whatever it does.</summary>
    public void Kill()
    {
        if (IsAlive && !process.Ended.IsCompleted)
        {
            process.TrySignal(ChildProcess.Kill);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Kill();
        await watching;
        await process.DisposeAsync();
        await api.DisposeAsync();
        ended.Dispose();
    }

    private async Task WatchAsync()
    {
        await process.Ended;
        await ended.CancelAsync();
    }
}
