using Hosts.Tests.Ec2.Stored;
using Hosts.Tests.Ec2.Wire;

namespace Hosts.Tests.Ec2.Actions;

/// <summary>What rules may refer to, and how many there may be.</summary>
internal static class Targets
{
    public static StoredRule Resolved(Ec2State state, StoredGroup group, StoredRule rule) =>
        rule with
        {
            Target = rule.Target switch
            {
                RuleTarget.Group { Id: "self" } => new RuleTarget.Group(group.Id, state.AccountId),
                RuleTarget.Group other => Group(state, group, other),
                RuleTarget.PrefixList list when !state.PrefixLists.ContainsKey(list.Id) => throw new Ec2Refusal(
                    "InvalidPrefixListID.NotFound",
                    $"The prefix list ID '{list.Id}' does not exist"
                ),
                var target => target,
            },
        };

    /// <summary>Refuses what no group may have: a rule twice, or too many.</summary>
    public static Ec2State Checked(Ec2State state, string groupId)
    {
        var rules = state.Group(groupId).Rules;
        foreach (var (index, rule) in rules.Index())
        {
            if (rules.Take(index).Any(rule.Permits))
            {
                throw new Ec2Refusal(
                    "InvalidPermission.Duplicate",
                    $"the specified rule \"{Told(rule)}\" already exists"
                );
            }
        }

        return rules
            .GroupBy(static rule => rule.IsEgress)
            .Any(direction =>
                direction.Sum(rule => Weight(state, rule, isIpv6: false)) > state.RulesPerGroup
                || direction.Sum(rule => Weight(state, rule, isIpv6: true)) > state.RulesPerGroup
            )
            ? throw Ec2Refusal.RulesLimit
            : state;
    }

    private static RuleTarget.Group Group(Ec2State state, StoredGroup group, RuleTarget.Group target)
    {
        var own = state.Groups.GetValueOrDefault(GroupIds.Checked(target.Id));
        if (own is not null && own.VpcId == group.VpcId && (target.UserId == "" || target.UserId == state.AccountId))
        {
            return new(own.Id, state.AccountId);
        }

        return state.Peers.TryGetValue(target.Id, out var peer) && (target.UserId == "" || target.UserId == peer.UserId)
                ? new(peer.Id, peer.UserId) { Peering = peer.Peering }
            : own is null ? throw Ec2Refusal.GroupNotFound(target.Id)
            : throw new Ec2Refusal(
                "InvalidGroup.NotFound",
                "You have specified two resources that belong to different networks."
            );
    }

    /// <summary>The quota holds for either family; groups and prefix lists are of both.</summary>
    private static int Weight(Ec2State state, StoredRule rule, bool isIpv6) =>
        rule.Target switch
        {
            RuleTarget.Ipv4 => isIpv6 ? 0 : 1,
            RuleTarget.Ipv6 => isIpv6 ? 1 : 0,
            RuleTarget.PrefixList list => state.PrefixLists.GetValueOrDefault(list.Id, 1),
            _ => 1,
        };

    /// <summary>As EC2 words it; what it says of ICMP is a guess.</summary>
    private static string Told(StoredRule rule) =>
        rule.Protocol switch
        {
            "-1" => $"peer: {rule.Target}, ALL, ALLOW",
            "tcp" or "udp" =>
                $"peer: {rule.Target}, {rule.Protocol.ToUpperInvariant()}, from port: {rule.FromPort}, to port: {rule.ToPort}, ALLOW",
            "icmp" or "icmpv6" =>
                $"peer: {rule.Target}, {rule.Protocol.ToUpperInvariant()}, type: {rule.FromPort}, code: {rule.ToPort}, ALLOW",
            _ => $"peer: {rule.Target}, {rule.Protocol}, ALLOW",
        };
}
