using System.Text.Json;

namespace AlertHub.Sources.Aws.Security;

/// <summary>What a call that opens or closes a security group is about: its parameter <c>ipPermissions</c>.</summary>
internal static class CloudTrailRules
{
    private const int MostRules = 10;

    /// <summary>A line for each, <c>tcp 22: 0.0.0.0/0, ::/0</c>; null where a call has none.</summary>
    public static string? Of(JsonElement parameters)
    {
        string[] rules =
        [
            .. parameters
                .Member("ipPermissions")
                ?.Items("items")
                .Select(static rule => $"{What(rule)}: {AwsWords.Several(Whom(rule))}")
                ?? [],
        ];
        return rules.Length == 0 ? null
            : rules.Length <= MostRules ? string.Join('\n', rules)
            : $"{string.Join('\n', rules[..MostRules])}\nand {rules.Length - MostRules} more";
    }

    private static string What(JsonElement rule) =>
        (rule.Text("ipProtocol"), rule.Text("fromPort"), rule.Text("toPort")) switch
        {
            (null or "-1", _, _) => "all traffic",
            (var protocol, null or "-1", _) => protocol,
            (var protocol, var from, var to) => from == to || to is null or "-1"
                ? $"{protocol} {from}"
                : $"{protocol} {from}-{to}",
        };

    private static List<string> Whom(JsonElement rule) =>
        [
            .. Each(rule, "ipRanges", "cidrIp"),
            .. Each(rule, "ipv6Ranges", "cidrIpv6"),
            .. Each(rule, "prefixListIds", "prefixListId"),
            .. Each(rule, "groups", "groupId"),
        ];

    private static IEnumerable<string> Each(JsonElement rule, string list, string member) =>
        rule.Member(list)?.Items("items").Select(each => each.Text(member)).OfType<string>() ?? [];
}
