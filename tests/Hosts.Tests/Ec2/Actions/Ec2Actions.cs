using Hosts.Tests.Ec2.Trail;
using Hosts.Tests.Ec2.Wire;

namespace Hosts.Tests.Ec2.Actions;

/// <summary>All that this EC2 can do.</summary>
internal static class Ec2Actions
{
    private static readonly string[] Always = ["Action", "Version", "DryRun"];
    private static readonly string[] Listing = ["Filter", "MaxResults", "NextToken"];
    private static readonly string[] Flat =
    [
        "CidrIp",
        "IpProtocol",
        "FromPort",
        "ToPort",
        "SourceSecurityGroupName",
        "SourceSecurityGroupOwnerId",
    ];
    private static readonly string[] Named = ["GroupId", "GroupName", "IpPermissions"];

    private static readonly Dictionary<string, Ec2Action> All = new(StringComparer.Ordinal)
    {
        ["DescribeSecurityGroups"] = new()
        {
            Do = Describing.Groups,
            Parameters = ["GroupId", "GroupName", .. Listing],
        },
        ["DescribeSecurityGroupRules"] = new()
        {
            Do = Describing.Rules,
            Parameters = ["SecurityGroupRuleId", .. Listing],
        },
        ["DescribeTags"] = new() { Do = Tagging.Describe, Parameters = Listing },
        ["DescribeNetworkInterfaces"] = new()
        {
            Do = Interfaces.Describe,
            Parameters = ["NetworkInterfaceId", .. Listing],
        },
        ["CreateSecurityGroup"] = new()
        {
            Do = Groups.Create,
            Parameters = ["GroupName", "GroupDescription", "VpcId", "TagSpecification"],
            Trail = TrailRequest.CreateGroup,
        },
        ["DeleteSecurityGroup"] = new()
        {
            Do = Groups.Delete,
            Parameters = ["GroupId", "GroupName"],
            Trail = TrailRequest.DeleteGroup,
        },
        ["AuthorizeSecurityGroupIngress"] = Authorize(isEgress: false),
        ["AuthorizeSecurityGroupEgress"] = Authorize(isEgress: true),
        ["RevokeSecurityGroupIngress"] = Revoke(isEgress: false),
        ["RevokeSecurityGroupEgress"] = Revoke(isEgress: true),
        ["ModifySecurityGroupRules"] = new()
        {
            Do = Rules.Modify,
            Parameters = ["GroupId", "SecurityGroupRule"],
            Trail = TrailRequest.Wrapped("ModifySecurityGroupRules"),
            IsWrapped = true,
        },
        ["UpdateSecurityGroupRuleDescriptionsIngress"] = Describe("Ingress", isEgress: false),
        ["UpdateSecurityGroupRuleDescriptionsEgress"] = Describe("Egress", isEgress: true),
        ["CreateTags"] = new()
        {
            Do = Tagging.Create,
            Parameters = ["ResourceId", "Tag"],
            Trail = TrailRequest.Tags,
        },
        ["DeleteTags"] = new()
        {
            Do = Tagging.Delete,
            Parameters = ["ResourceId", "Tag"],
            Trail = TrailRequest.Tags,
        },
        ["ModifyNetworkInterfaceAttribute"] = new()
        {
            Do = Interfaces.Modify,
            Parameters = ["NetworkInterfaceId", "SecurityGroupId"],
            Trail = TrailRequest.InterfaceGroups,
        },
    };

    /// <summary>Checks the names of the parameters too, which EC2 does before anything else.</summary>
    public static Ec2Action Find(string name, QueryNode query)
    {
        if (!All.TryGetValue(name, out var action))
        {
            throw new Ec2Refusal("InvalidAction", $"The action {name} is not valid for this web service.");
        }

        var unknown = query.Members.FirstOrDefault(member =>
            !Always.Contains(member.Key) && !action.Parameters.Contains(member.Key)
        );
        return unknown.Key is null
            ? action
            : throw new Ec2Refusal("UnknownParameter", $"The parameter {unknown.Key} is not recognized");
    }

    private static Ec2Action Authorize(bool isEgress) =>
        new()
        {
            Do = (state, query) => Rules.Authorize(state, query, isEgress),
            Parameters = [.. Named, .. Flat, "TagSpecification"],
            Trail = TrailRequest.Permissions,
        };

    private static Ec2Action Revoke(bool isEgress) =>
        new()
        {
            Do = (state, query) => Revoking.Revoke(state, query, isEgress),
            Parameters = [.. Named, .. Flat, "SecurityGroupRuleId"],
            Trail = TrailRequest.Permissions,
        };

    private static Ec2Action Describe(string direction, bool isEgress) =>
        new()
        {
            Do = (state, query) => Rules.Describe(state, query, isEgress),
            Parameters = [.. Named, "SecurityGroupRuleDescription"],
            Trail = TrailRequest.Wrapped($"UpdateSecurityGroupRuleDescriptions{direction}"),
            IsWrapped = true,
        };
}
