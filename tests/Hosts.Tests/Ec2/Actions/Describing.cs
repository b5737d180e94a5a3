using System.Xml.Linq;
using Hosts.Tests.Ec2.Stored;
using Hosts.Tests.Ec2.Wire;

namespace Hosts.Tests.Ec2.Actions;

/// <summary>Groups and rules told.</summary>
internal static class Describing
{
    public static Ec2Outcome Groups(Ec2State state, QueryNode query)
    {
        var ids = query["GroupId"].Values;
        var names = query["GroupName"].Values;
        if (ids.Count + names.Count > 0 && query["MaxResults"].Value is not null)
        {
            throw Ec2Refusal.Combination("The parameter GroupIds cannot be used with the parameter MaxResults");
        }

        var filters = new Filters(query);
        var named = ids.Select(id => state.Group(GroupIds.Checked(id)))
            .Concat(names.Select(name => GroupIds.Named(state, name)))
            .ToList();
        var page = Page.Of(
            (
                ids.Count + names.Count > 0
                    ? named
                        .DistinctBy(static group => group.Id)
                        .OrderBy(static group => group.Id, StringComparer.Ordinal)
                    : state.Groups.Values
            ).Where(group => filters.Match(name => Filters.Of(group, name, state))),
            static group => group.Id,
            query
        );
        return new(
            state,
            [
                Ec2Xml.Set(
                    "securityGroupInfo",
                    page.Items.Select(group =>
                        (XElement[])
                            [
                                new("ownerId", state.AccountId),
                                new("groupId", group.Id),
                                new("groupName", group.Name),
                                new("groupDescription", group.Description),
                                new("vpcId", group.VpcId),
                                new("securityGroupArn", state.GroupArn(group.Id)),
                                RulesXml.Permissions("ipPermissions", group.Rules.Where(static rule => !rule.IsEgress)),
                                RulesXml.Permissions(
                                    "ipPermissionsEgress",
                                    group.Rules.Where(static rule => rule.IsEgress)
                                ),
                                Ec2Xml.Tags(group.Tags),
                            ]
                    )
                ),
                .. page.NextToken,
            ]
        );
    }

    public static Ec2Outcome Rules(Ec2State state, QueryNode query)
    {
        var ids = query["SecurityGroupRuleId"].Values;
        if (ids.Count > 0 && query["MaxResults"].Value is not null)
        {
            throw Ec2Refusal.Combination(
                "The parameter SecurityGroupRuleIds cannot be used with the parameter MaxResults"
            );
        }

        var all = state
            .Groups.Values.SelectMany(group => group.Rules.Select(rule => (Group: group, Rule: rule)))
            .ToList();
        if (ids.FirstOrDefault(id => !all.Exists(each => each.Rule.Id == GroupIds.CheckedRule(id))) is { } unknown)
        {
            throw Ec2Refusal.RuleIdNotFound(unknown);
        }

        var filters = new Filters(query);
        var page = Page.Of(
            all.Where(each => ids.Count == 0 || ids.Contains(each.Rule.Id))
                .Where(each =>
                    filters.Match(name =>
                        name switch
                        {
                            "group-id" => [each.Group.Id],
                            "security-group-rule-id" => [each.Rule.Id],
                            _ => Filters.Tagged(name, each.Rule.Tags),
                        }
                    )
                )
                .OrderBy(static each => each.Rule.Id, StringComparer.Ordinal),
            static each => each.Rule.Id,
            query
        );
        return new(
            state,
            [
                Ec2Xml.Set(
                    "securityGroupRuleSet",
                    page.Items.Select(each => RulesXml.Rule(state, each.Group.Id, each.Rule, bare: false))
                ),
                .. page.NextToken,
            ]
        );
    }
}
