using System.Text.RegularExpressions;
using Hosts.Tests.Ec2.Stored;

namespace Hosts.Tests.Ec2.Wire;

/// <summary>Reads rules out of requests: each target of a permission is a rule of its own.</summary>
internal static partial class Permissions
{
    /// <summary>None are missed, and none may be there twice.</summary>
    public static IReadOnlyList<StoredRule> Required(QueryNode query, Ec2State state, bool isEgress)
    {
        var rules = Read(query, state, isEgress);
        return rules.Count == 0 ? throw Ec2Refusal.Missing("ipPermissions")
            : rules.Select((rule, i) => rules.Take(i).Any(rule.Permits)).Contains(true)
                // Not InvalidPermission.Duplicate: https://github.com/aws/aws-sdk-go/issues/1340.
                ? throw Ec2Refusal.Value("The same permission must not appear multiple times")
            : rules;
    }

    /// <summary>Exactly one target, for <c>ModifySecurityGroupRules</c>.</summary>
    public static StoredRule Single(QueryNode rule, bool isEgress)
    {
        List<RuleTarget> targets =
        [
            .. Targets(rule["CidrIpv4"], static cidr => new RuleTarget.Ipv4(Cidr.Ipv4(cidr))),
            .. Targets(rule["CidrIpv6"], static cidr => new RuleTarget.Ipv6(Cidr.Ipv6(cidr))),
            .. Targets(rule["PrefixListId"], static id => new RuleTarget.PrefixList(id)),
            .. Targets(rule["ReferencedGroupId"], static id => new RuleTarget.Group(id, "")),
        ];
        return targets switch
        {
            [var target] => Rule(rule, isEgress, target, Description(rule)),
            [] => throw Ec2Refusal.Missing("CidrIpv4, CidrIpv6, PrefixListId or ReferencedGroupId"),
            _ => throw Ec2Refusal.Combination(
                "Exactly one of CidrIpv4, CidrIpv6, PrefixListId and ReferencedGroupId can be specified."
            ),
        };
    }

    public static string? Description(QueryNode node) =>
        node["Description"].Value is not { Length: > 0 } text ? null
        : Descriptions().IsMatch(text) ? text
        : throw Ec2Refusal.Value(
            "Invalid rule description. Valid descriptions are strings less than 256 characters from the following set:  "
                + "a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*"
        );

    private static List<StoredRule> Read(QueryNode query, Ec2State state, bool isEgress)
    {
        var permissions = query["IpPermissions"].Items;
        var flat = query["IpProtocol"].Value ?? query["CidrIp"].Value ?? query["SourceSecurityGroupName"].Value;
        return (permissions.Count, flat) switch
        {
            (> 0, not null) => throw Ec2Refusal.Combination(
                "The parameter ipPermissions may not be used in combination with ipProtocol, cidrIp or sourceSecurityGroupName"
            ),
            (_, not null) when isEgress => throw Ec2Refusal.Value(
                "Only Amazon VPC security groups with ipPermissions may be used with this operation."
            ),
            (_, not null) => [.. Flat(query, state)],
            _ => [.. permissions.SelectMany(permission => Rules(permission, state, isEgress))],
        };
    }

    private static StoredRule[] Rules(QueryNode permission, Ec2State state, bool isEgress)
    {
        var read = permission["IpRanges"]
            .Items.Select(item => (item, (RuleTarget)new RuleTarget.Ipv4(Cidr.Ipv4(item.Required("CidrIp")))))
            .Concat(
                permission["Ipv6Ranges"]
                    .Items.Select(item => (item, (RuleTarget)new RuleTarget.Ipv6(Cidr.Ipv6(item.Required("CidrIpv6")))))
            )
            .Concat(
                permission["PrefixListIds"]
                    .Items.Select(item => (item, (RuleTarget)new RuleTarget.PrefixList(item.Required("PrefixListId"))))
            )
            .Concat(permission["Groups"].Items.Select(item => (item, (RuleTarget)Group(item, state))))
            .Select(each => Rule(permission, isEgress, each.Item2, Description(each.item)))
            .ToArray();
        return read.Length > 0
            ? read
            : throw Ec2Refusal.Missing("ipRanges, ipv6Ranges, prefixListIds or groups of ipPermissions");
    }

    private static RuleTarget.Group Group(QueryNode pair, Ec2State state) =>
        pair["GroupId"].Value is { Length: > 0 } id ? new(id, pair["UserId"].Value ?? "")
        : pair["GroupName"].Value is { Length: > 0 } name ? new(GroupIds.Named(state, name).Id, state.AccountId)
        : throw Ec2Refusal.Missing("groupId or groupName of groups");

    /// <summary>The parameters from before there were permissions. A group by name is let in with all that it says.</summary>
    private static IEnumerable<StoredRule> Flat(QueryNode query, Ec2State state)
    {
        if (query["SourceSecurityGroupName"].Value is not { } name)
        {
            return [Rule(query, false, new RuleTarget.Ipv4(Cidr.Ipv4(query.Required("CidrIp"))), null)];
        }

        if (query["CidrIp"].Value is not null || query["IpProtocol"].Value is not null)
        {
            throw Ec2Refusal.Combination(
                "The parameter sourceSecurityGroupName may not be used with cidrIp, ipProtocol"
            );
        }

        var target = new RuleTarget.Group(GroupIds.Named(state, name).Id, state.AccountId);
        return new Traffic[] { new("tcp", 0, 65535), new("udp", 0, 65535), new("icmp", -1, -1) }.Select(
            traffic => new StoredRule
            {
                IsEgress = false,
                Protocol = traffic.Protocol,
                FromPort = traffic.FromPort,
                ToPort = traffic.ToPort,
                Target = target,
            }
        );
    }

    private static StoredRule Rule(QueryNode node, bool isEgress, RuleTarget target, string? description)
    {
        var traffic = Traffic.Of(node.Required("IpProtocol"), node.Integer("FromPort"), node.Integer("ToPort"));
        return new()
        {
            IsEgress = isEgress,
            Protocol = traffic.Protocol,
            FromPort = traffic.FromPort,
            ToPort = traffic.ToPort,
            Target = target,
            Description = description,
        };
    }

    private static IEnumerable<RuleTarget> Targets(QueryNode node, Func<string, RuleTarget> read) =>
        node.Value is { Length: > 0 } value ? [read(value)] : [];

    [GeneratedRegex(@"^[a-zA-Z0-9. _\-:/()#,@\[\]+=&;{}!$*]{1,255}\z")]
    private static partial Regex Descriptions();
}
