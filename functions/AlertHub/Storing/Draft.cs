using AlertHub.Alerts;
using AlertHub.Grouping;
using AlertHub.Muting;

namespace AlertHub.Storing;

/// <summary>
/// A state in the making: several changes, one after the other, at the price of one. Nobody sees it before
/// <see cref="State"/> is asked for. For one thread.
/// </summary>
public sealed class Draft(HubState from)
{
    private readonly Dictionary<GroupId, Group?> groups = [];
    private HubState state = from;
    private AlertMap.Builder? alerts;

    public HubState From { get; } = from;

    /// <summary>Where it differs from <see cref="From"/>.</summary>
    public Touched Touched { get; } = new();

    public HubState State
    {
        get
        {
            if (alerts is not null)
            {
                state = state with { Alerts = alerts.ToMap() };
                alerts = null;
            }

            if (groups.Count > 0)
            {
                var all = state.Groups.ToBuilder();
                foreach (var (id, group) in groups)
                {
                    if (group is null)
                    {
                        all.Remove(id);
                    }
                    else
                    {
                        all[id] = group;
                    }
                }

                state = state with { Groups = all.ToImmutable() };
                groups.Clear();
            }

            return state;
        }
    }

    public Group? Find(GroupId id) => groups.TryGetValue(id, out var group) ? group : state.Find(id);

    /// <summary><see cref="IAlertStore.IngestAsync"/>.</summary>
    public Taken Take(IReadOnlyList<Arrival> arrivals, HubRules rules, DateTimeOffset now)
    {
        var (alerts, known) = (new List<TrackedAlert>(), new List<int>());
        for (var i = 0; i < arrivals.Count; i++)
        {
            if (Hear(arrivals[i].MessageId, now))
            {
                alerts.AddRange(arrivals[i].Alerts);
            }
            else
            {
                known.Add(i);
            }
        }

        return Take(alerts, rules, now) with
        {
            Known = known,
        };
    }

    /// <summary>Takes note that a message came; false where it came before.</summary>
    private bool Hear(string? messageId, DateTimeOffset now)
    {
        if (state.Hearing(messageId, now) is not { } heard)
        {
            return false;
        }

        state = heard;
        if (messageId is not null)
        {
            Touched.Messages.Add(messageId);
        }

        return true;
    }

    /// <summary>Takes alerts: each is merged with what is known of it, and joins its groups.</summary>
    /// <param name="posted">As they were taken from their producer.</param>
    /// <param name="rules">Where they go.</param>
    /// <param name="now">When they came.</param>
    public Taken Take(IReadOnlyList<TrackedAlert> posted, HubRules rules, DateTimeOffset now)
    {
        alerts ??= state.Alerts.ToBuilder();
        var (inhibition, silences, made) = (state.Inhibition, state.Silences, new List<Silence>());
        var joined = new HashSet<GroupId>();
        var due = new Dictionary<GroupId, Group>();
        foreach (var each in posted)
        {
            var before = alerts.Find(each.Fingerprint);
            var alert = before is null ? each : TrackedAlert.Merge(before, each, now);
            alerts.Put(alert);
            Touched.Alerts.Add(alert.Fingerprint);
            if (rules.Autosilence.For(before, alert, silences, now) is { } silence)
            {
                silences = silences.With(silence);
                made.Add(silence);
                Touched.Silences.Add(silence.Id);
            }

            if (inhibition.IsSource(alert.Labels))
            {
                inhibition = inhibition.With(alert, now);
            }

            foreach (var (id, route) in rules.Routing.GroupsOf(alert.Labels))
            {
                var known = Find(id);
                var group = Group.Join(known, id, alert, route.Options, now);
                if (!ReferenceEquals(group, known))
                {
                    groups[id] = group;
                    Touched.Add(id, alert.Fingerprint);
                    if (group is not null && group.Due != known?.Due)
                    {
                        due[id] = group;
                    }
                }

                joined.Add(id);
            }
        }

        if (!ReferenceEquals(inhibition, state.Inhibition) || made.Count > 0)
        {
            state = state with { Inhibition = inhibition, Silences = silences };
        }

        return new()
        {
            Groups = [.. joined.Select(Find).OfType<Group>()],
            Due = [.. due.Values.SelectMany(DueWork.OfFlush)],
            Silences = made,
        };
    }

    /// <summary><see cref="IAlertStore.UpdateAsync"/>.</summary>
    public Group? Update(GroupId id, Func<Group?, Group?> change)
    {
        var known = Find(id);
        var group = change(known);
        if (!ReferenceEquals(group, known))
        {
            groups[id] = group;
            Touched.Groups[id] = null;
        }

        return group;
    }

    /// <summary><see cref="IAlertStore.UpdateSilencesAsync"/>.</summary>
    public void Update(Func<Silences, IReadOnlyList<Silence>> change)
    {
        var changed = change(state.Silences);
        state = state.With(changed);
        Touched.Silences.UnionWith(changed.Select(static silence => silence.Id));
    }

    /// <summary>Any change, of whatever: all of it is compared.</summary>
    public void Change(Func<HubState, HubState> change)
    {
        var before = State;
        state = change(before);
        Touched.AddDifferences(before, state);
    }
}
