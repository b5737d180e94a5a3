namespace AlertHub.Sources.Aws.Security;

/// <summary>A finding of Inspector; over when it is closed or suppressed.</summary>
internal static class InspectorFinding
{
    public static AwsKind Kind { get; } =
        AwsKind.OfEvent("inspector2-finding", "aws.inspector2", ["Inspector2 Finding"], Tell);

    private static AwsStory? Tell(AwsEvent happened)
    {
        var finding = happened.Detail;
        if (finding.Text("findingArn") is not { } arn || finding.Text("title") is not { } title)
        {
            return null;
        }

        var status = finding.Text("status");
        var resource = finding.Items("resources").Select(static each => each.Text("id")).FirstOrDefault();
        return new()
        {
            Name = $"Inspector: {title}",
            Identity = arn,
            Phase = status is "CLOSED" or "SUPPRESSED" ? AwsPhase.Ends : AwsPhase.Begins,
            Severity = FindingSeverity.Of(finding.Text("severity")),
            State = status,
            Summary = $"{Named(resource)}: {title}{After(status, finding.Text("fixAvailable"))}",
            Description = finding.Text("description"),
            Resource = resource is null ? null : Named(resource),
            Account = finding.Text("awsAccountId"),
            At = finding.Time("updatedAt"),
            ConsolePath = $"inspector/v2/home#/findings/all?findingArn={Uri.EscapeDataString(arn)}",
            Runbook = finding.Member("remediation", "recommendation")?.Text("Url"),
            Facts =
            [
                new("score", finding.Text("inspectorScore") ?? ""),
                new("fix_available", finding.Text("fixAvailable") ?? ""),
                new("vulnerability", finding.Member("packageVulnerabilityDetails")?.Text("vulnerabilityId") ?? ""),
            ],
        };
    }

    private static string Named(string? resource) => resource?.Split('/', ':')[^1] ?? "A resource";

    private static string After(string? status, string? isFixable) =>
        status is "CLOSED" or "SUPPRESSED" ? $" ({status.ToLowerInvariant()})"
        : isFixable is "YES" ? "; there is a fix"
        : isFixable is "PARTIAL" ? "; there is a fix for a part of it"
        : "";
}
