using AlertHub.Alerts;
using AlertHub.Grouping;

namespace AlertHub.Storing;

/// <summary>What becomes of the state when rules change.</summary>
public static class Reloading
{
    /// <summary>
    /// The state under other rules: every group goes on as far as it has a route, what fires joins the groups that it
    /// belongs to now, and what inhibits does so at once.
    /// </summary>
    public static HubState Under(this HubState state, HubRules rules, DateTimeOffset now)
    {
        TrackedAlert[] firing = [.. state.Alerts.Values.Where(alert => alert.IsFiring(now))];
        var continued = state.Groups.ToBuilder();
        foreach (var (id, group) in state.Groups)
        {
            if (rules.Routing.Continue(group, now) is not { } next)
            {
                continued.Remove(id);
            }
            else if (!ReferenceEquals(next, group))
            {
                continued[id] = next;
            }
        }

        var draft = new Draft(
            state with
            {
                Groups = continued.ToImmutable(),
                Inhibition = rules.Inhibition.With(firing, now),
            }
        );
        draft.Take(firing, rules, now);
        return state.Groups.Values.Aggregate(draft.State, (all, group) => all.Inheriting(group, rules.Routing, now));
    }

    /// <summary>
    /// What was told to fire in a group and goes elsewhere now is owed its end there, if the same receiver hears of it: also
    /// what has ended already.
    /// </summary>
    private static HubState Inheriting(this HubState state, Group old, GroupRouting routing, DateTimeOffset now)
    {
        var integrations = old
            .Announcements.Select(static told => told.Integration)
            .Union(old.Deliveries.Select(static delivery => delivery.Integration));
        var owed =
            from integration in integrations
            from fingerprint in old.Believed(integration)
            where
                old.Alerts.ContainsKey(fingerprint)
                && state.Find(old.Id)?.Alerts.ContainsKey(fingerprint) is not true
                && state.Alerts.ContainsKey(fingerprint)
            let alert = state.Alerts[fingerprint]
            from to in routing.GroupsOf(alert.Labels)
            where to.Id.Receiver == old.Id.Receiver
            select (integration, alert, to.Id, to.Route);
        foreach (var (integration, alert, id, route) in owed.ToArray())
        {
            var group = state.Find(id) ?? new() { Id = id, Due = DateTimeOffset.MaxValue };
            var joined = group.Alerts.ContainsKey(alert.Fingerprint)
                ? group
                : group with
                {
                    Alerts = group.Alerts.Add(alert.Fingerprint, alert),
                    Due = group.Alerts.IsEmpty ? now + route.Options.GroupWait : group.Due,
                    Version = group.Version + 1,
                };
            state = state.With(id, joined.Owing(integration, FingerprintSet.Of(alert.Fingerprint)));
        }

        return state;
    }
}
