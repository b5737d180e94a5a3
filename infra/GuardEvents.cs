using Amazon.CDK.AWS.Events;

namespace Infra;

/// <summary>
/// The events by which a guard hears of changes. A pattern may have 2,048 characters (EventBridge quotas), hence several.
/// </summary>
internal static class GuardEvents
{
    private const string Call = "AWS API Call via CloudTrail";
    private const string Item = "Config Configuration Item Change";
    private static readonly string[] Groups = ["AWS::EC2::SecurityGroup"];

    /// <summary>
    /// What changes a group or its rules. Tags of anything: what a record calls the resources of these two is not documented, and
    /// a tag is what exempts a group.
    /// </summary>
    private static readonly string[] OfGroups =
    [
        "AuthorizeSecurityGroupEgress",
        "AuthorizeSecurityGroupIngress",
        "CreateSecurityGroup",
        "CreateTags",
        "DeleteSecurityGroup",
        "DeleteTags",
        "ModifySecurityGroupRules",
        "RevokeSecurityGroupEgress",
        "RevokeSecurityGroupIngress",
        "UpdateSecurityGroupRuleDescriptionsEgress",
        "UpdateSecurityGroupRuleDescriptionsIngress",
    ];

    /// <summary>What changes whom a group is for, or the addresses that its rules name.</summary>
    private static readonly string[] OfThoseThatHaveThem =
    [
        "ApplySecurityGroupsToClientVpnTargetNetwork",
        "AssociateSecurityGroupVpc",
        "AttachClassicLinkVpc",
        "CreateClientVpnEndpoint",
        "CreateInstanceConnectEndpoint",
        "CreateNetworkInterface",
        "CreateVerifiedAccessEndpoint",
        "CreateVpcEndpoint",
        "DisassociateSecurityGroupVpc",
        "ModifyClientVpnEndpoint",
        "ModifyInstanceAttribute",
        "ModifyInstanceConnectEndpoint",
        "ModifyManagedPrefixList",
        "ModifyNetworkInterfaceAttribute",
        "ModifyVpcEndpoint",
        "RestoreManagedPrefixListVersion",
        "RunInstances",
    ];

    private static readonly string[] OtherServices =
    [
        "aws.elasticache",
        "aws.elasticloadbalancing",
        "aws.lambda",
        "aws.rds",
        "aws.redshift",
    ];

    private static readonly object[] OfOtherServices =
    [
        "ApplySecurityGroupsToLoadBalancer",
        "ModifyCacheCluster",
        "ModifyCluster",
        "ModifyDBCluster",
        "ModifyDBInstance",
        "ModifyReplicationGroup",
        "SetSecurityGroups",
        // The version of Lambda's API follows.
        Rule("prefix", "UpdateFunctionConfiguration"),
    ];

    /// <summary>What happens in an account: patterns for its default bus.</summary>
    /// <param name="ownRole">ARN of the role whose calls are the guard's own.</param>
    /// <param name="config">Whether Config's items are wanted.</param>
    public static IEnumerable<GuardEvent> Of(string ownRole, bool config) =>
        [
            new("GroupCalls", "Calls that change a security group", Calls(ownRole, ["aws.ec2"], OfGroups)),
            new(
                "EC2Calls",
                "Calls of EC2 that change what a security group applies to",
                Calls(ownRole, ["aws.ec2"], OfThoseThatHaveThem)
            ),
            new(
                "OtherCalls",
                "Calls of other services that change what a security group applies to",
                Calls(ownRole, OtherServices, OfOtherServices)
            ),
            .. config
                ?
                [
                    new("ConfigItems", "Security groups as Config finds them", Items("configurationItem")),
                    new(
                        "ConfigSummaries",
                        "Security groups too large for Config to tell of in full",
                        Items("configurationItemSummary")
                    ),
                ]
                : (GuardEvent[])[],
        ];

    /// <summary>
    /// What members forward: they have chosen already, and nobody but AWS can put events of such sources on a bus.
    /// </summary>
    public static GuardEvent Forwarded { get; } =
        new(
            "MemberEvents",
            "What other accounts forward",
            new EventPattern { Source = ["aws.config", "aws.ec2", .. OtherServices], DetailType = [Call, Item] }
        );

    private static EventPattern Calls(string ownRole, string[] sources, object[] names) =>
        new()
        {
            Source = sources,
            DetailType = [Call],
            Detail = new Dictionary<string, object>
            {
                ["eventName"] = names,
                ["userIdentity"] = Member(
                    "sessionContext",
                    Member(
                        "sessionIssuer",
                        // "anything-but" wants the field to be there, and it is not where a user or root made the call.
                        Member("arn", new object[] { Rule("anything-but", new[] { ownRole }), Rule("exists", false) })
                    )
                ),
            },
        };

    private static EventPattern Items(string field) =>
        new()
        {
            Source = ["aws.config"],
            DetailType = [Item],
            Detail = new Dictionary<string, object> { [field] = Member("resourceType", Groups) },
        };

    private static Dictionary<string, object> Member(string name, object value) => new() { [name] = value };

    private static Dictionary<string, object> Rule(string kind, object value) => Member(kind, value);
}

/// <param name="Id">Of its rule.</param>
/// <param name="Description">What it is.</param>
/// <param name="Pattern">Which events are of that kind.</param>
internal sealed record GuardEvent(string Id, string Description, EventPattern Pattern);
