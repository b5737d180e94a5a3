using System.Globalization;

namespace Hosts.Tests.Ec2.Stored;

/// <summary>
/// Rules as tests write them: <c>in tcp 443 0.0.0.0/0 the web</c>, <c>out -1 all ::/0</c>, <c>in icmp 8/-1 10.0.0.0/8</c>,
/// <c>in tcp 1024-2048 sg-...</c>, <c>in tcp 22 self</c>, <c>in udp 53 pl-...</c>. What follows the target is the description.
/// </summary>
internal static class RuleText
{
    public static StoredRule Parse(string text)
    {
        var parts = text.Split(' ', 5, StringSplitOptions.TrimEntries);
        if (parts is not [("in" or "out") and var direction, var protocol, var ports, var target, ..])
        {
            throw new FormatException($"\"{text}\" is no rule: write \"in|out protocol ports target description\".");
        }

        var (from, to) = Range(ports);
        var traffic = Traffic.Of(protocol, from, to);
        return new()
        {
            IsEgress = direction == "out",
            Protocol = traffic.Protocol,
            FromPort = traffic.FromPort,
            ToPort = traffic.ToPort,
            Target = Target(target),
            Description = parts.Length == 5 ? parts[4] : null,
        };
    }

    private static (int? From, int? To) Range(string ports)
    {
        if (ports is "all" or "-1--1")
        {
            return (-1, -1);
        }

        // "8/-1" is of ICMP; so is "8--1", as a rule writes itself.
        var separator = ports.IndexOfAny(['/', '-'], 1);
        return separator < 0
            ? (Number(ports), Number(ports))
            : (Number(ports[..separator]), Number(ports[(separator + 1)..]));
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static RuleTarget Target(string text) =>
        text switch
        {
            _ when text.StartsWith("pl-", StringComparison.Ordinal) => new RuleTarget.PrefixList(text),
            // Whose it is, the server knows.
            "self" => new RuleTarget.Group(text, ""),
            _ when text.StartsWith("sg-", StringComparison.Ordinal) => new RuleTarget.Group(text, ""),
            _ when text.Contains(':', StringComparison.Ordinal) => new RuleTarget.Ipv6(Cidr.Ipv6(text)),
            _ => new RuleTarget.Ipv4(Cidr.Ipv4(text)),
        };
}
