using System.Globalization;
using AlertHub.Sources.Aws;
using SecurityGroupGuard.Events;
using SecurityGroupGuard.Rules;

namespace SecurityGroupGuard.Notices;

/// <summary>What a call did, as a person would say it.</summary>
internal static class Deed
{
    private const int LastPort = 65535;

    /// <summary>A sentence without its end: who did what to which group.</summary>
    /// <param name="change">The call.</param>
    /// <param name="title">The group, by its id and name.</param>
    /// <param name="group">The group as it was seen, which knows which way a rule goes that was changed; null where there is none.</param>
    public static string Of(ChangeEvent change, string title, SecurityGroup? group)
    {
        var who = change.Actor.Called;
        return change.Change switch
        {
            Change.Added added => $"{who} opened {title} for {Of(added.Rules)}",
            Change.Revoked { Ids.Count: 0 } revoked => $"{who} closed {title} for {Of(revoked.Rules)}",
            Change.Revoked revoked =>
                $"{who} removed rules of {title}: {AwsWords.Several([.. revoked.Rules.Select(static rule => Of([rule])), .. revoked.Ids])}",
            Change.Modified modified =>
                $"{who} changed {title}: {AwsWords.Several([.. modified.Rules.Select(rule => $"{rule.Id} is now {Of(rule, group)}")])}",
            Change.Described described =>
                $"{who} described rules of {title} anew: {AwsWords.Several([.. described.Rules.Select(static rule => $"{rule.Id ?? Of(rule.Traffic)} as \"{rule.Description}\"")])}",
            Change.Created => $"{who} made {title}",
            Change.Deleted => $"{who} deleted {title}",
            Change.Tagged tagged => $"{who} tagged {title} {tagged.Tags}",
            Change.Untagged { Tags.Count: 0 } => $"{who} removed all tags of {title}",
            Change.Untagged untagged =>
                $"{who} removed the tags {AwsWords.Several([.. untagged.Tags.Keys])} of {title}",
            Change.RulesTagged or Change.RulesUntagged => $"{who} changed tags of rules of {title}",
            Change.Applied applied => $"{who} did this: {applied.What}",
            _ => $"{who} called {change.Name} on {title}, and its event does not say which rules changed",
        };
    }

    /// <summary>Rules for the same ports are one, from wherever.</summary>
    private static string Of(IReadOnlyList<Rule> rules) =>
        AwsWords.Several([
            .. rules
                .Select(static rule => rule.Traffic)
                .GroupBy(static traffic => (What: What(traffic.Protocol, traffic.From, traffic.To), traffic.Direction))
                .Select(static same =>
                    $"{same.Key.What} {Way(same.Key.Direction)} {Whom([.. same.Select(static traffic => traffic.Peer)])}"
                ),
        ]);

    private static string Of(Traffic? traffic) =>
        traffic is null
            ? "a rule"
            : $"{What(traffic.Protocol, traffic.From, traffic.To)} {Way(traffic.Direction)} {Whom([traffic.Peer])}";

    /// <summary>The event does not say which way it goes, the group does where it still has the rule.</summary>
    private static string Of(ModifiedRule rule, SecurityGroup? group) =>
        $"{What(rule.Protocol, rule.From, rule.To)}{(group?.Find(rule.Id) is { } found ? $" {Way(found.Traffic.Direction)}" : ",")} {Whom([rule.Peer])}";

    private static string What(Protocol protocol, int from, int to) =>
        protocol == Protocol.All ? "all traffic"
        : protocol.HasTypes ? (from < 0 ? $"all {protocol}" : $"{protocol} type {Number(from)}")
        : !protocol.HasPorts ? $"protocol {protocol}"
        : from <= 0 && to is < 0 or LastPort ? $"all {protocol} ports"
        : from == to ? $"{protocol} port {Number(from)}"
        : $"{protocol} ports {Number(from)}-{Number(to)}";

    private static string Way(Direction direction) => direction == Direction.Ingress ? "from" : "to";

    private static string Whom(IReadOnlyList<Peer> peers)
    {
        string[] everything = [.. peers.Where(IsEverything).Select(static peer => $"{peer}").Distinct()];
        string[] others = [.. peers.Where(static peer => !IsEverything(peer)).Select(static peer => $"{peer}")];
        return everything.Length == 0
            ? AwsWords.Several(others)
            : AwsWords.Several([$"anywhere ({string.Join(", ", everything)})", .. others]);
    }

    private static bool IsEverything(Peer peer) => peer is Peer.Addresses { Network.IsEverything: true };

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
