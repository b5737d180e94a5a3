using System.Text;
using Microsoft.Extensions.Logging;
using SecurityGroupGuard.Events;
using SecurityGroupGuard.Notices;
using SecurityGroupGuard.Planning;
using SecurityGroupGuard.Policies;
using SecurityGroupGuard.Rules;
using SecurityGroupGuard.Storage;

namespace SecurityGroupGuard.Work;

/// <summary>Groups compared with their baselines, for events that never came, and changes whose time is over.</summary>
internal sealed partial class GroupWork
{
    public async Task CompareAsync(GroupId id, CancellationToken cancellationToken)
    {
        var record = await table.LoadAsync(id, cancellationToken).ConfigureAwait(false);
        var policy = await policies.GetAsync(cancellationToken).ConfigureAwait(false);
        if (
            record.Baseline is not { } baseline
            || (baseline.IsDerived && record.Grants.Count == 0)
            || policy.IsExempt(ApprovedTags(baseline))
            || !policy.IsInScope(baseline.Group)
        )
        {
            return;
        }

        var now = time.GetUtcNow();
        if (await carrying.DescribeAsync(id, cancellationToken).ConfigureAwait(false) is not { } group)
        {
            await hub.TellAsync(
                    Notice.OfDrift(
                        id,
                        baseline.Group,
                        new([], [new(id.Id, LeftReason.GroupGone, "there is no such group any more")]),
                        now
                    ),
                    cancellationToken
                )
                .ConfigureAwait(false);
            return;
        }

        var planner = new Planner(policy, subject => record.IsFought(subject, policy.Fight, "", now));
        var plan = Planning.Drift.Plan(planner.Drift(group, baseline), record, policy.Reconcile, now);
        var mode = policy.ModeOf(ApprovedTags(baseline));
        var (results, after) = await carrying
            .CarryOutAsync(
                id,
                plan.Due,
                mode,
                seen => seen is null ? Planning.Plan.Nothing : planner.Drift(seen, baseline),
                cancellationToken
            )
            .ConfigureAwait(false);
        var next = record with
        {
            Baseline = after is null ? baseline : baseline.Rebound(after),
            Differs = plan.Differs,
            Grants = [.. record.Grants.Where(grant => grant.Until > now)],
        };
        next = mode == Mode.Enforce ? next.WithUndone(plan.Due, $"drift {now:O}", policy.Fight, now) : next;
        if (Differ(next, record))
        {
            await SaveAsync(next, record, cancellationToken).ConfigureAwait(false);
        }

        var outcome = new Results(results, plan.Left);
        foreach (var step in results)
        {
            Did(id, "none", step.What, $"{step.Outcome}", Redo(step));
        }

        if (results.Count > 0 || plan.Left.Any(static left => left.Why is LeftReason.ToldOnly or LeftReason.Fight))
        {
            await hub.TellAsync(Notice.OfDrift(id, group, outcome, now), cancellationToken).ConfigureAwait(false);
        }
    }

    private static bool Differ(GroupRecord next, GroupRecord before) =>
        next.Baseline != before.Baseline
        || next.Grants.Count != before.Grants.Count
        || next.Undone.Count != before.Undone.Count
        || !next.Differs.OrderBy(static d => d.Key).SequenceEqual(before.Differs.OrderBy(static d => d.Key));

    /// <summary>An event that waited for the rules before it has them now; it is undone as if there had been a baseline.</summary>
    private async Task RememberAsync(
        GroupId id,
        string waiting,
        IReadOnlyList<Rule> before,
        CancellationToken cancellationToken
    )
    {
        var record = await table.LoadAsync(id, cancellationToken).ConfigureAwait(false);
        var kept = await table.LoadAsync(id, waiting, cancellationToken).ConfigureAwait(false);
        var group = await carrying.DescribeAsync(id, cancellationToken).ConfigureAwait(false);
        var still = record with { Waiting = [.. record.Waiting.Where(each => each != waiting)] };
        if (
            kept?.Body is not { } body
            || group is null
            || GuardEvent.Read(Encoding.UTF8.GetBytes(body), time.GetUtcNow())
                is not GuardEvent.Changes { Events: var events }
            || events.FirstOrDefault(each => each.Group == id && KeyOf(each) == waiting) is not { } change
        )
        {
            await SaveAsync(still, record, cancellationToken).ConfigureAwait(false);
            return;
        }

        if (Memory.Before(change, group, before) is not { } remembered)
        {
            NotRemembered(id, waiting);
            return;
        }

        var baseline = (record.Baseline ?? Baseline.Found(group, change, time.GetUtcNow())) with
        {
            Group = remembered.In(record.Baseline?.Group ?? group),
            // What it says of these rules is known now.
            Since = change.At,
        };
        await SaveAsync(still with { Baseline = baseline }, record, cancellationToken).ConfigureAwait(false);
        await table
            .SaveAsync(id, kept with { IsFinished = false }, time.GetUtcNow(), cancellationToken)
            .ConfigureAwait(false);
        await ChangedAsync(change, body, cancellationToken).ConfigureAwait(false);
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "{Group}: AWS Config's item does not say what the rules of event {Event} were before"
    )]
    private partial void NotRemembered(GroupId group, string @event);
}
