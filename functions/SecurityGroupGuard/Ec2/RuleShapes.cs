using Amazon.EC2.Model;
using SecurityGroupGuard.Rules;
using Rule = SecurityGroupGuard.Rules.Rule;

namespace SecurityGroupGuard.Ec2;

/// <summary>Rules in the three shapes that EC2 has for one.</summary>
internal static class RuleShapes
{
    /// <summary>Null where EC2 describes what this does not know: a fifth kind of peer.</summary>
    public static Rule? Read(SecurityGroupRule rule)
    {
        Peer? peer =
            Network.Parse(rule.CidrIpv4 ?? rule.CidrIpv6) is { } network ? new Peer.Addresses(network)
            : rule.PrefixListId is { Length: > 0 } list ? new Peer.PrefixList(list)
            : rule.ReferencedGroupInfo is { GroupId: { Length: > 0 } group } info
                ? new Peer.Group(group) { Account = info.UserId, PeeringConnection = info.VpcPeeringConnectionId }
            : null;
        return peer is null || Protocol.Parse(rule.IpProtocol) is not { } protocol
            ? null
            : new()
            {
                Id = rule.SecurityGroupRuleId,
                Traffic = Traffic.Create(
                    rule.IsEgress == true ? Direction.Egress : Direction.Ingress,
                    protocol,
                    rule.FromPort,
                    rule.ToPort,
                    peer
                ),
                Description = rule.Description ?? "",
                Tags = Read(rule.Tags),
            };
    }

    public static Tags Read(List<Tag>? tags) =>
        Tags.Of((tags ?? []).Select(static tag => KeyValuePair.Create(tag.Key ?? "", tag.Value ?? "")));

    /// <summary>To authorize: one permission with one peer.</summary>
    public static IpPermission Permission(Rule rule)
    {
        var description = Text(rule.Description);
        var permission = new IpPermission
        {
            IpProtocol = rule.Traffic.Protocol.Name,
            FromPort = Port(rule.Traffic, rule.Traffic.From),
            ToPort = Port(rule.Traffic, rule.Traffic.To),
        };
        switch (rule.Traffic.Peer)
        {
            case Peer.Addresses { Network: { IsIpv6: false } network }:
                permission.Ipv4Ranges = [new() { CidrIp = $"{network}", Description = description }];
                break;
            case Peer.Addresses { Network: var network }:
                permission.Ipv6Ranges = [new() { CidrIpv6 = $"{network}", Description = description }];
                break;
            case Peer.PrefixList list:
                permission.PrefixListIds = [new() { Id = list.Id, Description = description }];
                break;
            case Peer.Group group:
                permission.UserIdGroupPairs =
                [
                    new()
                    {
                        GroupId = group.Id,
                        UserId = group.Account,
                        VpcPeeringConnectionId = group.PeeringConnection,
                        Description = description,
                    },
                ];
                break;
        }

        return permission;
    }

    /// <summary>To modify: all of the rule, since what is left out is removed.</summary>
    public static SecurityGroupRuleUpdate Update(Rule rule) =>
        new()
        {
            SecurityGroupRuleId = rule.Id,
            SecurityGroupRule = new()
            {
                IpProtocol = rule.Traffic.Protocol.Name,
                FromPort = rule.Traffic.From,
                ToPort = rule.Traffic.To,
                CidrIpv4 = rule.Traffic.Peer is Peer.Addresses { Network: { IsIpv6: false } v4 } ? $"{v4}" : null,
                CidrIpv6 = rule.Traffic.Peer is Peer.Addresses { Network: { IsIpv6: true } v6 } ? $"{v6}" : null,
                PrefixListId = (rule.Traffic.Peer as Peer.PrefixList)?.Id,
                ReferencedGroupId = (rule.Traffic.Peer as Peer.Group)?.Id,
                Description = Text(rule.Description),
            },
        };

    private static int? Port(Traffic traffic, int port) =>
        traffic.Protocol.HasPorts || traffic.Protocol.HasTypes ? port : null;

    private static string? Text(string description) => description.Length == 0 ? null : description;
}
