using System.Globalization;
using System.Text.Json;

namespace AlertHub.Sources.Aws.Security;

/// <summary>A finding of GuardDuty, told anew whenever it is seen again; over once somebody archives it.</summary>
internal static class GuardDutyFinding
{
    public static AwsKind Kind { get; } =
        AwsKind.OfEvent("guardduty-finding", "aws.guardduty", ["GuardDuty Finding"], Tell);

    private static AwsStory? Tell(AwsEvent happened)
    {
        var finding = happened.Detail;
        if (finding.Text("id") is not { } id || finding.Text("type") is not { } type)
        {
            return null;
        }

        var service = finding.Member("service") ?? default;
        var severity = finding.Number("severity") ?? 0;
        var isArchived = service.Text("archived") == "true";
        var title = finding.Text("title") ?? type;
        return new()
        {
            Name = $"GuardDuty {type}",
            Identity = finding.Text("arn") ?? id,
            Phase = isArchived ? AwsPhase.Ends : AwsPhase.Begins,
            // Low is below 4, high from 7 on, critical from 9 on (GuardDuty user guide, "Severity levels").
            Severity = severity switch
            {
                >= 7 => AwsSeverity.Critical,
                >= 4 => AwsSeverity.Warning,
                _ => AwsSeverity.Info,
            },
            Summary = isArchived ? $"Archived: {title}" : title,
            Description = isArchived ? null : finding.Text("description"),
            Resource = Resource(finding.Member("resource") ?? default),
            Account = finding.Text("accountId"),
            Region = finding.Text("region"),
            At = finding.Time("updatedAt"),
            ConsolePath = $"guardduty/home#/findings?macros=current&fId={Uri.EscapeDataString(id)}",
            Facts =
            [
                new("finding_severity", severity.ToString("0.#", CultureInfo.InvariantCulture)),
                new("times_seen", service.Text("count") ?? ""),
                new("resource_type", finding.Member("resource")?.Text("resourceType") ?? ""),
                new("remote_address", Remote(service.Member("action") ?? default)),
            ],
        };
    }

    private static string? Resource(JsonElement resource) =>
        resource.Member("instanceDetails")?.Text("instanceId")
        ?? resource.Member("accessKeyDetails")?.Text("userName")
        ?? resource.Items("s3BucketDetails").Select(static bucket => bucket.Text("name")).FirstOrDefault()
        ?? resource.Member("eksClusterDetails")?.Text("name")
        ?? resource.Member("ecsClusterDetails")?.Text("name")
        ?? resource.Member("lambdaDetails")?.Text("functionName")
        ?? resource.Member("rdsDbInstanceDetails")?.Text("dbInstanceIdentifier");

    private static string Remote(JsonElement action)
    {
        string[] kinds =
        [
            "networkConnectionAction",
            "awsApiCallAction",
            "kubernetesApiCallAction",
            "rdsLoginAttemptAction",
        ];
        return kinds
                .Select(kind => action.Member(kind)?.Member("remoteIpDetails")?.Text("ipAddressV4"))
                .FirstOrDefault(static address => address is not null)
            ?? "";
    }
}
