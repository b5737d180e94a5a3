using Amazon.EC2;
using Amazon.Runtime;

namespace SecurityGroupGuard.Ec2;

/// <summary>What EC2's error codes mean for a step.</summary>
internal static class Ec2Errors
{
    /// <summary>What a call without <c>DryRun</c> would have done.</summary>
    public const string DryRun = "DryRunOperation";

    public const string GroupNotFound = "InvalidGroup.NotFound";

    private static readonly HashSet<string> Gone =
    [
        "InvalidPermission.NotFound",
        "InvalidSecurityGroupRuleId.NotFound",
        GroupNotFound,
        "InvalidGroupId.NotFound",
        "InvalidNetworkInterfaceID.NotFound",
    ];

    /// <summary>
    /// What the same call may succeed with later: throttling, and AWS's own trouble. The SDK has tried several times before we
    /// see one.
    /// </summary>
    private static readonly HashSet<string> Passing =
    [
        "RequestLimitExceeded",
        "Throttling",
        "ThrottlingException",
        "InternalError",
        "InternalFailure",
        "ServiceUnavailable",
        "Unavailable",
        "RequestExpired",
    ];

    public static bool IsGone(AmazonEC2Exception e) => Gone.Contains(e.ErrorCode ?? "");

    public static bool IsDuplicate(AmazonEC2Exception e) => e.ErrorCode == "InvalidPermission.Duplicate";

    public static bool IsPassing(AmazonServiceException e) =>
        Passing.Contains(e.ErrorCode ?? "") || (int)e.StatusCode is 0 or >= 500;
}
