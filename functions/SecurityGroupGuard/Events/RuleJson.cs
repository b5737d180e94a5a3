using System.Globalization;
using System.Text.Json;
using SecurityGroupGuard.Rules;

namespace SecurityGroupGuard.Events;

/// <summary>
/// Rules as EC2 writes them: permissions (protocol, ports, and lists of all whom they are for), rule sets (one peer each,
/// with ids), and the parameters that were there before permissions. One rule that cannot be understood makes the whole
/// null: half of what a call did is not what it did.
/// </summary>
internal static class RuleJson
{
    /// <summary>A single rule for each peer of each permission.</summary>
    /// <param name="permissions">Permissions of CloudTrail or of Config.</param>
    /// <param name="direction">Of all of them.</param>
    /// <param name="account">The group's own, so that peers of another one are known.</param>
    public static IReadOnlyList<Rule>? OfPermissions(
        IEnumerable<JsonElement> permissions,
        Direction direction,
        string account
    ) => Whole(permissions.SelectMany(permission => OfPermission(permission, direction, account)));

    /// <summary>The items of <c>securityGroupRuleSet</c> and <c>revokedSecurityGroupRuleSet</c>.</summary>
    public static IReadOnlyList<Rule>? OfSet(IEnumerable<JsonElement> items, Direction direction, string account) =>
        Whole(items.Select(item => OfItem(item, direction, account)));

    /// <summary><c>cidrIp</c> and what belongs to it, beside <c>groupId</c>. A source group is named there, never told by its id.</summary>
    public static IReadOnlyList<Rule>? OfFlat(JsonElement request, Direction direction) =>
        Network.Parse(request.FieldText("cidrIp")) is { } network
        && RuleOf(request, direction, new Peer.Addresses(network), "") is { } rule
            ? [rule]
            : null;

    /// <summary>What a rule is changed into.</summary>
    public static ModifiedRule? Modified(string id, JsonElement became, string account) =>
        PeerOf(became, account) is { } peer && RuleOf(became, Direction.Ingress, peer, Description(became)) is { } rule
            ? new(id, rule.Traffic.Protocol, rule.Traffic.From, rule.Traffic.To, peer, rule.Description)
            : null;

    private static List<Rule>? Whole(IEnumerable<Rule?> read)
    {
        var rules = new List<Rule>();
        var seen = new HashSet<Traffic>();
        foreach (var rule in read)
        {
            if (rule is null)
            {
                return null;
            }

            if (seen.Add(rule.Traffic))
            {
                rules.Add(rule);
            }
        }

        return rules;
    }

    private static IEnumerable<Rule?> OfPermission(JsonElement permission, Direction direction, string account)
    {
        Rule? Of(JsonElement entry, Peer? peer) =>
            peer is null ? null : RuleOf(permission, direction, peer, Description(entry));

        // Config says every IPv4 range twice: with its description, and as it was written before there were any.
        return
        [
            .. permission.Entries("ipv4Ranges").Select(e => Of(e, Addresses(Value(e, "cidrIp")))),
            .. permission.Entries("ipRanges").Select(e => Of(e, Addresses(Value(e, "cidrIp")))),
            .. permission.Entries("ipv6Ranges").Select(e => Of(e, Addresses(Value(e, "cidrIpv6")))),
            .. permission.Entries("prefixListIds").Select(e => Of(e, PrefixList(Value(e, "prefixListId")))),
            .. permission.Entries("groups").Select(e => Of(e, Group(e, account))),
            .. permission.Entries("userIdGroupPairs").Select(e => Of(e, Group(e, account))),
        ];
    }

    private static Rule? OfItem(JsonElement item, Direction direction, string account)
    {
        var way = item.FieldText("isEgress")?.ToLowerInvariant() switch
        {
            "true" => Direction.Egress,
            "false" => Direction.Ingress,
            _ => direction,
        };
        return PeerOf(item, account) is { } peer && RuleOf(item, way, peer, Description(item)) is { } rule
            ? rule with
            {
                Id = item.FieldText("securityGroupRuleId"),
                Tags = item.TagsOf("tagSet"),
            }
            : null;
    }

    private static Rule? RuleOf(JsonElement item, Direction direction, Peer peer, string description) =>
        Protocol.Parse(item.FieldText("ipProtocol")) is { } protocol
        && Port(item, "fromPort", out var from)
        && Port(item, "toPort", out var to)
        && (from is null == to is null || !(protocol.HasPorts || protocol.HasTypes))
            ? new() { Traffic = Traffic.Create(direction, protocol, from, to, peer), Description = description }
            : null;

    /// <summary>False where there is something that is no port: it must not be taken for all of them.</summary>
    private static bool Port(JsonElement item, string name, out int? port)
    {
        port = null;
        if (item.Field(name) is not { } written)
        {
            return true;
        }

        var isPort =
            int.TryParse(
                written.PlainText(),
                NumberStyles.AllowLeadingSign,
                CultureInfo.InvariantCulture,
                out var number
            ) && number is >= -1 and <= 65535;
        port = isPort ? number : null;
        return isPort;
    }

    /// <summary>The one peer of a rule.</summary>
    private static Peer? PeerOf(JsonElement item, string account) =>
        item.FieldText("cidrIpv4") is { } ipv4 ? Addresses(ipv4)
        : item.FieldText("cidrIpv6") is { } ipv6 ? Addresses(ipv6)
        : item.FieldText("prefixListId") is { } list ? PrefixList(list)
        : item.Field("referencedGroupInfo") is { } info ? Group(info, account)
        : item.FieldText("referencedGroupId") is { } id ? new Peer.Group(id)
        : null;

    private static Peer.Addresses? Addresses(string? cidr) =>
        Network.Parse(cidr) is { } network ? new Peer.Addresses(network) : null;

    private static Peer.PrefixList? PrefixList(string? id) => id is null ? null : new Peer.PrefixList(id);

    private static Peer.Group? Group(JsonElement entry, string account) =>
        entry.FieldText("groupId") is { } id
            ? new Peer.Group(id)
            {
                Account = entry.FieldText("userId") is { } owner && owner != account ? owner : null,
                PeeringConnection = entry.FieldText("vpcPeeringConnectionId"),
            }
            : null;

    /// <summary>A member of the entry, or the entry itself where it is only that: Config's <c>"ipRanges": ["10.0.0.0/8"]</c>.</summary>
    private static string? Value(JsonElement entry, string name) => entry.FieldText(name) ?? entry.PlainText();

    private static string Description(JsonElement entry) => entry.FieldText("description") ?? "";
}
