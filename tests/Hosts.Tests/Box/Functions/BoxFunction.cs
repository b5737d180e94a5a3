using System.Collections.Concurrent;
using System.Text;
using Hosts.Tests.Box.Access;
using Hosts.Tests.Support;

namespace Hosts.Tests.Box.Functions;

/// <summary>A function with its environments: started when they are needed, kept while they live.</summary>
internal sealed class BoxFunction : IAsyncDisposable
{
    private readonly AwsGate gate;
    private readonly RolePolicy policy;
    private readonly IReadOnlyDictionary<string, string> variables;
    private readonly SemaphoreSlim free;
    private readonly ConcurrentStack<FunctionEnvironment> idle = [];
    private readonly ConcurrentDictionary<FunctionEnvironment, bool> all = [];
    private int started;
    private int running;
    private int invocations;
    private int failures;

    /// <param name="settings">Of the template.</param>
    /// <param name="policy">Of its role.</param>
    /// <param name="gate">AWS.</param>
    /// <param name="variables">On top of the template's.</param>
    /// <param name="environments">How many processes it may have at a time.</param>
    public BoxFunction(
        FunctionSettings settings,
        RolePolicy policy,
        AwsGate gate,
        IReadOnlyDictionary<string, string> variables,
        int environments
    )
    {
        (Settings, this.policy, this.gate, this.variables) = (settings, policy, gate, variables);
        Environments = Math.Min(environments, settings.ReservedConcurrency ?? environments);
        free = new(Environments);
    }

    public FunctionSettings Settings { get; }

    /// <summary>At most.</summary>
    public int Environments { get; }

    public RolePolicy Policy => policy;

    public FunctionLog Log { get; } = new();

    /// <summary>Begun so far.</summary>
    public int Invocations => invocations;

    /// <summary>Of these, those that failed.</summary>
    public int Failures => failures;

    /// <summary>At this moment.</summary>
    public int Running => running;

    /// <summary>Environments started so far: cold starts.</summary>
    public int Started => started;

    /// <summary>Errors of failed invocations, as they were reported.</summary>
    public ConcurrentQueue<LambdaFailure> Errors { get; } = [];

    public Task<LambdaResult> InvokeAsync(string json) => InvokeAsync(Encoding.UTF8.GetBytes(json));

    /// <summary>Waits for an environment, where all are busy.</summary>
    public async Task<LambdaResult> InvokeAsync(
        ReadOnlyMemory<byte> payload,
        CancellationToken cancellationToken = default
    )
    {
        await free.WaitAsync(cancellationToken);
        Interlocked.Increment(ref running);
        Interlocked.Increment(ref invocations);
        try
        {
            var environment = await NextAsync();
            var result = await environment.InvokeAsync(payload, Guid.NewGuid().ToString());
            if (result.Error is { } error)
            {
                Errors.Enqueue(error);
                Interlocked.Increment(ref failures);
            }

            if (environment.IsAlive)
            {
                idle.Push(environment);
            }
            else
            {
                await EndAsync(environment);
            }

            return result;
        }
        finally
        {
            Interlocked.Decrement(ref running);
            free.Release();
        }
    }

    /// <summary>Ends an environment, one that is at work if there is one.</summary>
    /// <returns>Whether one was at work: its invocation fails.</returns>
    public bool Kill()
    {
        var victim = all.Keys.Where(static e => e.IsAlive).OrderByDescending(static e => e.IsBusy).FirstOrDefault();
        var wasBusy = victim is { IsBusy: true };
        victim?.Kill();
        return wasBusy;
    }

    /// <summary>Ends all that it has.</summary>
    public void KillAll()
    {
        foreach (var environment in all.Keys)
        {
            environment.Kill();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var environment in all.Keys)
        {
            await EndAsync(environment);
        }

        free.Dispose();
    }

    private async Task<FunctionEnvironment> NextAsync()
    {
        while (idle.TryPop(out var known))
        {
            if (known.IsAlive)
            {
                return known;
            }

            await EndAsync(known);
        }

        var key = $"AKIA{Settings.Name}{Interlocked.Increment(ref started)}".Replace('/', '-');
        FunctionEnvironment? environment = null;
        gate.Admit(key, new(Settings.Id, policy) { Kill = () => environment?.Kill() });
        environment = await FunctionEnvironment.StartAsync(settings: Settings, variables.Concat(Aws(key)), Log);
        all[environment] = true;
        return environment;
    }

    private Dictionary<string, string> Aws(string key)
    {
        var variables = new Dictionary<string, string>
        {
            ["AWS_ACCESS_KEY_ID"] = key,
            ["AWS_SECRET_ACCESS_KEY"] = "secret",
            ["AWS_SESSION_TOKEN"] = "session",
        };
        foreach (var service in (string[])["DYNAMODB", "SQS", "SNS", "SSM", "CLOUDWATCH"])
        {
            variables[$"AWS_ENDPOINT_URL_{service}"] = gate.Url.ToString();
        }

        return variables;
    }

    private async Task EndAsync(FunctionEnvironment environment)
    {
        if (all.TryRemove(environment, out _))
        {
            await environment.DisposeAsync();
        }
    }
}
