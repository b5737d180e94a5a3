using AlertHub.Alerts;
using AlertHub.Configuration;
using AlertHub.Grouping;
using AlertHub.Matching;
using AlertHub.Muting;
using AlertHub.Storing;

namespace AlertHub.Tests.Support;

/// <summary>
/// A hub with what a host does for it, in one thread: work is done when it is due, and every minute all of it is looked
/// for in the storage. Alerts are called by one letter, as in <see cref="GroupScene"/>; the receiver <c>team</c> has one
/// channel that hears of ends and one that does not.
/// </summary>
internal sealed class HubScene
{
    private static readonly TimeSpan SweepEvery = TimeSpan.FromMinutes(1);

    private readonly Dictionary<Work, DateTimeOffset> queue = [];
    private readonly List<Task> underWay = [];
    private readonly Random random = new(1);
    private DateTimeOffset nextSweep = GroupScene.Start + SweepEvery;
    private readonly IReadOnlyList<AutosilenceRule> autosilence;
    private HubSettings settings;

    public HubScene(AlertmanagerConfig config, params IReadOnlyList<AutosilenceRule> autosilence)
    {
        this.autosilence = autosilence;
        Channels = [new(Clock), new(Clock)];
        settings = Settings(config);
        Store = new(new MemoryStore(settings.Rules));
        Hub = NewHub();
    }

    /// <summary>The configuration of <see cref="TimelineModel"/>.</summary>
    public static AlertmanagerConfig Config(
        int integrations = 2,
        bool sendResolved = true,
        params IReadOnlyList<string> groupBy
    ) =>
        GroupScene.Config(
            new()
            {
                Receiver = "team",
                GroupBy = groupBy.Count == 0 ? ["alertname"] : groupBy,
                GroupWait = TimeSpan.FromSeconds(TimelineModel.Wait),
                GroupInterval = TimeSpan.FromSeconds(TimelineModel.Interval),
                RepeatInterval = TimeSpan.FromSeconds(TimelineModel.Repeat),
            },
            rules: [GroupScene.Inhibits("a")]
        ) with
        {
            Receivers =
            [
                new()
                {
                    Name = "team",
                    Integrations =
                    [
                        .. new[]
                        {
                            new GroupScene.Told { SendResolved = sendResolved },
                            new GroupScene.Told { SendResolved = false },
                        }.Take(integrations),
                    ],
                },
            ],
        };

    public static IntegrationId First { get; } = new("webhook", 0);

    public FakeClock Clock { get; } = new(GroupScene.Start);

    public DateTimeOffset Now => Clock.GetUtcNow();

    public FailingStore Store { get; }

    public Hub Hub { get; private set; }

    public IReadOnlyList<ReaderChannel> Channels { get; }

    public ReaderChannel Channel => Channels[0];

    public List<Flush> Flushes { get; } = [];

    public List<DeliveryAttempt> Attempts { get; } = [];

    /// <summary>What was told of attempts that could not be recorded.</summary>
    public List<UnrecordedAttempt> Unrecorded { get; } = [];

    public HubState State => Done(Store.ReadAsync(CancellationToken.None).AsTask());

    public Group Only => State.Groups.Values.Single();

    public Delivery? Waiting => Only.Delivery(First);

    public void Fire(string name) => Post(new() { Labels = GroupScene.Labels(name) });

    public void Resolve(string name) => Post(new() { Labels = GroupScene.Labels(name), EndsAt = Now });

    public void Post(PostedAlert posted) =>
        Queue(Done(Hub.IngestAsync([new(null, [posted.Take(Now, null, out _)!])], CancellationToken.None)).Next);

    public void Silence(string name)
    {
        Unsilence(name);
        var request = new SilenceRequest
        {
            Matchers = [Some.Matcher("name", MatchOperator.Equal, name)],
            EndsAt = Now.AddDays(99),
        };
        Done(Hub.SilenceAsync(request, id: null, newId: $"{name}{random.Next()}", CancellationToken.None));
    }

    public void Unsilence(string name)
    {
        foreach (var silence in State.Silences.All.Where(silence => silence.Matches(GroupScene.Labels(name))))
        {
            Done(Hub.ExpireAsync(silence.Id, CancellationToken.None));
        }
    }

    public void Pass(int seconds)
    {
        var end = Now.AddSeconds(seconds);
        while (queue.Values.Append(nextSweep).Min() is var next && next <= end)
        {
            MoveTo(next);
        }

        Clock.Advance(end - Now);
    }

    public void Flush(GroupId id) => underWay.Add(FlushAsync(id));

    public void Deliver(GroupId id, IntegrationId integration) => underWay.Add(DeliverAsync(id, integration));

    /// <summary>Everything is tried at once, due or not, twice.</summary>
    public void TryEverything()
    {
        foreach (var group in State.Groups.Values.Concat(State.Groups.Values))
        {
            Flush(group.Id);
            Deliver(group.Id, First);
            Deliver(group.Id, new("webhook", 1));
        }
    }

    public void Lose() => queue.Clear();

    /// <summary>Another process takes over what is stored; what was under way never hears the answer, or too late.</summary>
    public void Crash()
    {
        queue.Clear();
        underWay.Clear();
        Hub = NewHub();
        Use();
    }

    public void Reload(AlertmanagerConfig config)
    {
        settings = Settings(config);
        Use();
    }

    /// <summary>All destinations answer again, and time enough passes.</summary>
    public void Recover()
    {
        foreach (var channel in Channels)
        {
            channel.Answer = Answer.Takes;
            channel.Release(isHeard: false);
        }

        Pass(4 * 60 * 60);
        Check();
    }

    /// <summary>What went wrong in the work that is done.</summary>
    public void Check()
    {
        foreach (var task in underWay.Where(static task => task.IsCompleted))
        {
            task.GetAwaiter().GetResult();
        }
    }

    public void Queue(IEnumerable<DueWork> works)
    {
        foreach (var (work, due) in works)
        {
            queue[work] = due;
        }
    }

    private void MoveTo(DateTimeOffset time)
    {
        if (time > Now)
        {
            Clock.Advance(time - Now);
        }

        if (nextSweep <= Now)
        {
            nextSweep += SweepEvery;
            Sweep();
        }

        foreach (var (work, _) in queue.Where(each => each.Value <= Now).ToArray())
        {
            queue.Remove(work);
            switch (work)
            {
                case Work.Flush(var id):
                    Flush(id);
                    break;
                case Work.Deliver(var id, var integration):
                    Deliver(id, integration);
                    break;
            }
        }

        Check();
        underWay.RemoveAll(static task => task.IsCompleted);
    }

    private async Task FlushAsync(GroupId id)
    {
        var result = await Hub.FlushAsync(id, CancellationToken.None).ConfigureAwait(false);
        if (result.Flush is { } flush)
        {
            Flushes.Add(flush);
        }

        Queue(result.Next);
    }

    private async Task DeliverAsync(GroupId id, IntegrationId integration)
    {
        var hub = Hub;
        var result = await hub.DeliverAsync(id, integration, Unrecorded.Add, CancellationToken.None)
            .ConfigureAwait(false);
        if (result.Attempt is { } attempt)
        {
            Attempts.Add(attempt);
        }

        if (ReferenceEquals(hub, Hub))
        {
            Queue(result.Next);
        }
    }

    private void Use()
    {
        Done(Hub.UseAsync(settings, CancellationToken.None));
        Sweep();
    }

    private void Sweep() => Queue(Done(Hub.SweepAsync(DateTimeOffset.MaxValue, CancellationToken.None).AsTask()));

    private Hub NewHub() => new(Store, settings, Clock, random.NextDouble);

    private HubSettings Settings(AlertmanagerConfig config) =>
        new()
        {
            Rules = HubRules.Compile(
                new()
                {
                    Alertmanager = config,
                    Receivers = config.Receivers,
                    Autosilence = autosilence,
                }
            ),
            FindChannel = (_, integration) => Channels[integration.Index],
            Templates = Some.Templates,
        };

    private static void Done(Task task)
    {
        if (!task.IsCompletedSuccessfully)
        {
            throw new InvalidOperationException("a verb that waits for nobody did", task.Exception);
        }
    }

    private static T Done<T>(Task<T> task) =>
        task.IsCompleted ? task.Result : throw new InvalidOperationException("a verb that waits for nobody did");
}
