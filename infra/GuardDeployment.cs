using System.Text.RegularExpressions;
using Amazon.CDK;

namespace Infra;

/// <summary>What of the guard of security groups is deployed.</summary>
public enum GuardPart
{
    Nothing,

    /// <summary>The guard, beside its hub.</summary>
    Guard,

    /// <summary>What another account needs for a guard to watch over its groups.</summary>
    Member,
}

/// <summary>What can be chosen about the guard with <c>-c key=value</c>.</summary>
public sealed partial record GuardDeployment
{
    /// <summary>The longest role policy has 10,240 characters (IAM quotas); each account takes 90 of them.</summary>
    private const int MostAccounts = 50;

    /// <summary>Nothing, unless it is asked for: a guard undoes what people do.</summary>
    public required GuardPart Part { get; init; }

    /// <summary>Where the policy is: <c>ssm:/name</c> or <c>s3://bucket/key</c>.</summary>
    public required string Policy { get; init; }

    /// <summary>Whether changes are read from Config's items too, where Config is on.</summary>
    public required bool Config { get; init; }

    /// <summary>How often all groups are compared with their baselines. 5 minutes to 8 hours.</summary>
    public required TimeSpan Schedule { get; init; }

    /// <summary>The tag that a group must have for IAM to let the guard change it; null for any group.</summary>
    public KeyValuePair<string, string>? Tag { get; init; }

    /// <summary>Keys of the tags that the guard may put back and take away.</summary>
    public required IReadOnlyList<string> TagKeys { get; init; }

    /// <summary>Groups that the guard may give to interfaces which are to be kept apart; none: it may keep none apart.</summary>
    public required IReadOnlyList<string> Quarantine { get; init; }

    /// <summary>Other accounts whose groups it watches over.</summary>
    public required IReadOnlyList<string> Accounts { get; init; }

    /// <summary>Id of the organization that guard and members are in; null where that is not asked for.</summary>
    public string? Organization { get; init; }

    /// <summary>Of a member: ARN of the guard's event bus.</summary>
    public required string Bus { get; init; }

    /// <summary>Of a member: ARNs of the roles of the guard's functions.</summary>
    public required IReadOnlyList<string> Roles { get; init; }

    /// <param name="values">CDK's context; is told what is wrong.</param>
    /// <param name="parameters">Path of Parameter Store of the hub.</param>
    internal static GuardDeployment Read(ContextValues values, string parameters)
    {
        var deployment = new GuardDeployment
        {
            Part = values.OneOf(
                "guard",
                "false",
                [("false", GuardPart.Nothing), ("true", GuardPart.Guard), ("member", GuardPart.Member)]
            ),
            Policy = values.Matching(
                "guardPolicy",
                $"ssm:{parameters}/security-group-policy",
                PolicyReference(),
                "where a policy can be; write ssm:/alerthub/security-group-policy or s3://bucket/key"
            ),
            Config = values.OneOf("guardConfig", "true", [("true", true), ("false", false)]),
            Schedule = TimeSpan.FromMinutes(values.Number("guardSchedule", 15, 5, 480, "minutes")),
            Tag = ReadTag(values),
            TagKeys = values.All("guardTagKeys", TagKey(), "a tag's key that others than AWS may set"),
            Quarantine = values.All("guardQuarantine", GroupId(), "the id of a security group"),
            Accounts = values.All("guardAccounts", AccountId(), "an account's id of twelve digits"),
            Organization = values.Matching(
                "guardOrganization",
                "",
                OrganizationId(),
                "an organization's id; write for example -c guardOrganization=o-a1b2c3d4e5"
            )
                is { Length: > 0 } organization
                ? organization
                : null,
            Bus = values.Matching("guardBus", "", BusArn(), "the ARN of an event bus"),
            Roles = values.All("guardRoles", RoleArn(), "the ARN of a role"),
        };
        if (deployment.Accounts.Count > MostAccounts)
        {
            values.Refuse(
                "guardAccounts",
                $"a role's policy has room for {MostAccounts} accounts; deploy another stage for the others"
            );
        }

        if (deployment is { Part: GuardPart.Member } and ({ Bus: "" } or { Roles: [] }))
        {
            values.Refuse(
                "guard",
                "a member must be told guardBus and guardRoles; the output MemberContext of the guard's stack has both"
            );
        }

        return deployment;
    }

    /// <summary>The guard's role in another account. The one name that is given: accounts cannot ask each other for names.</summary>
    /// <remarks>The region is in it because roles are the account's, and a guard is its region's.</remarks>
    internal static string MemberRole(Stack stack, HubDeployment hub) =>
        $"SecurityGroupGuardMember-{stack.Region}{hub.Suffix}";

    private static KeyValuePair<string, string>? ReadTag(ContextValues values)
    {
        var text = values.Matching("guardTag", "", TagPair(), "a tag; write for example -c guardTag=guarded=true");
        return text.Split('=', 2) is [var key, var value] ? KeyValuePair.Create(key, value) : null;
    }

    [GeneratedRegex(
        @"\A(?:ssm:(?!/(?i:aws|ssm)(?:/|\z))(?:/[A-Za-z0-9_.-]+){1,15}|s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/[A-Za-z0-9/_.!'()-]+)\z"
    )]
    private static partial Regex PolicyReference();

    [GeneratedRegex(@"\A(?!(?i:aws):)[^=*?$]{1,128}=[^*?$]{0,256}\z")]
    private static partial Regex TagPair();

    // In a condition of IAM * ? and $ are no letters.
    [GeneratedRegex(@"\A(?!(?i:aws):)[^*?$]{1,128}\z")]
    private static partial Regex TagKey();

    [GeneratedRegex(@"\Asg-[0-9a-f]{8,17}\z")]
    private static partial Regex GroupId();

    [GeneratedRegex(@"\A\d{12}\z")]
    private static partial Regex AccountId();

    [GeneratedRegex(@"\Ao-[a-z0-9]{10,32}\z")]
    private static partial Regex OrganizationId();

    [GeneratedRegex(@"\Aarn:aws[a-z-]*:events:[a-z0-9-]+:\d{12}:event-bus/[A-Za-z0-9_.-]{1,256}\z")]
    private static partial Regex BusArn();

    [GeneratedRegex(@"\Aarn:aws[a-z-]*:iam::\d{12}:role/[A-Za-z0-9+=,.@_/-]{1,512}\z")]
    private static partial Regex RoleArn();
}
