using SecurityGroupGuard.Events;
using SecurityGroupGuard.Rules;

namespace SecurityGroupGuard.Work;

/// <summary>Whether a group as it is described shows what an event says already: EC2 is late by seconds.</summary>
internal static class Seen
{
    public static bool In(SecurityGroup? group, ChangeEvent change) =>
        (change.Change, group) switch
        {
            (Change.Deleted, _) => group is null,
            (_, null) => false,
            (Change.Added added, { } now) => added.Rules.All(rule =>
                rule.Id is null ? now.Find(rule.Traffic) is not null : now.Find(rule.Id) is not null
            ),
            (Change.Revoked revoked, { } now) => revoked.Rules.All(rule => now.Find(rule.Id) is null)
                && revoked.Ids.All(id => now.Find(id) is null),
            (Change.Modified modified, { } now) => modified.Rules.All(rule =>
                now.Find(rule.Id) is { } known && known.Says(rule.In(known.Traffic.Direction))
            ),
            (Change.Described described, { } now) => described.Rules.All(rule =>
                (now.Find(rule.Id) ?? (rule.Traffic is { } traffic ? now.Find(traffic) : null)) is { } known
                && known.Description == rule.Description
            ),
            (Change.Tagged tagged, { } now) => tagged.Tags.All(tag => now.Tags[tag.Key] == tag.Value),
            (Change.Untagged untagged, { } now) => untagged.Tags.Keys.All(key => now.Tags[key] is null),
            _ => true,
        };
}
