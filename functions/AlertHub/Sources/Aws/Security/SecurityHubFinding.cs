using System.Text.Json;

namespace AlertHub.Sources.Aws.Security;

/// <summary>
/// Findings that Security Hub imported, or that somebody sent by a custom action; each is over when it is resolved,
/// suppressed, archived or passed.
/// </summary>
internal static class SecurityHubFinding
{
    public static AwsKind Kind { get; } =
        AwsKind.OfEvents(
            "securityhub-finding",
            "aws.securityhub",
            ["Security Hub Findings - Imported", "Security Hub Findings - Custom Action"],
            static happened =>
                [
                    .. happened
                        .Detail.Items("findings")
                        .Select(finding => Tell(finding, happened.Detail.Text("actionName")))
                        .OfType<AwsStory>(),
                ]
        );

    private static AwsStory? Tell(JsonElement finding, string? action)
    {
        if (finding.Text("Id") is not { } id || finding.Text("Title") is not { } title)
        {
            return null;
        }

        var workflow = finding.Member("Workflow")?.Text("Status");
        var isOver =
            workflow is "RESOLVED" or "SUPPRESSED"
            || finding.Text("RecordState") == "ARCHIVED"
            || finding.Member("Compliance")?.Text("Status") == "PASSED";
        var resource = finding.Items("Resources").Select(static each => each.Text("Id")).FirstOrDefault();
        return new()
        {
            Name = $"Security Hub: {title}",
            Identity = id,
            Phase = isOver ? AwsPhase.Ends : AwsPhase.Begins,
            Severity = FindingSeverity.Of(finding.Member("Severity")?.Text("Label")),
            State = workflow,
            Summary = Verdict(AwsWords.Last(resource), finding.Member("Compliance")?.Text("Status"), title),
            Description = finding.Text("Description"),
            Resource = resource?.Split('/', ':')[^1],
            Account = finding.Text("AwsAccountId"),
            Region = finding.Text("Region"),
            At = finding.Time("UpdatedAt"),
            ConsolePath =
                $"securityhub/home#/findings?search=Id%3D%255Coperator%255C%253AEQUALS%255C%253A{Uri.EscapeDataString(id)}",
            Runbook = finding.Member("Remediation", "Recommendation")?.Text("Url"),
            Facts =
            [
                new("product", finding.Text("ProductName") ?? ""),
                new("compliance", finding.Member("Compliance")?.Text("Status") ?? ""),
                new("resource_arn", resource ?? ""),
                new("sent_by_action", action ?? ""),
            ],
        };
    }

    /// <summary>The title of a control says what should be, and that of any other finding what is.</summary>
    public static string Verdict(string resource, string? compliance, string title) =>
        resource.Length == 0
            ? title
            : compliance switch
            {
                "PASSED" or "Pass" => $"{resource} passes: {title}",
                "FAILED" or "Fail" => $"{resource} fails: {title}",
                _ => $"{resource}: {title}",
            };
}
