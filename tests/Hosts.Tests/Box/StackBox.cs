using System.Text.Json.Nodes;
using Hosts.Tests.Box.Access;
using Hosts.Tests.Box.Functions;
using Hosts.Tests.Box.Sources;
using Hosts.Tests.Box.Templates;
using Hosts.Tests.Support;

namespace Hosts.Tests.Box;

/// <summary>
/// The stacks of a <c>cdk synth</c>, deployed on this machine: tables, queues and topics in emulators, functions as
/// processes, and between them what Lambda, API Gateway, EventBridge, CloudFormation and IAM do.
/// </summary>
/// <example>
/// <code>
/// await using var box = await StackBox.StartAsync("cdk.out", new() { Parameters = ... });
/// await box.PublishAsync("AlarmTopic", alarm);
/// await box.CountsAsync("Notified", 1);
/// </code>
/// </example>
/// <remarks>
/// Disposing of it fails the test when a function was denied a call or did what the box cannot play: <see cref="Denied"/>
/// says which. Time is real time.
/// </remarks>
internal sealed partial class StackBox : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Stack<IAsyncDisposable> running = [];
    private readonly CancellationTokenSource stopping = new();
    private readonly StackBoxOptions options;
    private readonly IReadOnlyList<StackTemplate> stacks;
    private readonly List<BoxFunction> functions = [];
    private readonly List<QueueSource> sources = [];
    private readonly List<EventRule> rules = [];
    private readonly Dictionary<StackResource, (string Id, JsonObject Properties)> customs = [];
    private readonly List<(string Topic, string Function)> topicsOfFunctions = [];
    private Task ticking = Task.CompletedTask;

    private StackBox(string folder, StackBoxOptions options)
    {
        this.options = options;
        stacks = [.. CloudAssembly.Read(folder).Where(stack => options.Stacks(stack.Name))];
    }

    /// <summary>What the functions have for AWS: calls, counts, faults.</summary>
    public AwsGate Aws { get; private set; } = null!;

    /// <summary>Parameter Store.</summary>
    public ParameterStore Parameters => Aws.Parameters;

    /// <summary>The HTTP API; its base address is where it is answered.</summary>
    public HttpClient Api { get; } = new() { Timeout = TimeSpan.FromSeconds(60) };

    public IReadOnlyList<BoxFunction> Functions => functions;

    /// <summary>Calls that the policy of a role would deny, and what the box could not play.</summary>
    public IReadOnlyList<string> Denied => [.. Aws.Ledger.Denied, .. Aws.Ledger.Problems];

    /// <summary>What policies allow and nobody did, as in <c>Deliver: sqs:SendMessage on arn:... never used</c>.</summary>
    public IReadOnlyList<string> Unused =>
        [
            .. functions.SelectMany(static function =>
                function.Policy.Unused.Select(what => $"{function.Settings.Id}: {what} never used")
            ),
        ];

    /// <param name="folder">With a cloud assembly, or with <c>*.template.json</c>.</param>
    /// <param name="options">What the templates do not say.</param>
    /// <exception cref="TemplateException">A template has what the box does not know.</exception>
    /// <exception cref="DeploymentException">A custom resource failed.</exception>
    public static async Task<StackBox> StartAsync(string folder, StackBoxOptions? options = null)
    {
        var box = new StackBox(folder, options ?? new());
        try
        {
            await box.DeployAsync();
            return box;
        }
        catch
        {
            await box.StopAsync();
            throw;
        }
    }

    /// <param name="name">Its logical id or how that begins, or the name in <c>ALERTHUB_FUNCTION</c>.</param>
    public BoxFunction Function(string name) =>
        functions.FirstOrDefault(function => function.Settings.Id == name)
        ?? functions.SingleOrDefault(function =>
            function.Settings.Environment.GetValueOrDefault(AlertHub.Lambda.Names.FunctionVariable) == name
        )
        ?? functions.Single(function => function.Settings.Id.StartsWith(name, StringComparison.Ordinal));

    /// <summary>A message at a topic, as CloudWatch would send it; what a queue gets of it is there when it returns.</summary>
    /// <param name="topic">Its logical id or how that begins, or its ARN.</param>
    /// <param name="message">The text.</param>
    /// <param name="subject">None by default.</param>
    public async Task PublishAsync(string topic, string message, string? subject = null)
    {
        var arn = topic.StartsWith("arn:", StringComparison.Ordinal)
            ? topic
            : physical.Arn(Find("AWS::SNS::Topic", topic));
        var id = await fauxqs.PublishAsync(arn, message, subject);
        foreach (var (_, function) in topicsOfFunctions.Where(subscribed => subscribed.Topic == arn))
        {
            await functions
                .First(f => f.Settings.Arn == function)
                .InvokeAsync(TopicEvent.Write(arn, id, message, subject).ToJsonString());
        }
    }

    /// <summary>An event on a bus; every rule there whose pattern matches gets it.</summary>
    /// <param name="message">The whole event.</param>
    /// <param name="bus">Logical id of one that is not the default.</param>
    /// <returns>How many rules did.</returns>
    public async Task<int> PutEventAsync(JsonObject message, string? bus = null)
    {
        var name = bus is null ? EventRule.DefaultBus : physical.Ref(Find("AWS::Events::EventBus", bus));
        var matching = rules.Where(rule => rule.Bus == name && rule.Matches(message)).ToArray();
        foreach (var rule in matching)
        {
            await rule.DeliverAsync(message, functions, SendByArnAsync);
        }

        return matching.Length;
    }

    /// <summary>Fires the schedules that lead to a function.</summary>
    /// <returns>What it answered, by schedule.</returns>
    public async Task<IReadOnlyList<LambdaResult>> SweepAsync(string function = AlertHub.Lambda.Names.Sweep)
    {
        var arn = Function(function).Settings.Arn;
        var due = rules.Where(rule => rule.Schedule is not null && rule.IsEnabled && rule.Leads(arn)).ToArray();
        List<LambdaResult> results = due is []
            ? throw new TemplateException($"No enabled schedule leads to '{function}'.")
            : [];
        foreach (var rule in due)
        {
            results.AddRange(await rule.DeliverAsync(rule.Tick(), functions, SendByArnAsync));
        }

        return results;
    }

    /// <summary>The sum of a metric over all functions.</summary>
    public double Metric(string name) => Metrics(name).Sum();

    /// <summary>Its values, function by function.</summary>
    public IEnumerable<double> Metrics(string name) => functions.SelectMany(function => function.Log.Metric(name));

    /// <summary>
    /// Waits until a metric has come to a sum, and then whether it stays there: what was counted last is written after its
    /// effect was seen, and read later still.
    /// </summary>
    /// <param name="name">The metric's.</param>
    /// <param name="sum">Over all functions.</param>
    public async Task CountsAsync(string name, double sum)
    {
        await UntilAsync(() => Metric(name) >= sum, $"'{name}' is {sum}");
        await SettleAsync();
        Assert.Equal(sum, Metric(name));
    }

    /// <summary>How many messages a queue has.</summary>
    /// <param name="name">The queue's logical id or how that begins.</param>
    public Task<QueueContents> QueueAsync(string name) => QueueAsync(Find("AWS::SQS::Queue", name));

    /// <summary>Ends environments in the middle of their calls to AWS, until what it returns is disposed of.</summary>
    /// <param name="share">Of the calls; half of these are done nevertheless.</param>
    /// <param name="seed">Of the chance.</param>
    public IDisposable KillAtRandom(double share, int seed)
    {
        var chance = new Random(seed);
        return Aws.Fail(call =>
        {
            if (functions.TrueForAll(function => function.Settings.Id != call.Function))
            {
                return null;
            }

            lock (chance)
            {
                return chance.NextDouble() >= share ? null
                    : chance.Next(2) == 0 ? AwsFault.KilledBefore
                    : AwsFault.KilledAfter;
            }
        });
    }

    /// <summary>A message straight into a queue.</summary>
    public Task SendAsync(string name, string body) =>
        emulated.SendAsync(physical.Ref(Find("AWS::SQS::Queue", name)), body);

    /// <summary>What is ready in the queues that functions read has been handled, and nothing runs.</summary>
    /// <param name="withDelayed">Also what is to come later.</param>
    /// <param name="patience">By default a minute.</param>
    public Task SettleAsync(bool withDelayed = false, TimeSpan? patience = null) =>
        UntilAsync(
            async () =>
            {
                // One queue may get from a function what another has just lost: between two looks nothing may happen.
                var before = Happened;
                foreach (var source in sources)
                {
                    var contents = await QueueAsync(source.Settings.QueueArn.Split(':')[^1], logicalId: null);
                    if (contents.Ready + contents.InFlight > 0 || (withDelayed && contents.Delayed > 0))
                    {
                        return false;
                    }
                }

                return functions.TrueForAll(static function => function.Running == 0)
                    && sources.TrueForAll(static source => source.Held == 0)
                    && before == Happened;
            },
            withDelayed ? "the queues were empty and all functions idle" : "all that was due was handled",
            patience
        );

    /// <summary>Waits until something is so.</summary>
    /// <param name="holds">Looked at again and again.</param>
    /// <param name="what">For the error: what has not come true.</param>
    /// <param name="patience">By default a minute.</param>
    /// <exception cref="TimeoutException">It did not come true; the message has what functions wrote last.</exception>
    public async Task UntilAsync(Func<Task<bool>> holds, string what, TimeSpan? patience = null)
    {
        using var patient = new CancellationTokenSource(patience ?? Patience);
        using var often = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!await holds())
        {
            if (sources.FirstOrDefault(static source => source.Fault is not null) is { Fault: { } fault } ended)
            {
                throw new InvalidOperationException($"Nobody polls '{ended.Settings.QueueArn}' any more.", fault);
            }

            try
            {
                await often.WaitForNextTickAsync(patient.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"Not until now: {what}.\n{Report()}");
            }
        }
    }

    public Task UntilAsync(Func<bool> holds, string what, TimeSpan? patience = null) =>
        UntilAsync(() => Task.FromResult(holds()), what, patience);

    /// <summary>What happened, for the message of a test that fails.</summary>
    public string Report() =>
        string.Join(
            '\n',
            [
                .. Denied,
                .. functions.Select(static function =>
                    $"{function.Settings.Id}: {function.Invocations} invocations, {function.Failures} failed, {function.Started} starts; last lines:\n  "
                    + string.Join("\n  ", function.Log.Lines.TakeLast(5))
                    + (function.Errors.LastOrDefault() is { } error ? $"\n  last error: {error.Json}" : "")
                ),
            ]
        );

    public async ValueTask DisposeAsync()
    {
        var denied = Denied;
        await StopAsync();
        Assert.True(denied is [], string.Join('\n', denied));
    }

    private async Task StopAsync()
    {
        await stopping.CancelAsync();
        await Task.WhenAll(sources.Select(static source => source.StopAsync()));
        // Nobody waits for what they do now.
        functions.ForEach(static function => function.KillAll());
        await ticking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        while (running.TryPop(out var each))
        {
            await each.DisposeAsync();
        }

        emulated?.Dispose();
        Api.Dispose();
        stopping.Dispose();
    }

    private StackResource FindCustom(string name) =>
        customs.Keys.Single(custom => custom.Id.StartsWith(name, StringComparison.Ordinal));

    private (int Invocations, int Calls) Happened =>
        (functions.Sum(static function => function.Invocations), Aws.Ledger.Total);

    private StackResource Find(string type, string name)
    {
        var all = Resources.Where(resource => resource.Type == type).ToArray();
        return all.FirstOrDefault(resource => resource.Id == name)
            ?? (
                all.Where(resource => resource.Id.StartsWith(name, StringComparison.Ordinal)).ToArray() is [var only]
                    ? only
                    : throw new TemplateException(
                        $"'{name}' is none or several of {string.Join(", ", all.Select(static r => r.Id))}."
                    )
            );
    }

    private Task<QueueContents> QueueAsync(StackResource queue) => QueueAsync(physical.Name(queue), queue.Id);

    private async Task<QueueContents> QueueAsync(string queue, string? logicalId)
    {
        var messages = await fauxqs.MessagesAsync(queue);
        return new(
            logicalId ?? queue,
            messages.GetProperty("ready").GetArrayLength(),
            messages.GetProperty("inflight").GetArrayLength(),
            messages.GetProperty("delayed").GetArrayLength()
        );
    }

    private Task SendByArnAsync(string queueArn, string body) =>
        emulated.SendAsync(queueUrls + queueArn.Split(':')[^1], body);
}

/// <summary>How many messages a queue has, as old as the last receipt.</summary>
internal sealed record QueueContents(string Queue, int Ready, int InFlight, int Delayed);
