using SecurityGroupGuard.Rules;

namespace SecurityGroupGuard.Planning;

/// <summary>
/// In which order rules can be brought back in place: EC2 takes no rule whose traffic another one has at that moment. Where
/// rules have changed places, one of them gives way and loses its id.
/// </summary>
internal static class Modifications
{
    /// <returns>Revokes first, which close what is open and make room; then modifications, and what replaces such.</returns>
    public static IReadOnlyList<Step> Order(
        IReadOnlyList<Step.Modify> modifies,
        IReadOnlyList<Step.Revoke> revokes,
        SecurityGroup now,
        Func<Traffic, bool> approves
    )
    {
        var first = revokes.ToList();
        List<Step> then = [];
        List<Step> last = [];
        var waiting = modifies.ToList();
        var there = now
            .Rules.Where(rule => !revokes.Any(revoke => revoke.Rule.Id == rule.Id))
            .ToDictionary(static rule => rule.Traffic);
        while (waiting.Count > 0)
        {
            var free = waiting.Find(step => !there.ContainsKey(step.To.Traffic));
            if (free is not null)
            {
                waiting.Remove(free);
                there.Remove(free.From.Traffic);
                there[free.To.Traffic] = free.To;
                then.Add(free);
                continue;
            }

            var stuck = waiting[0];
            waiting.RemoveAt(0);
            var isInCycle = waiting.Exists(step => step.From.Traffic == stuck.To.Traffic);
            if (!isInCycle && approves(stuck.From.Traffic))
            {
                // What it was is there as another rule, which stays, and so may what it became.
                continue;
            }

            first.Add(new(stuck.From) { Reason = stuck.Reason });
            there.Remove(stuck.From.Traffic);
            if (isInCycle)
            {
                last.Add(new Step.Authorize(stuck.To) { Reason = stuck.Reason });
            }
        }

        return [.. first, .. then, .. last];
    }
}
