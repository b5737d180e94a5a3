using System.Xml.Linq;
using Hosts.Tests.Ec2.Stored;
using Hosts.Tests.Ec2.Wire;

namespace Hosts.Tests.Ec2.Actions;

/// <summary>How rules go.</summary>
/// <remarks>
/// From EC2's API reference: of what is not there, a group of the default VPC tells the unknown permissions and revokes
/// the rest; any other group refuses, and keeps all.
/// </remarks>
internal static class Revoking
{
    public static Ec2Outcome Revoke(Ec2State state, QueryNode query, bool isEgress)
    {
        var group = GroupIds.Named(query, state);
        var ids = query["SecurityGroupRuleId"].Values;
        if (ids.Count > 0 && query["IpPermissions"].Items.Count > 0)
        {
            throw Ec2Refusal.Combination("Specify either IpPermissions or SecurityGroupRuleId, but not both.");
        }

        IReadOnlyList<StoredRule> unknown = [];
        var revoked =
            ids.Count > 0
                ? Identified(group, ids, isEgress)
                : Matching(group, Permissions.Required(query, state, isEgress), out unknown);
        return unknown.Count > 0 && group.VpcId != state.DefaultVpcId
            ? throw Ec2Refusal.RuleNotFound
            : new(
                state.With(group with { Rules = group.Rules.RemoveRange(revoked) }),
                [
                    Ec2Xml.Return,
                    .. unknown.Count > 0 ? [RulesXml.Permissions("unknownIpPermissionSet", unknown)] : Nothing,
                    RulesXml.Revoked(group.Id, revoked),
                ]
            );
    }

    private static XElement[] Nothing => [];

    private static List<StoredRule> Identified(StoredGroup group, IReadOnlyList<string> ids, bool isEgress)
    {
        var rules = ids.Select(id => Rules.Find(group, id)).ToList();
        return rules.Find(rule => rule.IsEgress != isEgress) is { } other ? throw Ec2Refusal.RuleIdNotFound(other.Id)
            : ids.Distinct().Count() < ids.Count
                ? throw Ec2Refusal.Value("The same permission must not appear multiple times")
            : rules;
    }

    private static List<StoredRule> Matching(
        StoredGroup group,
        IReadOnlyList<StoredRule> asked,
        out IReadOnlyList<StoredRule> unknown
    )
    {
        unknown = [.. asked.Where(each => !group.Rules.Exists(each.Permits))];
        return [.. asked.SelectMany(each => group.Rules.Where(each.Permits))];
    }
}
