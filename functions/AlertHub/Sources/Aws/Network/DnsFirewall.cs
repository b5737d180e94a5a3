using System.Text.Json;

namespace AlertHub.Sources.Aws.Network;

/// <summary>A name that somebody asked for and Route 53's DNS Firewall knows as bad. The same asked again is the same alert.</summary>
internal static class DnsFirewall
{
    public static AwsKind Kind { get; } =
        AwsKind.OfEvent(
            "route53resolver-dnsfirewall",
            "aws.route53resolver",
            ["DNS Firewall Alert", "DNS Firewall Block"],
            Tell
        );

    private static AwsStory? Tell(AwsEvent happened)
    {
        var query = happened.Detail;
        if (query.Text("query-name") is not { } name)
        {
            return null;
        }

        var isBlocked = happened.DetailType.EndsWith("Block", StringComparison.Ordinal);
        var who = query.Items("resources").Select(Id).FirstOrDefault(static id => id is not null);
        var from = query.Text("src-addr");
        return new()
        {
            Name = isBlocked ? "DNS Firewall blocked a name" : "DNS Firewall saw a bad name",
            Identity = $"{query.Text("account-id") ?? happened.Account} {query.Text("vpc-id")} {who ?? from} {name}",
            Phase = AwsPhase.Happened,
            Severity = AwsSeverity.Warning,
            State = query.Text("firewall-rule-action"),
            Summary =
                $"{who ?? from ?? "Somebody"} asked for {name.TrimEnd('.')}, {(isBlocked ? "which is blocked" : "and got it")}",
            Resource = who ?? from,
            Account = query.Text("account-id"),
            At = query.Time("last-observed-at"),
            ConsolePath = query.Text("firewall-rule-group-id") is { } group
                ? $"vpcconsole/home#FirewallRuleGroup:id={Uri.EscapeDataString(group)}"
                : null,
            Facts =
            [
                new("vpc", query.Text("vpc-id") ?? ""),
                new("source_address", from ?? ""),
                new("query_type", query.Text("query-type") ?? ""),
                new("protection", query.Text("firewall-protection") ?? ""),
                new("domain_list", query.Text("firewall-domain-list-id") ?? ""),
            ],
        };
    }

    private static string? Id(JsonElement resource) =>
        resource.Member("instance-details")?.Text("id") ?? resource.Member("resolver-endpoint-details")?.Text("id");
}
