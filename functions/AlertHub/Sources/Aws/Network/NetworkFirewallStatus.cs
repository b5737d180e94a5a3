using System.Text.Json;

namespace AlertHub.Sources.Aws.Network;

/// <summary>
/// A firewall's endpoints, its attachment to a transit gateway, and whether each zone has the rules that it should have.
/// </summary>
internal static class NetworkFirewallStatus
{
    public static AwsKind Kind { get; } =
        AwsKind.OfEvents(
            "networkfirewall-status",
            "aws.network-firewall",
            [
                "Firewall Attachment Status Changed",
                "Firewall Configuration Changed",
                "Firewall Transit Gateway Attachment Status Changed",
            ],
            static happened =>
                happened.Resource is { } firewall
                    ? [.. Entries(happened.Detail).Select(entry => Tell(firewall, entry)).OfType<AwsStory>()]
                    : []
        );

    /// <summary>One for each zone; of a transit gateway only one.</summary>
    private static IEnumerable<JsonElement> Entries(JsonElement detail) =>
        detail.Member("data") is { ValueKind: JsonValueKind.Object } only ? [only] : detail.Items("data");

    private static AwsStory? Tell(string firewall, JsonElement entry)
    {
        var zone = entry.Text("Availability Zone");
        var (what, name, status) =
            entry.Text("Current Attachment Status") is { } endpoint
                ? ("endpoint", entry.Text("Endpoint ID") ?? "", endpoint)
            : entry.Text("Current Transit Gateway Attachment Status") is { } attachment
                ? ("transit gateway attachment", entry.Text("Attachment ID") ?? "", attachment)
            : entry.Text("Current Configuration Sync Status") is { } sync
                ? ("rule update", AwsWords.Last(entry.Text("Configuration Resource ARN") ?? ""), sync)
            : ("", "", "");
        if (status.Length == 0)
        {
            return null;
        }

        var outcome = status switch
        {
            "FAILED" or "ERROR" or "CAPACITY_CONSTRAINED" or "REJECTED" => AwsOutcome.Failed,
            "READY" or "IN_SYNC" => AwsOutcome.Succeeded,
            _ => AwsOutcome.Neither,
        };
        var at = zone is null ? "" : $" in {zone}";
        // An endpoint has no id before it is there.
        var part = what == "rule update" ? name : "";
        return AwsStory.Repeated(
            outcome,
            $"Network Firewall {what}",
            $"{firewall} {what} {part} {zone}",
            AwsSeverity.Critical,
            $"Firewall {AwsWords.Last(firewall)}: {what}{(name.Length > 0 ? $"{(part.Length > 0 ? " of" : "")} {name}" : "")} {Words(status)}{at}"
        ) with
        {
            State = status,
            Resource = $"{AwsWords.Last(firewall)}{(part.Length > 0 ? $" {part}" : "")}{at}",
            ConsolePath = $"vpcconsole/home#NetworkFirewallDetails:arn={Uri.EscapeDataString(firewall)}",
            Facts =
            [
                new(
                    "before",
                    entry.Text("Previous Attachment Status")
                        ?? entry.Text("Previous Configuration Sync Status")
                        ?? entry.Text("Previous Transit Gateway Attachment Status")
                        ?? ""
                ),
                new("firewall", AwsWords.Last(firewall)),
            ],
        };
    }

    private static string Words(string status) =>
        status switch
        {
            "IN_SYNC" => "is done",
            "PENDING" => "is under way",
            "CAPACITY_CONSTRAINED" => "does not fit its capacity",
            "FAILED" => "has failed",
            _ => $"is {AwsWords.Plain(status)}",
        };
}
