using System.Text.Json;

namespace AlertHub.Sources.Aws.Security;

/// <summary>Findings of the newer Security Hub, in the Open Cybersecurity Schema Framework: https://schema.ocsf.io.</summary>
internal static class SecurityHubOcsf
{
    public static AwsKind Kind { get; } =
        AwsKind.OfEvents(
            "securityhub-ocsf",
            "aws.securityhub",
            ["Findings Imported V2"],
            static happened => [.. happened.Detail.Items("findings").Select(Tell).OfType<AwsStory>()]
        );

    private static AwsStory? Tell(JsonElement finding)
    {
        var about = finding.Member("finding_info") ?? default;
        if (about.Text("uid") is not { } id || about.Text("title") is not { } title)
        {
            return null;
        }

        var status = finding.Text("status");
        var compliance = finding.Member("compliance")?.Text("status");
        var isOver = status is "Suppressed" or "Resolved" or "Archived" || compliance == "Pass";
        var resource = finding.Items("resources").FirstOrDefault();
        var name = resource.Text("name") ?? resource.Text("uid");
        var remediation = finding.Member("remediation") ?? default;
        return new()
        {
            Name = $"Security Hub: {title}",
            Identity = id,
            Phase = isOver ? AwsPhase.Ends : AwsPhase.Begins,
            Severity = FindingSeverity.Of(finding.Text("severity")),
            State = status,
            Summary = SecurityHubFinding.Verdict(AwsWords.Last(name), compliance, title),
            Description = about.Text("desc"),
            Reason = finding.Text("status_detail"),
            Resource = name is null ? null : AwsWords.Last(name),
            Account = finding.Member("cloud", "account")?.Text("uid"),
            Region = finding.Member("cloud")?.Text("region"),
            At = about.Time("modified_time_dt") ?? finding.Time("time_dt"),
            ConsolePath = "securityhub/v2/home#/findings",
            Runbook = remediation.Items("references").Select(static link => link.AsText()).FirstOrDefault(),
            Facts =
            [
                new("product", finding.Member("metadata", "product")?.Text("name") ?? ""),
                new("class", finding.Text("class_name") ?? ""),
                new("compliance", compliance ?? ""),
                new("resource_type", resource.Text("type") ?? ""),
                new("remediation", remediation.Text("desc") ?? ""),
            ],
        };
    }
}
