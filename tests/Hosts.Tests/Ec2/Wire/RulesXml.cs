using System.Xml.Linq;
using Hosts.Tests.Ec2.Stored;

namespace Hosts.Tests.Ec2.Wire;

/// <summary>Rules as EC2 shows them: one by one, as revoked, and put together as permissions.</summary>
internal static class RulesXml
{
    /// <param name="state">Knows whose they are.</param>
    /// <param name="groupId">That has them.</param>
    /// <param name="rules">Themselves.</param>
    /// <param name="bare">Whether no tags are an empty set; those that were just made do without.</param>
    public static XElement Set(Ec2State state, string groupId, IEnumerable<StoredRule> rules, bool bare = false) =>
        Ec2Xml.Set("securityGroupRuleSet", rules.Select(rule => Rule(state, groupId, rule, bare)));

    public static IEnumerable<XElement> Rule(Ec2State state, string groupId, StoredRule rule, bool bare) =>
        [
            new("securityGroupRuleId", rule.Id),
            new("groupId", groupId),
            new("groupOwnerId", state.AccountId),
            .. Match(rule),
            Target(rule.Target),
            .. Ec2Xml.Optional("description", rule.Description),
            .. rule.Tags.IsEmpty && bare ? (XElement[])[] : [Ec2Xml.Tags(rule.Tags)],
            new("securityGroupRuleArn", state.RuleArn(rule.Id)),
        ];

    public static XElement Revoked(string groupId, IEnumerable<StoredRule> rules) =>
        Ec2Xml.Set(
            "revokedSecurityGroupRuleSet",
            rules.Select(rule =>
                (XElement[])
                    [
                        new("securityGroupRuleId", rule.Id),
                        new("groupId", groupId),
                        .. Match(rule),
                        rule.Target is RuleTarget.Group group
                            ? new("referencedGroupId", group.Id)
                            : Target(rule.Target),
                        .. Ec2Xml.Optional("description", rule.Description),
                    ]
            )
        );

    /// <summary>Rules that differ in their targets only are one permission.</summary>
    public static XElement Permissions(string name, IEnumerable<StoredRule> rules) =>
        Ec2Xml.Set(
            name,
            rules
                .GroupBy(static rule => new Traffic(rule.Protocol, rule.FromPort, rule.ToPort))
                .Select(static permission =>
                    (XElement[])
                        [
                            new("ipProtocol", permission.Key.Protocol),
                            .. Ports(permission.Key),
                            Targets<RuleTarget.Group>("groups", permission, Pair),
                            Targets<RuleTarget.Ipv4>("ipRanges", permission, static ip => [new("cidrIp", ip.Cidr)]),
                            Targets<RuleTarget.Ipv6>("ipv6Ranges", permission, static ip => [new("cidrIpv6", ip.Cidr)]),
                            Targets<RuleTarget.PrefixList>(
                                "prefixListIds",
                                permission,
                                static list => [new("prefixListId", list.Id)]
                            ),
                        ]
                )
        );

    private static IEnumerable<XElement> Match(StoredRule rule) =>
        [
            new("isEgress", rule.IsEgress),
            new("ipProtocol", rule.Protocol),
            new("fromPort", rule.FromPort),
            new("toPort", rule.ToPort),
        ];

    /// <summary>A permission for a protocol that has none does not speak of ports.</summary>
    private static IEnumerable<XElement> Ports(Traffic traffic) =>
        traffic.Protocol is "tcp" or "udp" or "icmp" or "icmpv6"
            ? [new("fromPort", traffic.FromPort), new("toPort", traffic.ToPort)]
            : [];

    private static XElement Target(RuleTarget target) =>
        target switch
        {
            RuleTarget.Ipv4 ip => new("cidrIpv4", ip.Cidr),
            RuleTarget.Ipv6 ip => new("cidrIpv6", ip.Cidr),
            RuleTarget.PrefixList list => new("prefixListId", list.Id),
            RuleTarget.Group group => new("referencedGroupInfo", Pair(group)),
            _ => throw new InvalidOperationException($"{target} is no target."),
        };

    private static XElement Targets<T>(string name, IEnumerable<StoredRule> rules, Func<T, IEnumerable<XElement>> write)
        where T : RuleTarget =>
        Ec2Xml.Set(
            name,
            rules
                .Where(static rule => rule.Target is T)
                .Select(rule =>
                    (IEnumerable<XElement>)
                        [.. write((T)rule.Target), .. Ec2Xml.Optional("description", rule.Description)]
                )
        );

    private static IEnumerable<XElement> Pair(RuleTarget.Group group) =>
        [
            new("userId", group.UserId),
            new("groupId", group.Id),
            .. group.Peering is { } peering
                ? (XElement[])
                    [
                        new("vpcId", peering.VpcId),
                        new("vpcPeeringConnectionId", peering.ConnectionId),
                        new("peeringStatus", peering.Status),
                    ]
                : [],
        ];
}
