using System.Globalization;
using SecurityGroupGuard.Rules;

namespace AlertHub.Tests.SecurityGroups;

/// <summary>Traffic as tables write it: <c>ingress tcp 22-23 10.0.0.0/8</c>, <c>egress icmp 3/4 sg-1</c>, <c>ingress all pl-1</c>.</summary>
internal static class TrafficText
{
    public static Traffic Read(string text)
    {
        var words = text.Split(' ');
        var protocol = Protocol.Parse(words[1])!.Value;
        int?[] numbers = words.Length < 4 ? [null, null] : [.. words[2].Split('-', '/').Select(Number)];
        return Traffic.Create(
            Enum.Parse<Direction>(words[0], ignoreCase: true),
            protocol,
            numbers[0],
            protocol.HasTypes ? numbers.ElementAtOrDefault(1) : numbers[^1],
            Peer(words[^1])
        );
    }

    private static Peer Peer(string text) =>
        text.StartsWith("sg-", StringComparison.Ordinal) ? new Peer.Group(text)
        : text.StartsWith("pl-", StringComparison.Ordinal) ? new Peer.PrefixList(text)
        : new Peer.Addresses(Network.Parse(text)!.Value);

    private static int? Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
