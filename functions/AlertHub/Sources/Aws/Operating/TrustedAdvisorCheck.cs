namespace AlertHub.Sources.Aws.Operating;

/// <summary>What Trusted Advisor says of a resource: wrong while it warns.</summary>
internal static class TrustedAdvisorCheck
{
    private const int MostDetails = 8;

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
        return new()
        {
            Name = $"Trusted Advisor: {name}",
            Identity = $"{happened.Account} {resource ?? region ?? check.Text("uuid")}",
            Phase = status is "ERROR" or "WARN" ? AwsPhase.Begins : AwsPhase.Ends,
            // It may go from one to the other, and is the same alert.
            Severity = AwsSeverity.Warning,
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
