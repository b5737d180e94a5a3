using AlertHub.Alerts;
using AlertHub.Grouping;
using AlertHub.Muting;
using AlertHub.Routing;

namespace AlertHub.Explaining;

/// <summary>
/// Why somebody is or is not told of an alert: what the rules themselves answer when they are asked about it now, and
/// about each of its groups as of the moment at which that is due.
/// </summary>
public sealed record Explanation
{
    public required TrackedAlert Alert { get; init; }

    public required DateTimeOffset Now { get; init; }

    /// <summary>Every route that had a say.</summary>
    public required RouteVisit Routes { get; init; }

    public required AlertMute Mute { get; init; }

    /// <summary>Those that mute it.</summary>
    public required IReadOnlyList<Silence> Silences { get; init; }

    /// <summary>The groups it belongs to, in the order of their routes.</summary>
    public required IReadOnlyList<GroupExplanation> Groups { get; init; }

    /// <param name="alert">As it is known now.</param>
    /// <param name="routing">The configuration's routes.</param>
    /// <param name="find">The group as it is stored, or null.</param>
    /// <param name="muters">What may keep alerts from being told.</param>
    /// <param name="now">When it is asked.</param>
    public static Explanation Of(
        TrackedAlert alert,
        GroupRouting routing,
        Func<GroupId, Group?> find,
        Muters muters,
        DateTimeOffset now
    )
    {
        var mute = muters.Mute(alert.Labels, now);
        return new()
        {
            Alert = alert,
            Now = now,
            Routes = routing.Tree.Explain(alert.Labels),
            Mute = mute,
            Silences = [.. mute.SilencedBy.Select(muters.Silences.Find).OfType<Silence>()],
            Groups =
            [
                .. from to in routing.GroupsOf(alert.Labels)
                let route = routing.RouteOf(to.Id)
                where route is not null
                select GroupExplanation.Of(to.Id, find(to.Id), route, muters, now),
            ],
        };
    }
}

/// <summary>One group of an alert: where it goes, when it is flushed next and what that flush will do if nothing changes.</summary>
public sealed record GroupExplanation
{
    public required GroupId Id { get; init; }

    /// <summary>The route whose options hold now.</summary>
    public required RouteNode Route { get; init; }

    /// <summary>Why the route tells nobody now; null where it does.</summary>
    public required TimeMute? TimeMute { get; init; }

    /// <summary>Null where there is none: the alert had ended before it came, or its end was told.</summary>
    public required Group? Group { get; init; }

    /// <summary>
    /// Decided as of the moment at which the group is due, or of now where that has passed; null where it has no alert left to
    /// decide about.
    /// </summary>
    public required Flush? Next { get; init; }

    internal static GroupExplanation Of(GroupId id, Group? group, GroupRoute route, Muters muters, DateTimeOffset now)
    {
        var (node, timeMute) = route.At(muters.Intervals, now);
        return new()
        {
            Id = id,
            Route = node,
            TimeMute = timeMute,
            Group = group,
            Next =
                group is null || group.Alerts.IsEmpty
                    ? null
                    : Flush.Decide(group, group.Due, group.Due > now ? group.Due : now, route, muters),
        };
    }
}
