using System.Text.Json;

namespace AlertHub.Sources.Aws.Security;

/// <summary>Whether Runtime Monitoring hears from a cluster or an instance; while it is unhealthy nothing is found there.</summary>
internal static class GuardDutyCoverage
{
    public static AwsKind Kind { get; } =
        AwsKind.OfEvent(
            "guardduty-coverage",
            "aws.guardduty",
            ["GuardDuty Runtime Protection Healthy", "GuardDuty Runtime Protection Unhealthy"],
            Tell
        );

    private static AwsStory? Tell(AwsEvent happened)
    {
        var coverage = happened.Detail;
        var covered = coverage.Member("resourceDetails") ?? default;
        if (Covered(covered) is not var (type, name))
        {
            return null;
        }

        var isHealthy = happened.DetailType.EndsWith(" Healthy", StringComparison.Ordinal);
        var account = coverage.Text("resourceAccountId") ?? happened.Account;
        return new()
        {
            Name = "GuardDuty runtime coverage unhealthy",
            Identity = $"{account} {happened.Region} {type} {name}",
            Phase = isHealthy ? AwsPhase.Ends : AwsPhase.Begins,
            Severity = AwsSeverity.Warning,
            Summary = isHealthy
                ? $"GuardDuty hears from the {type} {name} again"
                : $"GuardDuty hears nothing from the {type} {name}: threats there are not found",
            Reason = coverage.Text("issue") ?? Issues(covered),
            Resource = name,
            Account = account,
            At = coverage.Time("lastUpdatedAt"),
            ConsolePath = "guardduty/home#/runtime-monitoring",
            Runbook = "https://docs.aws.amazon.com/guardduty/latest/ug/runtime-monitoring-assessing-coverage.html",
        };
    }

    private static (string Type, string Name)? Covered(JsonElement covered) =>
        covered.Member("eksClusterDetails")?.Text("clusterName") is { } eks ? ("EKS cluster", eks)
        : covered.Member("ecsClusterDetails")?.Text("clusterName") is { } ecs ? ("ECS cluster", ecs)
        : covered.Member("ec2InstanceDetails")?.Text("instanceId") is { } instance ? ("instance", instance)
        : null;

    private static string Issues(JsonElement covered) =>
        string.Join(
            '\n',
            (covered.Member("ecsClusterDetails", "fargateDetails") ?? default)
                .Items("issues")
                .Select(static issue => issue.AsText())
                .OfType<string>()
        );
}
