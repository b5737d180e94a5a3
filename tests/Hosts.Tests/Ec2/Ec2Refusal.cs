namespace Hosts.Tests.Ec2;

/// <summary>EC2 does not do what it is asked.</summary>
/// <remarks>
/// Codes from EC2's list of error codes; the words are those that people have quoted, where they have (read on
/// 2026-11-28), since a log shows them. Everything that is the client's fault is 400 but for what is said here.
/// </remarks>
internal sealed class Ec2Refusal(string code, string message, int status = 400) : Exception(message)
{
    public string Code => code;

    public int Status => status;

    /// <summary>As CloudTrail has it.</summary>
    public string TrailCode => (status >= 500 && code != "RequestLimitExceeded" ? "Server." : "Client.") + code;

    public static Ec2Refusal NotSigned { get; } =
        new("AuthFailure", "AWS was not able to validate the provided access credentials", 401);

    public static Ec2Refusal Unauthorized { get; } =
        new("UnauthorizedOperation", "You are not authorized to perform this operation.", 403);

    public static Ec2Refusal DryRun { get; } =
        new("DryRunOperation", "Request would have succeeded, but DryRun flag is set.", 412);

    public static Ec2Refusal Throttled { get; } = new("RequestLimitExceeded", "Request limit exceeded.", 503);

    public static Ec2Refusal Internal { get; } = new("InternalError", "An internal error has occurred", 500);

    public static Ec2Refusal Unavailable { get; } =
        new("Unavailable", "The service is unavailable. Please try again shortly.", 503);

    public static Ec2Refusal RuleNotFound { get; } =
        new("InvalidPermission.NotFound", "The specified rule does not exist in this security group.");

    public static Ec2Refusal RulesLimit { get; } =
        new("RulesPerSecurityGroupLimitExceeded", "The maximum number of rules per security group has been reached.");

    public static Ec2Refusal Missing(string parameter) =>
        new("MissingParameter", $"The request must contain the parameter {parameter}");

    public static Ec2Refusal Value(string message) => new("InvalidParameterValue", message);

    public static Ec2Refusal Combination(string message) => new("InvalidParameterCombination", message);

    public static Ec2Refusal GroupNotFound(string id) =>
        new("InvalidGroup.NotFound", $"The security group '{id}' does not exist");

    public static Ec2Refusal RuleIdNotFound(string id) =>
        new("InvalidSecurityGroupRuleId.NotFound", $"The security group rule ID '{id}' does not exist");
}
