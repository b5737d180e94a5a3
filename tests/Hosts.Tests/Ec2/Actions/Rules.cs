using Hosts.Tests.Ec2.Stored;
using Hosts.Tests.Ec2.Wire;

namespace Hosts.Tests.Ec2.Actions;

/// <summary>Rules made and changed; see <see cref="Revoking"/> for how they go. All or nothing.</summary>
internal static class Rules
{
    public static Ec2Outcome Authorize(Ec2State state, QueryNode query, bool isEgress)
    {
        var group = GroupIds.Named(query, state);
        var tags = StoredTags.None.SetItems(TagsRead.Specified(query, "security-group-rule"));
        var rules = Permissions
            .Required(query, state, isEgress)
            .Select(rule => Targets.Resolved(state, group, rule) with { Tags = tags })
            .ToList();
        var after = Targets.Checked(state.Add(group.Id, rules, out var added), group.Id);
        return new(after, Ec2Xml.Return, RulesXml.Set(state, group.Id, added, bare: true));
    }

    /// <summary>
    /// A rule becomes all that the request says, and nothing of it stays but its id, its direction and its tags. It
    /// cannot become one for another kind of target (Terraform's provider replaces it then; its ModifyPlan says so).
    /// </summary>
    public static Ec2Outcome Modify(Ec2State state, QueryNode query)
    {
        var group = state.Group(GroupIds.Checked(query.Required("GroupId")));
        var updates = query["SecurityGroupRule"].Items;
        if (updates.Count == 0)
        {
            throw Ec2Refusal.Missing("SecurityGroupRule");
        }

        var rules = group.Rules;
        foreach (var update in updates)
        {
            var old = Find(group, update.Required("SecurityGroupRuleId"));
            var asked = Permissions.Single(update["SecurityGroupRule"], old.IsEgress);
            if (asked.Target.GetType() != old.Target.GetType())
            {
                throw Ec2Refusal.Value($"The type of the source or destination of rule '{old.Id}' cannot be changed.");
            }

            rules = rules.Replace(old, Targets.Resolved(state, group, asked) with { Id = old.Id, Tags = old.Tags });
        }

        return updates.DistinctBy(static update => update["SecurityGroupRuleId"].Value).Count() == updates.Count
            ? new(Targets.Checked(state.With(group with { Rules = rules }), group.Id), Ec2Xml.Return)
            : throw Ec2Refusal.Value("The same rule must not appear multiple times");
    }

    /// <summary>Texts of rules, which are named by their ids or by all else that they are.</summary>
    public static Ec2Outcome Describe(Ec2State state, QueryNode query, bool isEgress)
    {
        var group = GroupIds.Named(query, state);
        var byId = query["SecurityGroupRuleDescription"].Items;
        if (byId.Count > 0 && query["IpPermissions"].Items.Count > 0)
        {
            throw Ec2Refusal.Combination("Specify either IpPermissions or SecurityGroupRuleDescription, but not both.");
        }

        var rules = group.Rules;
        foreach (var (old, description) in byId.Count > 0 ? Identified() : Described())
        {
            rules = rules.Replace(old, old with { Description = description });
        }

        return new(state.With(group with { Rules = rules }), Ec2Xml.Return);

        IEnumerable<(StoredRule, string?)> Identified() =>
            byId.Select(each =>
                Find(group, each.Required("SecurityGroupRuleId")) is { } rule && rule.IsEgress == isEgress
                    ? (rule, Permissions.Description(each))
                    : throw Ec2Refusal.RuleIdNotFound(each.Required("SecurityGroupRuleId"))
            );

        IEnumerable<(StoredRule, string?)> Described() =>
            Permissions
                .Required(query, state, isEgress)
                .Select(asked =>
                    group.Rules.Find(asked.Permits) is { } rule
                        ? (rule, asked.Description)
                        : throw Ec2Refusal.RuleNotFound
                );
    }

    public static StoredRule Find(StoredGroup group, string id) =>
        group.Rules.Find(rule => rule.Id == GroupIds.CheckedRule(id)) ?? throw Ec2Refusal.RuleIdNotFound(id);
}
