using SecurityGroupGuard.Events;
using SecurityGroupGuard.Rules;

namespace SecurityGroupGuard.Planning;

/// <summary>What modified rules were before, as AWS Config tells it: it knows all rules of a group, and no ids.</summary>
/// <param name="Rules">Each with the id of the rule that it was.</param>
internal sealed record Memory(IReadOnlyList<Rule> Rules)
{
    /// <summary>
    /// Each modified rule was one of those that are no more; which one is told by what they still have in common. Null where
    /// that does not tell one from another.
    /// </summary>
    /// <param name="change">With modified rules.</param>
    /// <param name="now">The group as it is.</param>
    /// <param name="before">Its rules before, without ids.</param>
    public static Memory? Before(ChangeEvent change, SecurityGroup now, IReadOnlyList<Rule> before)
    {
        if (change.Change is not Change.Modified modified)
        {
            return null;
        }

        var gone = before
            .Where(old => now.Find(old.Traffic) is not { } same || same.Description != old.Description)
            .ToList();
        List<Rule> found = [];
        foreach (var rule in modified.Rules.Select(rule => now.Find(rule.Id)))
        {
            if (rule is null)
            {
                continue;
            }

            var likely = gone.Where(old => old.Traffic.Direction == rule.Traffic.Direction)
                .GroupBy(old => Likeness(old, rule))
                .MaxBy(static group => group.Key)
                ?.ToArray();
            if (likely is not [var old])
            {
                return null;
            }

            gone.Remove(old);
            found.Add(old with { Id = rule.Id, Tags = rule.Tags });
        }

        return found.Count > 0 ? new(found) : null;
    }

    /// <summary>A group with these rules in the place of those of the same ids.</summary>
    public SecurityGroup In(SecurityGroup group) =>
        group with
        {
            Rules = [.. group.Rules.Where(rule => Rules.All(old => old.Id != rule.Id)), .. Rules],
        };

    private static int Likeness(Rule old, Rule now) =>
        (old.Traffic.Peer == now.Traffic.Peer ? 4 : 0)
        + (old.Traffic.Protocol == now.Traffic.Protocol ? 1 : 0)
        + (old.Traffic.From == now.Traffic.From && old.Traffic.To == now.Traffic.To ? 2 : 0);
}
