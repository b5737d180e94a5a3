using SecurityGroupGuard.Events;
using SecurityGroupGuard.Policies;
using SecurityGroupGuard.Rules;

namespace SecurityGroupGuard.Planning;

/// <summary>
/// From an unauthorised change, or a difference from the baseline, to the fewest steps that undo it and nothing else. It makes
/// what the event touched what the baseline says, so that neither the order of events nor how often they come matters.
/// </summary>
/// <param name="policy">What is allowed to anyone, and what must not be opened.</param>
/// <param name="isFought">Whether the undoing of a step's subject has become a fight.</param>
internal sealed class Planner(Policy policy, Func<string, bool> isFought)
{
    /// <param name="change">Unauthorised, and not failed.</param>
    /// <param name="now">The group as it is; null where there is none any more.</param>
    /// <param name="baseline">What should be; null where nobody knows.</param>
    public Plan Undo(ChangeEvent change, SecurityGroup? now, Baseline? baseline)
    {
        if (change.Change is Change.Applied applied)
        {
            return Only(new(applied.What, LeftReason.ToldOnly, "no rule of the group changed"));
        }

        if (now is null)
        {
            return Only(
                change.Change is Change.Deleted
                    ? new(
                        change.Group.Id,
                        LeftReason.ToldOnly,
                        "the group was deleted, and a new one would have another id; make it anew from its baseline"
                    )
                    : new(change.Group.Id, LeftReason.GroupGone, "there is no such group any more")
            );
        }

        return change.Change switch
        {
            Change.RulesTagged or Change.RulesUntagged => Plan.Nothing,
            Change.Deleted => Only(new(change.Group.Id, LeftReason.Done, "the group is there")),
            Change.Created => Created(now, baseline),
            Change.Unknown unknown when baseline is null => Only(Unknown($"{change.Name}: {unknown.Why}")),
            _ when baseline is null => Only(Unknown(Describe(change.Change))),
            _ when !baseline.IsDerived && baseline.IsAfter(change) => Only(
                new(
                    Describe(change.Change),
                    LeftReason.Stale,
                    $"a baseline was taken after it ({baseline.By}), which has what it did"
                )
            ),
            Change.Tagged or Change.Untagged => Tags(change.Change, now, baseline.Group),
            Change.Unknown => Restore(now, baseline.Group, Touched.Everything),
            Change.Modified or Change.Described when baseline.MayHold(change) => Guessed(change, now, baseline),
            _ => Restore(now, baseline.Group, Touched.By(change.Change, baseline.Group)),
        };
    }

    /// <summary>What is as in a baseline that was derived after the event is what the event may have made it.</summary>
    private Plan Guessed(ChangeEvent change, SecurityGroup now, Baseline baseline)
    {
        var plan = Restore(now, baseline.Group, Touched.By(change.Change, baseline.Group));
        return plan with
        {
            Left = [.. plan.Left.Select(static left => left.Why == LeftReason.Done ? Unknown(left.What) : left)],
        };
    }

    /// <summary>All that is not as the baseline says, whoever did it and whenever.</summary>
    public Plan Drift(SecurityGroup now, Baseline baseline)
    {
        var rules = Restore(now, baseline.Group, Touched.Everything);
        var tags = RestoreTags(
            now.Tags.Concat(baseline.Group.Tags).Select(static tag => tag.Key).Distinct().Where(policy.Minds),
            now,
            baseline.Group
        );
        return new() { Steps = [.. rules.Steps, .. tags], Left = rules.Left };
    }

    private Plan Restore(SecurityGroup now, SecurityGroup approved, Touched touched)
    {
        var differences = Differences.Between(now, approved, touched);
        var left = differences
            .Same.Select(static rule => new Left($"{rule}", LeftReason.Done, "it is as it was"))
            .ToList();
        List<Step.Revoke> revokes = [];
        List<Step.Modify> modifies = [];
        List<Step> rest = [];
        foreach (var rule in differences.Extra)
        {
            if (policy.Approves(rule.Traffic))
            {
                left.Add(new($"{rule}", LeftReason.Approved, "policy lets anyone let this through"));
            }
            else
            {
                revokes.Add(new(rule) { Reason = "it was added without authorisation" });
            }
        }

        foreach (var (rule, before) in differences.Changed)
        {
            if (rule.Traffic == before.Traffic)
            {
                rest.Add(new Step.Describe(rule, before.Description) { Reason = "its description was changed" });
            }
            else if (policy.RevokedRules == RevokedRules.Leave && before.Traffic.Covers(rule.Traffic))
            {
                left.Add(Narrowed($"{rule} (was {before})"));
            }
            else if (!policy.Forbids(before.Traffic) || rule.Traffic.Covers(before.Traffic))
            {
                modifies.Add(new(rule, before) { Reason = "it was changed without authorisation" });
            }
            else
            {
                left.Add(Forbidden(before));
                // What it became may go all the same; what is in the old one was open before.
                if (!before.Traffic.Covers(rule.Traffic) && !policy.Approves(rule.Traffic))
                {
                    revokes.Add(new(rule) { Reason = "it was changed into what was not let through before" });
                }
            }
        }

        foreach (var rule in differences.Missing)
        {
            if (policy.RevokedRules == RevokedRules.Leave)
            {
                left.Add(Narrowed($"{rule}"));
            }
            else if (policy.Forbids(rule.Traffic))
            {
                left.Add(Forbidden(rule));
            }
            else
            {
                rest.Add(new Step.Authorize(rule) { Reason = "it was revoked without authorisation" });
            }
        }

        var ordered = Modifications.Order(modifies, revokes, now, policy.Approves);
        return WithoutFights([.. ordered, .. rest.OfType<Step.Describe>(), .. rest.OfType<Step.Authorize>()], left);
    }

    private Plan Created(SecurityGroup now, Baseline? baseline) =>
        baseline is not null ? Only(new(now.Id.Id, LeftReason.Done, "the group has a baseline since"))
        : policy.CreatedGroups == CreatedGroups.Delete
            ? WithoutFights([new Step.Delete(now.Id) { Reason = "it was created without authorisation" }], [])
        : Only(new(now.Id.Id, LeftReason.ToldOnly, "policy leaves groups that were created without authorisation"));

    private Plan Tags(Change change, SecurityGroup now, SecurityGroup approved)
    {
        // Whoever removes tags without naming one removes all of them.
        var keys = change switch
        {
            Change.Tagged tagged => tagged.Tags.Select(static tag => tag.Key),
            Change.Untagged { Tags.Count: > 0 } untagged => untagged.Tags.Keys,
            _ => approved.Tags.Select(static tag => tag.Key),
        };
        string[] minded = [.. keys.Where(policy.Minds)];
        var steps = RestoreTags(minded, now, approved);
        return steps.Count > 0 ? WithoutFights(steps, [])
            : minded.Length > 0 ? Only(new(string.Join(", ", minded), LeftReason.Done, "the tags are as they were"))
            : Plan.Nothing;
    }

    private static IReadOnlyList<Step> RestoreTags(
        IEnumerable<string> keys,
        SecurityGroup now,
        SecurityGroup approved
    ) =>
        [
            .. keys.Where(key => now.Tags[key] != approved.Tags[key])
                .Select<string, Step>(key =>
                    approved.Tags[key] is { } value
                        ? new Step.Tag(key, value) { Reason = "the guard decides by it" }
                        : new Step.Untag(key, now.Tags[key] ?? "")
                        {
                            Reason = "the guard decides by it, and nobody approved it",
                        }
                ),
        ];

    private Plan WithoutFights(IReadOnlyList<Step> steps, IReadOnlyList<Left> left) =>
        new()
        {
            Steps = [.. steps.Where(step => !isFought(step.Subject))],
            Left =
            [
                .. left,
                .. steps
                    .Where(step => isFought(step.Subject))
                    .Select(static step => new Left(
                        $"{step}",
                        LeftReason.Fight,
                        "it was undone again and again; somebody, or something, does it anew each time"
                    )),
            ],
        };

    private static Plan Only(Left left) => new() { Left = [left] };

    private static Left Narrowed(string what) =>
        new(what, LeftReason.Narrowed, "it lets through less than before, and policy leaves that");

    private static Left Forbidden(Rule rule) =>
        new($"{rule}", LeftReason.Forbidden, "it was there before, but policy forbids to open it again");

    private static Left Unknown(string what) =>
        new(what, LeftReason.Unknown, "the event does not say what was there before, and no baseline of then is known");

    private static string Describe(Change change) =>
        change switch
        {
            Change.Added added => $"added {Joined(added.Rules)}",
            Change.Revoked revoked =>
                $"revoked {string.Join("; ", [.. revoked.Rules.Select(static rule => $"{rule}"), .. revoked.Ids])}",
            Change.Modified modified =>
                $"modified {string.Join("; ", modified.Rules.Select(static rule => $"{rule.Id} to {rule.Protocol} {rule.From}-{rule.To} {rule.Peer}"))}",
            Change.Described described =>
                $"described {string.Join("; ", described.Rules.Select(static rule => $"{rule.Id ?? $"{rule.Traffic}"} as \"{rule.Description}\""))}",
            Change.RulesTagged or Change.RulesUntagged => "changed tags of rules",
            Change.Tagged tagged => $"tagged {tagged.Tags}",
            Change.Untagged untagged => $"untagged {string.Join(", ", untagged.Tags.Keys)}",
            Change.Created created => $"created {created.Name}",
            Change.Deleted => "deleted the group",
            Change.Applied applied => applied.What,
            Change.Unknown unknown => unknown.Why,
            _ => $"{change}",
        };

    private static string Joined(IReadOnlyList<Rule> rules) =>
        string.Join("; ", rules.Select(static rule => $"{rule}"));
}
