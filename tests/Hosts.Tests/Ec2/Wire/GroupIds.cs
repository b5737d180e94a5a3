using System.Text.RegularExpressions;
using Hosts.Tests.Ec2.Stored;

namespace Hosts.Tests.Ec2.Wire;

/// <summary>Which group or rule a request is about.</summary>
internal static partial class GroupIds
{
    /// <summary>By <c>GroupId</c>, or by <c>GroupName</c> in the default VPC.</summary>
    public static StoredGroup Named(QueryNode query, Ec2State state) =>
        (query["GroupId"].Value, query["GroupName"].Value) switch
        {
            ({ Length: > 0 }, { Length: > 0 }) => throw Ec2Refusal.Combination(
                "The parameter groupName cannot be used with the parameter groupId"
            ),
            ({ Length: > 0 } id, _) => state.Group(Checked(id)),
            (_, { Length: > 0 } name) => Named(state, name),
            _ => throw Ec2Refusal.Missing("groupName or groupId"),
        };

    public static StoredGroup Named(Ec2State state, string name) =>
        state.Groups.Values.FirstOrDefault(group => group.VpcId == state.DefaultVpcId && group.Name == name)
        ?? throw new Ec2Refusal(
            "InvalidGroup.NotFound",
            $"The security group '{name}' does not exist in default VPC '{state.DefaultVpcId}'"
        );

    public static string Checked(string id) =>
        Groups().IsMatch(id)
            ? id
            : throw new Ec2Refusal("InvalidGroupId.Malformed", $"Invalid id: \"{id}\" (expecting \"sg-...\")");

    public static string CheckedRule(string id) =>
        Rules().IsMatch(id)
            ? id
            : throw new Ec2Refusal(
                "InvalidSecurityGroupRuleId.Malformed",
                $"Invalid id: \"{id}\" (expecting \"sgr-...\")"
            );

    [GeneratedRegex(@"^sg-([0-9a-f]{8}|[0-9a-f]{17})\z")]
    private static partial Regex Groups();

    [GeneratedRegex(@"^sgr-([0-9a-f]{8}|[0-9a-f]{17})\z")]
    private static partial Regex Rules();
}
