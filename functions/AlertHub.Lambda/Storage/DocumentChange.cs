using AlertHub.Alerts;
using AlertHub.Grouping;
using AlertHub.Routing;
using AlertHub.Storing;

namespace AlertHub.Lambda.Storage;

/// <summary>What is to become of a document. The functions that make one are pure.</summary>
/// <param name="State">What it is to hold; its own state where nothing is to change.</param>
/// <param name="Rules">The configuration under which its group was put together.</param>
/// <param name="Expires">When it may be forgotten; null for never.</param>
internal sealed record DocumentChange(HubState State, long Rules, DateTimeOffset? Expires = null)
{
    /// <summary>As long as other stores keep them where nobody says otherwise.</summary>
    private static readonly Retention Usual = new();

    /// <summary>What expires is deleted by DynamoDB some time later, or not: nobody goes by it.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromHours(1);

    /// <summary>Nothing is left of it.</summary>
    public bool IsOver => State.Alerts.IsEmpty && State.Groups.IsEmpty && !State.Silences.All.Any();

    public static DocumentChange None(Document document) => new(document.State, document.Rules);

    /// <summary>The group's document with another group, or none, in its place.</summary>
    /// <param name="document">As it is.</param>
    /// <param name="id">The group's.</param>
    /// <param name="group">What it is to be.</param>
    /// <param name="rules">Under which it was put together.</param>
    /// <param name="now">What ended long before is forgotten.</param>
    public static DocumentChange Group(Document document, GroupId id, Group? group, long rules, DateTimeOffset now) =>
        ReferenceEquals(document.State.Find(id), group) && rules == document.Rules
            ? None(document)
            : Of(document.State.With(id, group), rules, now);

    /// <summary>The group's document after alerts of the group came: <see cref="Draft"/> for one group.</summary>
    public static DocumentChange Take(
        Document document,
        GroupId id,
        RouteNode route,
        IReadOnlyList<TrackedAlert> posted,
        long rules,
        Arriving arriving
    )
    {
        var group = document.State.Find(id);
        var (alerts, joined) = (document.State.Alerts.ToBuilder(), group);
        foreach (var each in posted)
        {
            var (alert, isNews) = arriving.Merge(alerts, each);
            if (isNews || joined?.Alerts.ContainsKey(alert.Fingerprint) is not true)
            {
                joined = Grouping.Group.Join(joined, id, alert, route.Options, arriving.Now);
            }
        }

        return Taken(document, id, alerts.ToMap(), joined, rules, arriving.Now);
    }

    /// <summary>The group's document after alerts of another group moved there.</summary>
    public static DocumentChange Moved(Document document, Move move, long rules, DateTimeOffset now)
    {
        var (alerts, group) = (document.State.Alerts.ToBuilder(), document.State.Find(move.To));
        foreach (var alert in move.Alerts.Select(static moved => moved.Alert))
        {
            if (!(alerts.Find(alert.Fingerprint)?.UpdatedAt >= alert.UpdatedAt))
            {
                alerts.Put(alert);
            }
        }

        return Taken(document, move.To, alerts.ToMap(), move.Apply(group, now), rules, now);
    }

    /// <summary>The document of the alerts that inhibit, after some of them came.</summary>
    public static DocumentChange Know(Document document, IEnumerable<TrackedAlert> sources, Arriving arriving)
    {
        var alerts = document.State.Alerts.ToBuilder();
        var isChanged = false;
        foreach (var source in sources)
        {
            // What they say to people nobody asks them here.
            isChanged |= arriving.Merge(alerts, Bare(source)).IsNews;
        }

        if (!isChanged)
        {
            return None(document);
        }

        foreach (var old in document.State.Alerts.Values.Where(alert => IsOld(alert, arriving.Now)))
        {
            alerts.Remove(old.Fingerprint);
        }

        return new(document.State with { Alerts = alerts.ToMap() }, document.Rules);
    }

    /// <summary>The document without what is over.</summary>
    public static DocumentChange Pruned(Document document, Retention retention, DateTimeOffset now)
    {
        var left = document.State.Retained(now, retention);
        return
            left.Alerts.Count == document.State.Alerts.Count
            && left.Groups.Values.SequenceEqual(document.State.Groups.Values, ReferenceEqualityComparer.Instance)
            && ReferenceEquals(left.Silences, document.State.Silences)
            ? None(document)
            : Of(left, document.Rules, now);
    }

    private static DocumentChange Taken(
        Document document,
        GroupId id,
        AlertMap known,
        Group? joined,
        long rules,
        DateTimeOffset now
    )
    {
        var group = document.State.Find(id);
        return ReferenceEquals(known, document.State.Alerts) && ReferenceEquals(joined, group)
            ? None(document)
            : Of(document.State.With(id, joined) with { Alerts = known }, group is null ? rules : document.Rules, now);
    }

    private static TrackedAlert Bare(TrackedAlert alert) =>
        alert with
        {
            Alert = alert.Alert with { Annotations = Labels.Empty, GeneratorUrl = null },
        };

    private static DocumentChange Of(HubState state, long rules, DateTimeOffset now)
    {
        var members = state.Groups.Values.Sum(static group => group.Alerts.Count);
        var kept = state.Alerts.Count > members ? WithoutOthers(state, now) : state;
        return new(kept, rules, kept.Groups.IsEmpty ? Ends(kept) : null);
    }

    /// <summary>
    /// Without alerts that are not in the group: what fires is another group's by now, and what ended is known for a while,
    /// so that older news of it, which come later, are not believed.
    /// </summary>
    private static HubState WithoutOthers(HubState state, DateTimeOffset now)
    {
        var members = state.Groups.Values.FirstOrDefault()?.Alerts ?? AlertMap.Empty;
        return state with
        {
            Alerts = state.Alerts.Without(
                state
                    .Alerts.Values.Where(alert =>
                        !members.ContainsKey(alert.Fingerprint) && (alert.IsFiring(now) || IsOld(alert, now))
                    )
                    .Select(static alert => alert.Fingerprint)
            ),
        };
    }

    private static bool IsOld(TrackedAlert alert, DateTimeOffset now) => alert.Alert.EndsAt + Usual.EndedAlerts <= now;

    private static DateTimeOffset? Ends(HubState state) =>
        state.Silences.All.Any() || state.Alerts.Values.Any(static alert => alert.Alert.EndsAt is null)
            ? null
            : state.Alerts.Values.Select(static alert => alert.Alert.EndsAt).Max() + Usual.EndedAlerts + Slack;
}
