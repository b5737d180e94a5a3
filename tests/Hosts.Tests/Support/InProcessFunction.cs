using System.Collections.Concurrent;
using System.Text;
using Amazon.Lambda.RuntimeSupport;

namespace Hosts.Tests.Support;

/// <summary>A function whose loop runs in this process, with variables, output and clock of its own.</summary>
internal sealed class InProcessFunction : IAsyncDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private readonly Output output = new();
    private readonly LambdaBootstrap bootstrap;

    public InProcessFunction(
        LambdaRuntimeApi api,
        LambdaBootstrapBuilder builder,
        IReadOnlyDictionary<string, string>? variables = null,
        TimeProvider? time = null
    )
    {
        foreach (var (name, value) in variables ?? new Dictionary<string, string>())
        {
            Variables[name] = value;
        }

        bootstrap = builder
            .ConfigureOptions(options => options.RuntimeApiEndpoint = api.Endpoint)
            .In(
                new LambdaProcess
                {
                    Variable = name => Variables.GetValueOrDefault(name),
                    SetVariable = (name, value) => Variables[name] = value,
                    StandardOutput = () => output,
                    Time = time ?? TimeProvider.System,
                }
            )
            .Build();
        Running = bootstrap.RunAsync(stopping.Token);
    }

    public ConcurrentDictionary<string, string?> Variables { get; } = [];

    /// <summary>The loop; faulted when it gave up.</summary>
    public Task Running { get; }

    public string[] LogLines =>
        Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await Running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        bootstrap.Dispose();
        stopping.Dispose();
    }

    private sealed class Output : MemoryStream
    {
        public override void Write(byte[] buffer, int offset, int count)
        {
            lock (this)
            {
                base.Write(buffer, offset, count);
            }
        }

        public override byte[] ToArray()
        {
            lock (this)
            {
                return base.ToArray();
            }
        }
    }
}
