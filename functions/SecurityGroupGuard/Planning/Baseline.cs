using SecurityGroupGuard.Events;
using SecurityGroupGuard.Rules;

namespace SecurityGroupGuard.Planning;

/// <summary>
/// A group as it should be: taken by a person, changed by every approved call since. Where there is none yet, the first
/// unauthorised change gives one: the group as it was before it.
/// </summary>
internal sealed record Baseline
{
    /// <summary>For so long it is remembered when an approved call changed a rule: EventBridge delivers for a day at most.</summary>
    private static readonly TimeSpan StampAge = TimeSpan.FromDays(2);

    public required SecurityGroup Group { get; init; }

    /// <summary>As of when it was taken or derived: what happened before is in it.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>
    /// Nobody took it: it is how the group was found, without what unauthorised events of before that have done. Each such
    /// event that is heard of takes out its own part, in any order.
    /// </summary>
    public bool IsDerived { get; init; }

    /// <summary>Of a derived one: ids of rules that unauthorised events added, so that to revoke one of them takes nothing away.</summary>
    public IReadOnlySet<string> Foreign { get; init; } = new HashSet<string>();

    /// <summary>Who took it or which event changed it last.</summary>
    public required string By { get; init; }

    /// <summary>One more with each change.</summary>
    public long Version { get; init; } = 1;

    /// <summary>
    /// When approved calls changed rules, by the rules' ids and traffic: of two calls for one rule the later one counts, in
    /// whatever order they are heard of.
    /// </summary>
    public IReadOnlyDictionary<string, DateTimeOffset> Stamps { get; init; } = new Dictionary<string, DateTimeOffset>();

    /// <summary>A group as it is now becomes the baseline.</summary>
    public static Baseline Take(SecurityGroup group, string by, DateTimeOffset now, Baseline? before = null) =>
        new()
        {
            Group = group,
            Since = now,
            By = by,
            Version = (before?.Version ?? 0) + 1,
        };

    /// <summary>Of a group that somebody made who may: EC2 gives it a rule or two that let all traffic out, and no other.</summary>
    public static Baseline Of(ChangeEvent change, Change.Created created, SecurityGroup group) =>
        new()
        {
            Group = group with { Tags = created.Tags, Rules = [.. group.Rules.Where(IsDefault)] },
            Since = change.At,
            By = $"event {change.Id}",
        };

    /// <summary>A group as it is found, with nothing taken out yet.</summary>
    public static Baseline Found(SecurityGroup group, ChangeEvent change, DateTimeOffset now) =>
        new()
        {
            Group = group,
            Since = now,
            IsDerived = true,
            By = $"derived from event {change.Id}",
        };

    /// <summary>A group as it was before an event, from how it is now; null where the event does not say enough for that.</summary>
    public static Baseline? Derive(ChangeEvent change, SecurityGroup group, DateTimeOffset now) =>
        (Found(group, change, now) with { Version = 0 }).Without(change);

    /// <summary>Whether a call was surely made before this was taken: CloudTrail tells the second.</summary>
    public bool IsAfter(ChangeEvent change) => change.At + TimeSpan.FromSeconds(1) <= Since;

    /// <summary>Whether an event is of before this was derived, so that what it did may be in it.</summary>
    public bool MayHold(ChangeEvent change) => IsDerived && change.At < Since;

    /// <summary>
    /// Without what an unauthorised event did that this may hold; null where the event does not tell what was there before.
    /// </summary>
    public Baseline? Without(ChangeEvent change)
    {
        var foreign = Foreign;
        SecurityGroup? group;
        switch (change.Change)
        {
            case Change.Added added:
                foreign = foreign.Concat(added.Rules.Select(static rule => rule.Id).OfType<string>()).ToHashSet();
                group = added.Rules.Aggregate(
                    Group,
                    static (all, rule) => Without(all, rule.Id, rule.Id is null ? rule.Traffic : null)
                );
                break;
            case Change.Revoked { Ids: [] } revoked:
                group = revoked
                    .Rules.Where(rule => rule.Id is not { } id || !foreign.Contains(id))
                    .Aggregate(Group, static (all, rule) => With(Without(all, rule.Id, null), rule));
                break;
            case Change.Tagged tagged:
                group = Group with
                {
                    Tags = tagged.Tags.Aggregate(Group.Tags, static (all, tag) => all.Without(tag.Key)),
                };
                break;
            case Change.Untagged { Tags.Count: > 0 } untagged
                when untagged.Tags.Values.All(static value => value is not null):
                group = Group with
                {
                    Tags = untagged.Tags.Aggregate(Group.Tags, static (all, tag) => all.With(tag.Key, tag.Value!)),
                };
                break;
            default:
                return null;
        }

        return this with
        {
            Group = group,
            Foreign = foreign,
            By = $"derived from event {change.Id}",
            Version = Version + 1,
        };
    }

    /// <summary>After an approved change.</summary>
    /// <param name="change">The change.</param>
    /// <param name="now">The group as it is, which shows the way of a rule that is new here; null where it is gone.</param>
    public Baseline After(ChangeEvent change, SecurityGroup? now)
    {
        if (IsAfter(change))
        {
            return this;
        }

        var stamps = Stamps
            .Where(stamp => stamp.Value > change.At - StampAge)
            .ToDictionary(static stamp => stamp.Key, static stamp => stamp.Value, StringComparer.Ordinal);
        var group = change.Change switch
        {
            Change.Added added => added.Rules.Aggregate(Group, Added),
            Change.Revoked revoked => revoked.Ids.Aggregate(
                revoked.Rules.Aggregate(Group, (group, rule) => Removed(group, rule.Id, rule.Traffic)),
                (group, id) => Removed(group, id, null)
            ),
            Change.Modified modified => modified.Rules.Aggregate(Group, Modified),
            Change.Described described => described.Rules.Aggregate(Group, Described),
            Change.Tagged { Tags: var tags } when IsNew(["tags"]) => Group with
            {
                Tags = tags.Aggregate(Group.Tags, static (all, tag) => all.With(tag.Key, tag.Value)),
            },
            Change.Untagged { Tags: var tags } when IsNew(["tags"]) => Group with
            {
                Tags = tags.Keys.Aggregate(Group.Tags, static (all, key) => all.Without(key)),
            },
            _ => Group,
        };
        return group == Group
            ? this
            : this with
            {
                Group = group,
                Stamps = stamps,
                By = $"event {change.Id}",
                Version = Version + 1,
            };

        bool IsNew(IEnumerable<string?> keys)
        {
            string[] known = [.. keys.OfType<string>()];
            if (known.Any(key => stamps.TryGetValue(key, out var at) && at > change.At))
            {
                return false;
            }

            foreach (var key in known)
            {
                stamps[key] = change.At;
            }

            return true;
        }

        SecurityGroup Added(SecurityGroup group, Rule rule) =>
            IsNew([rule.Id, $"{rule.Traffic}"]) ? With(Without(group, rule.Id, rule.Traffic), rule) : group;

        SecurityGroup Removed(SecurityGroup group, string? id, Traffic? traffic) =>
            IsNew([id, traffic?.ToString()]) ? Without(group, id, traffic) : group;

        SecurityGroup Modified(SecurityGroup group, ModifiedRule modified) =>
            (group.Find(modified.Id) ?? now?.Find(modified.Id)) is { } known && IsNew([modified.Id])
                ? With(
                    Without(group, modified.Id, modified.In(known.Traffic.Direction).Traffic),
                    modified.In(known.Traffic.Direction) with
                    {
                        Tags = known.Tags,
                    }
                )
                : group;

        SecurityGroup Described(SecurityGroup group, DescribedRule described) =>
            Found(group, described) is { } rule && IsNew([rule.Id])
                ? With(Without(group, rule.Id, rule.Traffic), rule with { Description = described.Description })
                : group;
    }

    /// <summary>
    /// With the ids that rules have now: what was authorised again has a new one, by which the next event will call it.
    /// </summary>
    public Baseline Rebound(SecurityGroup now)
    {
        Rule[] rules =
        [
            .. Group
                .Rules.Select(rule =>
                    now.Find(rule.Id) is null && now.Find(rule.Traffic) is { } other && Group.Find(other.Id) is null
                        ? rule with
                        {
                            Id = other.Id,
                        }
                        : rule
                )
                // A derived one may know a rule under the id that it had and under the one that it has.
                .GroupBy(static rule => rule.Traffic)
                .Select(same => same.FirstOrDefault(rule => now.Find(rule.Id) is not null) ?? same.First()),
        ];
        return rules.SequenceEqual(Group.Rules) ? this : this with { Group = Group with { Rules = rules } };
    }

    internal static Rule? Found(SecurityGroup group, DescribedRule described) =>
        group.Find(described.Id) ?? (described.Traffic is { } traffic ? group.Find(traffic) : null);

    private static bool IsDefault(Rule rule) =>
        rule.Traffic is { Direction: Direction.Egress, Peer: Peer.Addresses { Network.IsEverything: true } }
        && rule.Traffic.Protocol == Protocol.All;

    private static SecurityGroup With(SecurityGroup group, Rule rule) => group with { Rules = [.. group.Rules, rule] };

    private static SecurityGroup Without(SecurityGroup group, string? id, Traffic? traffic) =>
        group.Rules.Any(rule => IsRule(rule, id, traffic))
            ? group with
            {
                Rules = [.. group.Rules.Where(rule => !IsRule(rule, id, traffic))],
            }
            : group;

    private static bool IsRule(Rule rule, string? id, Traffic? traffic) =>
        (id is not null && rule.Id == id) || (traffic is not null && rule.Traffic == traffic);
}
