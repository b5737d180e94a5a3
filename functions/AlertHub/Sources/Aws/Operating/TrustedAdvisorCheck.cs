namespace AlertHub.Sources.Aws.Operating;

/// <summary>What Trusted Advisor says of a resource: wrong while it warns.</summary>
internal static class TrustedAdvisorCheck
{
    private const int MostDetails = 8;

    /// <summary>Checks by which something is open to the world or in wrong hands (Trusted Advisor check reference, "Security").</summary>
    private static readonly HashSet<string> Security = new(StringComparer.OrdinalIgnoreCase)
    {
        "Amazon EBS Public Snapshots",
        "Amazon RDS Public Snapshots",
        "Amazon S3 Bucket Permissions",
        "AWS CloudTrail Logging",
        "Exposed Access Keys",
        "MFA on Root Account",
        "Security Groups - Specific Ports Unrestricted",
        "Security Groups - Unrestricted Access",
    };

    public static AwsKind Kind { get; } =
        AwsKind.OfEvent(
            "trustedadvisor-check",
            "aws.trustedadvisor",
            ["Trusted Advisor Check Item Refresh Notification"],
            Tell
        );

    private static AwsStory? Tell(AwsEvent happened)
    {
        var check = happened.Detail;
        if (check.Text("check-name") is not { } name || check.Text("status") is not { } status)
        {
            return null;
        }

        var details = check.Member("check-item-detail")?.Texts().ToList() ?? [];
        var resource = check.Text("resource_id");
        // Checks of service limits are about a region, and have no resource.
        var region = Detail("Region") ?? Detail("Region/AZ");
        var thing = resource is null ? region : AwsWords.Last(resource);
        var usage =
            Detail("Current Usage") is { } used && Detail("Limit Amount") is { } limit
                ? $", {used} of {limit} used"
                : "";
        var title = $"Trusted Advisor: {name}";
        var identity = $"{happened.Account} {resource ?? region ?? check.Text("uuid")}";
        var isSecurity = Security.Contains(name);
        var (severity, other) =
            isSecurity && status != "WARN"
                ? (AwsSeverity.Critical, AwsSeverity.Warning)
                : (AwsSeverity.Warning, AwsSeverity.Critical);
        return new()
        {
            Name = title,
            Identity = identity,
            Phase = status is "ERROR" or "WARN" ? AwsPhase.Begins : AwsPhase.Ends,
            Severity = severity,
            // It may go from one to the other: that is another alert, since the severity is a label.
            Endings = isSecurity ? [new(title, other, identity)] : [],
            State = status,
            Summary = $"{name}{(thing is null ? "" : $" ({thing})")}: {Words(status)}{usage}",
            Description = string.Join(
                '\n',
                details.Take(MostDetails).Select(static each => $"{each.Key}: {each.Value}")
            ),
            Resource = resource is null ? null : AwsWords.Last(resource),
            ConsolePath = "trustedadvisor/home#/dashboard",
            Facts = [new("resource_arn", resource ?? ""), new("resource_region", region ?? "")],
        };

        string? Detail(string key) => details.FirstOrDefault(each => each.Key == key).Value;
    }

    private static string Words(string status) =>
        status switch
        {
            "ERROR" => "action recommended",
            "WARN" => "investigation recommended",
            "OK" => "no problem detected",
            _ => AwsWords.Plain(status),
        };
}
