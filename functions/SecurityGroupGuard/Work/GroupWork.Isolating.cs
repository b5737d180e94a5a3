using SecurityGroupGuard.Events;
using SecurityGroupGuard.Planning;
using SecurityGroupGuard.Policies;
using SecurityGroupGuard.Rules;
using SecurityGroupGuard.Storage;

namespace SecurityGroupGuard.Work;

/// <summary>Interfaces are kept apart where what was opened for them is forbidden, and policy has a group for that.</summary>
internal sealed partial class GroupWork
{
    /// <summary>
    /// From what the event says, not from what is left to undo: after a crash the rules may be gone already and the interfaces
    /// not yet apart.
    /// </summary>
    private async Task<IReadOnlyList<Step>> IsolationAsync(
        ChangeEvent change,
        Policy policy,
        SecurityGroup? group,
        Plan plan,
        EventRecord? begun,
        CancellationToken cancellationToken
    ) =>
        group is not null
        && (plan.Steps.Count > 0 || begun is { Steps.Count: > 0 })
        && policy.QuarantineOf(group.Vpc) is { } quarantine
        && quarantine != group.Id.Id
        && OpensForbidden(change.Change, policy, group)
            ? await carrying.IsolationAsync(group.Id, quarantine, cancellationToken).ConfigureAwait(false)
            : [];

    private static bool OpensForbidden(Change change, Policy policy, SecurityGroup group) =>
        change switch
        {
            Change.Added added => added.Rules.Any(rule => policy.Forbids(rule.Traffic)),
            // Unless EC2 shows the way of the rule, the way in is what matters.
            Change.Modified modified => modified.Rules.Any(rule =>
                policy.Forbids(rule.In(group.Find(rule.Id)?.Traffic.Direction ?? Rules.Direction.Ingress).Traffic)
            ),
            _ => false,
        };
}
