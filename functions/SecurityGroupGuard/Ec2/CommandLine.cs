using System.Globalization;
using SecurityGroupGuard.Planning;
using SecurityGroupGuard.Rules;

namespace SecurityGroupGuard.Ec2;

/// <summary>Commands of the AWS CLI by which a person takes back what the guard did.</summary>
internal static class CommandLine
{
    /// <summary>The opposite of a step.</summary>
    public static string Redo(GroupId group, Step step) =>
        step switch
        {
            Step.Revoke { Rule: var rule } =>
                $"aws ec2 authorize-security-group-{Way(rule)} {Of(group)} {Permission(rule)}",
            Step.Authorize { Rule: var rule } =>
                $"aws ec2 revoke-security-group-{Way(rule)} {Of(group)} {Permission(rule)}",
            Step.Modify { From: var rule } =>
                $"aws ec2 modify-security-group-rules {Of(group)} --security-group-rules {Quoted($"SecurityGroupRuleId={rule.Id},SecurityGroupRule={{{Fields(rule)}}}")}",
            Step.Describe { Rule: var rule } =>
                $"aws ec2 update-security-group-rule-descriptions-{Way(rule)} {Of(group)} --security-group-rule-descriptions {Quoted($"[{{\"SecurityGroupRuleId\":\"{rule.Id}\",\"Description\":{Json(rule.Description)}}}]")}",
            Step.Tag { Key: var key } =>
                $"aws ec2 delete-tags --region {group.Region} --resources {group.Id} --tags {Quoted($"Key={key}")}",
            Step.Untag untag =>
                $"aws ec2 create-tags --region {group.Region} --resources {group.Id} --tags {Quoted($"Key={untag.Key},Value={untag.Value}")}",
            Step.Isolate isolate =>
                $"aws ec2 modify-network-interface-attribute --region {group.Region} --network-interface-id {isolate.Interface} --groups {string.Join(' ', isolate.From)}",
            _ => "",
        };

    private static string Of(GroupId group) => $"--region {group.Region} --group-id {group.Id}";

    private static string Way(Rule rule) => rule.Traffic.Direction == Direction.Ingress ? "ingress" : "egress";

    private static string Permission(Rule rule)
    {
        var traffic = rule.Traffic;
        var ports =
            traffic.Protocol.HasPorts || traffic.Protocol.HasTypes
                ? $",\"FromPort\":{Number(traffic.From)},\"ToPort\":{Number(traffic.To)}"
                : "";
        var description = rule.Description.Length > 0 ? $",\"Description\":{Json(rule.Description)}" : "";
        var peer = traffic.Peer switch
        {
            Peer.Addresses { Network.IsIpv6: false } block => $"\"IpRanges\":[{{\"CidrIp\":\"{block}\"{description}}}]",
            Peer.Addresses block => $"\"Ipv6Ranges\":[{{\"CidrIpv6\":\"{block}\"{description}}}]",
            Peer.PrefixList list => $"\"PrefixListIds\":[{{\"PrefixListId\":\"{list.Id}\"{description}}}]",
            Peer.Group other =>
                $"\"UserIdGroupPairs\":[{{\"GroupId\":\"{other.Id}\"{(other.Account is { } account ? $",\"UserId\":\"{account}\"" : "")}{description}}}]",
            _ => "",
        };
        return $"--ip-permissions {Quoted($"[{{\"IpProtocol\":\"{traffic.Protocol}\"{ports},{peer}}}]")}";
    }

    private static string Fields(Rule rule)
    {
        var traffic = rule.Traffic;
        var peer = traffic.Peer switch
        {
            Peer.Addresses { Network.IsIpv6: false } block => $"CidrIpv4={block}",
            Peer.Addresses block => $"CidrIpv6={block}",
            Peer.PrefixList list => $"PrefixListId={list.Id}",
            _ => $"ReferencedGroupId={traffic.Peer}",
        };
        var description = rule.Description.Length > 0 ? $",Description={Json(rule.Description)}" : "";
        return $"IpProtocol={traffic.Protocol},FromPort={Number(traffic.From)},ToPort={Number(traffic.To)},{peer}{description}";
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Json(string text) =>
        $"\"{System.Text.Json.JsonEncodedText.Encode(text, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";

    /// <summary>For a POSIX shell.</summary>
    private static string Quoted(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
