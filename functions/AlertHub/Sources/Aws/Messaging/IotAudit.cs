using System.Text.Json;

namespace AlertHub.Sources.Aws.Messaging;

/// <summary>What an audit of IoT Device Defender found; over when the next one of the same name finds nothing.</summary>
internal static class IotAudit
{
    public static AwsKind Kind { get; } = AwsKind.OfJson("iot-audit", Tell);

    private static AwsStory? Tell(JsonElement audit, AwsMessage message)
    {
        if (
            audit.Text("taskType") is not ("ON_DEMAND_AUDIT_TASK" or "SCHEDULED_AUDIT_TASK")
            || audit.Text("taskStatus") is not { } status
            || audit.Number("nonCompliantChecksCount") is not { } broken
        )
        {
            return null;
        }

        var name = audit.Text("scheduledAuditName") ?? "on demand";
        var account = audit.Text("accountId") ?? message.Topic?.Account;
        var checks = audit
            .Items("auditDetails")
            .Where(static each => each.Number("nonCompliantResourcesCount") > 0)
            .Select(static each => AwsWords.Plain(each.Text("checkName") ?? ""))
            .ToList();
        var outcome =
            broken > 0 || status == "FAILED" ? AwsOutcome.Failed
            : status == "COMPLETED" ? AwsOutcome.Succeeded
            : AwsOutcome.Neither;
        return AwsStory.Repeated(
            outcome,
            "IoT Device Defender audit",
            $"{account} {message.Topic?.Region} {name}",
            AwsSeverity.Warning,
            broken > 0
                    ? $"Audit {name} found what should not be: {(checks.Count > 0 ? AwsWords.Several(checks) : $"{broken} checks")}"
                : status == "COMPLETED" ? $"Audit {name} found nothing"
                : $"Audit {name}: {AwsWords.Plain(status)}"
        ) with
        {
            Name = outcome == AwsOutcome.Neither ? "IoT Device Defender audit" : "IoT Device Defender audit findings",
            State = status,
            Resource = name,
            Account = account,
            ConsolePath = "iot/home#/dd/audit/results",
            Facts =
            [
                new("checks", audit.Text("totalChecksCount") ?? ""),
                new("checks_broken", audit.Text("nonCompliantChecksCount") ?? ""),
                new("checks_failed", audit.Text("failedChecksCount") ?? ""),
            ],
        };
    }
}
