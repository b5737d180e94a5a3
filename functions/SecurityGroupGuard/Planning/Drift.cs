using SecurityGroupGuard.Policies;
using SecurityGroupGuard.Rules;
using SecurityGroupGuard.Storage;

namespace SecurityGroupGuard.Planning;

/// <summary>Which differences from a baseline are acted upon now.</summary>
/// <param name="Due">Steps to do.</param>
/// <param name="Left">The others, and why.</param>
/// <param name="Differs">All of them, and since when they are seen.</param>
internal sealed record Drift(
    IReadOnlyList<Step> Due,
    IReadOnlyList<Left> Left,
    IReadOnlyDictionary<string, DateTimeOffset> Differs
)
{
    /// <param name="plan">What would mend all of them.</param>
    /// <param name="record">Of the group: since when they are seen, and what may stay for a time.</param>
    /// <param name="reconcile">How long they may be on their way, and what becomes of them.</param>
    /// <param name="now">The time.</param>
    public static Drift Plan(Plan plan, GroupRecord record, Reconcile reconcile, DateTimeOffset now)
    {
        List<Step> due = [];
        var left = plan.Left.Where(static each => each.Why != LeftReason.Done).ToList();
        Dictionary<string, DateTimeOffset> differs = new(StringComparer.Ordinal);
        foreach (var step in plan.Steps)
        {
            var seen = differs[$"{step}"] = record.Differs.TryGetValue($"{step}", out var at) ? at : now;
            var grant = RuleOf(step) is { } rule
                ? record.Grants.Where(each => each.Covers(rule)).MaxBy(static each => each.Until)
                : null;
            if (grant?.Until > now)
            {
                left.Add(
                    new($"{step}", LeftReason.BreakGlass, $"it was done in need, and may stay until {grant.Until:u}")
                );
            }
            else if (grant is not null)
            {
                due.Add(step with { Reason = $"it was done in need, and its time is over (event {grant.Event})" });
            }
            else if (record.Baseline is { IsDerived: true })
            {
                // Nobody approved the rest of it.
                differs.Remove($"{step}");
            }
            else if (now - seen < reconcile.Grace)
            {
                left.Add(new($"{step}", LeftReason.Young, "its event may be on the way yet"));
            }
            else if (reconcile.Drift == Policies.Drift.Undo)
            {
                due.Add(step with { Reason = "no event told of it" });
            }
            else
            {
                left.Add(new($"{step}", LeftReason.ToldOnly, "policy has drift told and not undone"));
            }
        }

        return new(due, left, differs);
    }

    private static Rule? RuleOf(Step step) =>
        step switch
        {
            Step.Revoke revoke => revoke.Rule,
            Step.Modify modify => modify.From,
            Step.Describe describe => describe.Rule,
            Step.Authorize authorize => authorize.Rule,
            _ => null,
        };
}
