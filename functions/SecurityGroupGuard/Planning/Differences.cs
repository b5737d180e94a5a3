using SecurityGroupGuard.Rules;

namespace SecurityGroupGuard.Planning;

/// <summary>How rules differ from those that should be there.</summary>
internal sealed record Differences
{
    /// <summary>Are there and should not be.</summary>
    public required IReadOnlyList<Rule> Extra { get; init; }

    /// <summary>Should be there and are not.</summary>
    public required IReadOnlyList<Rule> Missing { get; init; }

    /// <summary>The same rule with other traffic or another description.</summary>
    public required IReadOnlyList<(Rule Now, Rule Before)> Changed { get; init; }

    /// <summary>As they should be.</summary>
    public required IReadOnlyList<Rule> Same { get; init; }

    /// <summary>
    /// Rules belong together by their id, else, where neither has another of its id, by their traffic: one of them was
    /// authorised again. A rule that is in the way of another one, having its traffic, counts as touched, too.
    /// </summary>
    public static Differences Between(SecurityGroup now, SecurityGroup approved, Touched touched)
    {
        List<Rule> extra = [];
        List<(Rule, Rule)> changed = [];
        List<Rule> same = [];
        var seen = new HashSet<Rule>(ReferenceEqualityComparer.Instance);
        var waiting = new Queue<Rule>(now.Rules.Where(touched.Has));
        while (waiting.TryDequeue(out var rule))
        {
            if (!seen.Add(rule))
            {
                continue;
            }

            var before = approved.Find(rule.Id) ?? Recreated(rule, now, approved);
            if (before is null)
            {
                extra.Add(rule);
            }
            else if (rule.Says(before))
            {
                same.Add(rule);
            }
            else
            {
                changed.Add((rule, before with { Id = rule.Id }));
                if (now.Rules.FirstOrDefault(other => other.Traffic == before.Traffic && other != rule) is { } inTheWay)
                {
                    waiting.Enqueue(inTheWay);
                }
            }
        }

        return new()
        {
            Extra = extra,
            Changed = changed,
            Same = same,
            Missing =
            [
                .. approved.Rules.Where(before =>
                    touched.Has(before)
                    && now.Find(before.Id) is null
                    && !now.Rules.Any(rule =>
                        rule.Traffic == before.Traffic
                        && (approved.Find(rule.Id) is not { } own || own.Traffic == before.Traffic)
                    )
                ),
            ],
        };
    }

    private static Rule? Recreated(Rule rule, SecurityGroup now, SecurityGroup approved) =>
        approved.Find(rule.Traffic) is { } before && now.Find(before.Id) is null ? before : null;
}
