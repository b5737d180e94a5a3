using System.Buffers;
using System.Text;
using AlertHub;
using AlertHub.Alerts;
using AlertHub.Api.Working;
using AlertHub.Configuration;
using AlertHub.Grouping;
using AlertHub.Local.Working;
using AlertHub.Metrics;
using AlertHub.Storing;
using AlertHub.Templates;
using AlertHub.Tests.Support;
using Hosts.Tests.Queues;

namespace Hosts.Tests.Support;

/// <summary>
/// A hub and the worker that works for it, with a clock that the test moves. An alert goes to the receiver that its label
/// <c>to</c> names, in a group of its own, at once; its name is what the receiver's channel is sent.
/// </summary>
internal sealed class RunningHub : IQueueScene
{
    private const string Timers = "group_wait: 0s, group_interval: 1m, repeat_interval: 4h";

    /// <summary>alertmanager.yml with these timers.</summary>
    public static string Config(string timers) =>
        $$"""
            route:
              receiver: one
              group_by: [alertname]
              {{timers.Replace(", ", "\n  ", StringComparison.Ordinal)}}
              routes:
                - {matchers: ['to="two"'], receiver: two}
            receivers:
              - {name: one, webhook_configs: [{url: 'http://one.example'}]}
              - {name: two, webhook_configs: [{url: 'http://two.example'}]}
            """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    private readonly Hub hub;
    private readonly Worker worker;
    private readonly Dictionary<string, IChannel> channels;

    /// <param name="one">The channel of the receiver of that name.</param>
    /// <param name="two">As well; the same without it.</param>
    /// <param name="startDelay">--dispatch.start-delay.</param>
    /// <param name="timers">Of all groups.</param>
    public RunningHub(IChannel one, IChannel? two = null, TimeSpan startDelay = default, string timers = Timers)
    {
        var rules = HubRules.Compile(
            HubConfig.Load(new("alertmanager.yml", Encoding.UTF8.GetBytes(Config(timers))), null, out _)!
        );
        channels = new() { ["one"] = one, ["two"] = two ?? one };
        Store = new(new MemoryStore(rules));
        hub = new(
            Store,
            new()
            {
                Rules = rules,
                FindChannel = (receiver, _) => channels[receiver],
                Templates = NotificationTemplates.Default,
            },
            Clock,
            static () => 1
        );
        worker = new(hub, startDelay, Clock, new(new HubMetrics(Registry), Clock, Log));
        Working = Task.Run(() => worker.RunAsync(Stop.Token, Abort.Token));
    }

    public ManualClock Clock { get; } = new();

    public IWorkQueue Queue => worker;

    public Hub Hub => hub;

    public FailingStore Store { get; }

    public MetricRegistry Registry { get; } = new();

    /// <summary>As they are scraped.</summary>
    public string Metrics()
    {
        var text = new ArrayBufferWriter<byte>();
        Registry.Write(text);
        return Encoding.UTF8.GetString(text.WrittenSpan);
    }

    public RecordedLog<WorkLog> Log { get; } = new();

    public CancellationTokenSource Stop { get; } = new();

    public CancellationTokenSource Abort { get; } = new();

    public Task Working { get; }

    /// <summary>What is not delivered, dead or not.</summary>
    public async Task<IReadOnlyList<Delivery>> UndeliveredAsync() =>
        [.. (await Store.ReadAsync(default)).Groups.Values.SelectMany(static group => group.Deliveries)];

    public Task FireAsync(params string[] names) => FireAsync(isLost: false, "one", names);

    /// <param name="isLost">Nobody tells the worker.</param>
    /// <param name="to">A receiver.</param>
    /// <param name="names">Of alerts.</param>
    public async Task FireAsync(bool isLost, string to, params string[] names)
    {
        foreach (var name in names)
        {
            var taken = await hub.IngestAsync([new(null, [Firing(name, to, Clock.GetUtcNow())])], default);
            if (!isLost)
            {
                await worker.AddAsync(taken.Next, default);
            }
        }
    }

    public static TrackedAlert Firing(string name, string to, DateTimeOffset now) =>
        new()
        {
            Alert = new() { Labels = Labels.Of(new Label("alertname", name), new Label("to", to)), StartsAt = now },
            UpdatedAt = now,
        };

    /// <summary>Has what died sent once more.</summary>
    public async Task ReviveAsync()
    {
        foreach (var group in (await Store.ReadAsync(default)).Groups.Values)
        {
            await worker.AddAsync(await hub.ReviveAsync(group.Id, new("webhook", 0), default), default);
        }
    }

    /// <summary>Lets time pass, in steps, until something holds.</summary>
    public Task UntilAsync(Func<bool> holds) => UntilAsync(holds, Step);

    public async Task UntilAsync(Func<bool> holds, TimeSpan step)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!holds())
        {
            await Task.Delay(2, patience.Token);
            Clock.Advance(step);
        }
    }

    /// <summary>Lets that much time pass, and the worker do what it has to meanwhile.</summary>
    public Task PassAsync(TimeSpan time) => PassAsync(time, Step);

    public Task PassAsync(TimeSpan time, TimeSpan step)
    {
        var end = Clock.GetUtcNow() + time;
        return UntilAsync(() => Clock.GetUtcNow() >= end, step);
    }

    public async ValueTask DisposeAsync()
    {
        await Stop.CancelAsync();
        await Abort.CancelAsync();
        await Working;
        worker.Dispose();
        Stop.Dispose();
        Abort.Dispose();
    }
}
