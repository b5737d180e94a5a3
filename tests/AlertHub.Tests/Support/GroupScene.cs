using AlertHub.Alerts;
using AlertHub.Configuration;
using AlertHub.Grouping;
using AlertHub.Matching;
using AlertHub.Muting;
using AlertHub.Notifying;

namespace AlertHub.Tests.Support;

/// <summary>
/// A hub without storage: alerts come, time passes, groups are flushed when they are due, and what is told is delivered
/// at once and written down. An alert is called by one letter, its label <c>name</c>.
/// </summary>
internal sealed class GroupScene
{
    /// <summary>One way to tell somebody that does nothing.</summary>
    internal sealed record Told : Integration
    {
        public override string Kind => "webhook";
    }

    public static readonly DateTimeOffset Start = new(2026, 3, 14, 3, 0, 0, TimeSpan.Zero);

    private readonly Dictionary<ulong, TrackedAlert> alerts = [];
    private readonly Dictionary<GroupId, Group> groups = [];
    private readonly NamedTimeIntervals intervals;
    private Inhibition inhibition;
    private Silences silences = Silences.Empty;

    public GroupScene(AlertmanagerConfig config)
    {
        Routing = GroupRouting.Compile(config);
        intervals = NamedTimeIntervals.Of(config);
        inhibition = Inhibition.Compile(config.InhibitRules);
    }

    /// <summary>One route: waits 30 s, then every minute, repeats after an hour; told by webhook, also of what has ended.</summary>
    public static AlertmanagerConfig Config(
        RouteConfig? route = null,
        bool sendResolved = true,
        IReadOnlyList<InhibitRule>? rules = null,
        params IReadOnlyList<NamedTimeInterval> timeIntervals
    ) =>
        new()
        {
            Route =
                route
                ?? new()
                {
                    Receiver = "team",
                    GroupBy = ["alertname"],
                    GroupInterval = TimeSpan.FromMinutes(1),
                    RepeatInterval = TimeSpan.FromHours(1),
                },
            Receivers = [new() { Name = "team", Integrations = [new Told { SendResolved = sendResolved }] }],
            InhibitRules = rules ?? [],
            TimeIntervals = timeIntervals,
        };

    /// <summary>The alert <c>above-a</c> mutes the alert <c>a</c>.</summary>
    public static InhibitRule Inhibits(string name) =>
        new()
        {
            SourceMatchers = [Some.Matcher("name", MatchOperator.Equal, $"above-{name}")],
            TargetMatchers = [Some.Matcher("name", MatchOperator.Equal, name)],
        };

    public DateTimeOffset Now { get; set; } = Start;

    public GroupRouting Routing { get; private set; }

    public IReadOnlyCollection<Group> Groups => groups.Values;

    public Group Only => groups.Values.Single();

    public Muters Muters =>
        new()
        {
            Inhibition = inhibition,
            Silences = silences,
            Intervals = intervals,
        };

    /// <summary>Every telling: <c>first notification: a b</c>, ended alerts with a minus: <c>some alerts resolved: a -b</c>.</summary>
    public List<string> Tellings { get; } = [];

    public List<Notification> Notifications { get; } = [];

    /// <summary>What the channel gives for what it sent; null for a channel that changes nothing afterwards.</summary>
    public string? Receipt { get; set; }

    /// <summary>Every change of what was told, in the words of <see cref="Tellings"/>, and what is said to be muted.</summary>
    public List<string> Shown { get; } = [];

    /// <summary>What becomes of what is only to be shown; null where it goes on waiting.</summary>
    public NextStep? Showing { get; set; } = new NextStep.Done();

    /// <summary>Called with every flush, after it is stored.</summary>
    public Action<Flush> Flushed { get; set; } = static _ => { };

    /// <summary>Decisions not to tell anybody, in order.</summary>
    public List<Silent> Kept { get; } = [];

    public IReadOnlyDictionary<ulong, TrackedAlert> Alerts => alerts;

    public TrackedAlert Alert(string name) => alerts[Labels(name).Fingerprint];

    public static Labels Labels(string name) => Some.Labels(("alertname", "A"), ("name", name));

    public void Fire(params IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            Post(new() { Labels = Labels(name) });
        }
    }

    public void Resolve(params IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            Post(new() { Labels = Labels(name), EndsAt = Now });
        }
    }

    public void Post(PostedAlert posted)
    {
        // Alerts last until somebody says otherwise, as if they were sent again all the time.
        var taken = posted.Take(Now, resolveTimeout: null, out var objection);
        Assert.Null(objection);
        Take(taken!);
    }

    /// <summary>Of the silences that are made next.</summary>
    public string Who { get; set; } = "mia";

    /// <inheritdoc cref="Who"/>
    public string Comment { get; set; } = "being replaced";

    public void Silence(params IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            silences = silences.With(
                new()
                {
                    Id = name,
                    Matchers = [Some.Matcher("name", MatchOperator.Equal, name)],
                    StartsAt = Now,
                    EndsAt = Now.AddDays(9),
                    UpdatedAt = Now,
                    CreatedBy = Who,
                    Comment = Comment,
                }
            );
        }
    }

    public void Unsilence(string name)
    {
        if (silences.Find(name) is { } silence)
        {
            silences = silences.With(silence.Expire(Now));
        }
    }

    /// <summary>Time passes; whatever is due then is flushed.</summary>
    public void Pass(TimeSpan time) => PassTo(Now + time);

    public void PassTo(DateTimeOffset end)
    {
        while (groups.Values.MinBy(group => group.Due) is { } group && group.Due <= end)
        {
            Now = group.Due;
            FlushNow(group);
        }

        Now = end;
    }

    public Flush? FlushNow(Group group)
    {
        var flush = Flush.Decide(group, group.Due, Now, Routing.RouteOf(group.Id)!, Muters);
        if (flush is null)
        {
            return null;
        }

        var stored = flush.Next;
        foreach (var integration in flush.Integrations)
        {
            if (integration.Decision is Decision.Keep keep)
            {
                Kept.Add(keep.Because);
            }

            if (stored?.Leased(integration.Id, Now, TimeSpan.FromMinutes(1)) is not { } leased)
            {
                continue;
            }

            var delivery = leased.Delivery(integration.Id)!;
            var notification = delivery.Notification(group.Id, externalUrl: null);
            if (delivery.IsShown)
            {
                Shown.Add($"{Names(notification)}{Mutes(notification)}");
                stored = Showing is { } step
                    ? leased.Settled(delivery, step, mayHaveArrived: false, Now, Receipt)
                    : stored;
            }
            else
            {
                Notifications.Add(notification);
                Tellings.Add($"{delivery.Reason.Text()}: {Names(notification)}");
                stored = leased.Settled(delivery, new NextStep.Done(), mayHaveArrived: false, Now, Receipt);
            }
        }

        groups.Remove(group.Id);
        if (stored is not null)
        {
            groups[group.Id] = stored;
        }

        Flushed(flush);
        return flush;
    }

    public void Reload(AlertmanagerConfig config)
    {
        Routing = GroupRouting.Compile(config);
        foreach (var group in groups.Values.ToArray())
        {
            groups.Remove(group.Id);
            if (Routing.Continue(group, Now) is { } next)
            {
                groups[next.Id] = next;
            }
        }

        foreach (var alert in alerts.Values.Where(alert => alert.IsFiring(Now)).ToArray())
        {
            Join(alert);
        }
    }

    public void Take(TrackedAlert taken) =>
        Join(alerts.TryGetValue(taken.Fingerprint, out var known) ? TrackedAlert.Merge(known, taken, Now) : taken);

    private void Join(TrackedAlert alert)
    {
        alerts[alert.Fingerprint] = alert;
        inhibition = inhibition.With(alert, Now);
        foreach (var (id, route) in Routing.GroupsOf(alert.Labels))
        {
            if (Group.Join(groups.GetValueOrDefault(id), id, alert, route.Options, Now) is { } group)
            {
                groups[id] = group;
            }
        }
    }

    /// <summary>The names of what is muted, and by whom: <c> (a b by mia)</c>; nothing where nothing is.</summary>
    public string Mutes(Notification notification) =>
        string.Concat(
            notification.Muted.Select(muted =>
                $" ({string.Join(' ', muted.Alerts.Select(each => alerts[each].Labels["name"]).Order(StringComparer.Ordinal))}"
                + $" by {(muted.Until is null ? "others" : muted.SilencedBy)})"
            )
        );

    public static string Names(Notification notification) =>
        string.Join(
            ' ',
            notification.Alerts.Select(alert =>
                (alert.Status(notification.Now) == AlertStatus.Firing ? "" : "-") + alert.Labels["name"]
            )
        );
}
