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
        var regrouped = state
            .Groups.Values.Select(group => (group.Id, Regrouping: Regrouping.Of(group, rules.Routing, now)))
            .ToArray();
        var under = regrouped.Aggregate(state, static (all, group) => all.With(group.Id, group.Regrouping.Stays));
        under = regrouped
            .SelectMany(static group => group.Regrouping.Moves)
            .Aggregate(under, (all, move) => all.With(move.To, move.Apply(all.Find(move.To), now)));
        return under with
        {
            Inhibition = rules.Inhibition.With(under.Alerts.Values.Where(alert => alert.IsFiring(now)), now),
        };
    }
}
