using System.Xml.Linq;
using Hosts.Tests.Ec2.Stored;
using Hosts.Tests.Ec2.Wire;

namespace Hosts.Tests.Ec2.Actions;

/// <summary>Groups made and deleted.</summary>
internal static class Groups
{
    /// <summary>All may leave it, which is the rule that a new group has.</summary>
    public static StoredRule LetOut { get; } = RuleText.Parse("out -1 all 0.0.0.0/0");

    public static Ec2Outcome Create(Ec2State state, QueryNode query)
    {
        var name = query.Required("GroupName");
        var vpc = query["VpcId"].Value is { Length: > 0 } id ? id : state.DefaultVpcId;
        var description = query.Required("GroupDescription");
        if (name == "default")
        {
            throw new Ec2Refusal("InvalidGroup.Reserved", "The security group 'default' is reserved");
        }

        if (name.StartsWith("sg-", StringComparison.Ordinal))
        {
            throw Ec2Refusal.Value("Invalid group name. Group names may not be in the format sg-*.");
        }

        if (state.Groups.Values.Any(group => group.VpcId == vpc && group.Name == name))
        {
            throw new Ec2Refusal(
                "InvalidGroup.Duplicate",
                $"The security group '{name}' already exists for VPC '{vpc}'"
            );
        }

        var group = new StoredGroup
        {
            Id = "",
            Name = name,
            VpcId = vpc,
            Description = description,
            Tags = StoredTags.None.SetItems(TagsRead.Specified(query, "security-group")),
        };
        var after = Add(state, group, [LetOut], out var groupId);
        return new(
            after,
            [
                Ec2Xml.Return,
                new("groupId", groupId),
                .. group.Tags.IsEmpty ? Enumerable.Empty<XElement>() : [Ec2Xml.Tags(group.Tags)],
                new("securityGroupArn", state.GroupArn(groupId)),
            ]
        );
    }

    /// <summary>One with rules, which may refer to itself.</summary>
    public static Ec2State Add(Ec2State state, StoredGroup group, IEnumerable<StoredRule> rules, out string id)
    {
        var numbered = state.NewId("sg", out id);
        var empty = group with { Id = id };
        var with = numbered.With(empty);
        return with.Add(id, [.. rules.Select(rule => Targets.Resolved(with, empty, rule))], out _);
    }

    public static Ec2Outcome Delete(Ec2State state, QueryNode query)
    {
        var group = GroupIds.Named(query, state);
        if (group.Name == "default")
        {
            throw new Ec2Refusal(
                "CannotDelete",
                $"the specified group: \"{group.Id}\" name: \"default\" cannot be deleted by a user"
            );
        }

        return
            state.Interfaces.Values.Any(each => each.GroupIds.Contains(group.Id))
            || state.Groups.Values.Any(other =>
                other.Id != group.Id
                && other.Rules.Exists(rule => rule.Target is RuleTarget.Group to && to.Id == group.Id)
            )
            ? throw new Ec2Refusal("DependencyViolation", $"resource {group.Id} has a dependent object")
            : new(state with { Groups = state.Groups.Remove(group.Id) }, Ec2Xml.Return, new("groupId", group.Id));
    }
}
