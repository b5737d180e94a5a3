using AlertHub.Tests.Support;
using FsCheck.Fluent;
using SecurityGroupGuard.Policies;
using SecurityGroupGuard.Rules;

namespace AlertHub.Tests.SecurityGroups.Policies;

/// <summary>What anybody may let through, and what is never let through again.</summary>
public sealed class Traffics
{
    private static readonly Policy Policy = PolicyText.Read(
        """
        mode: enforce
        approved:
        - {direction: ingress, protocol: tcp, ports: "443", cidrs: [10.0.0.0/8, "fd00::/8"]}
        - {protocol: udp, ports: "1024-2047", cidrs: [192.168.0.0/17, 192.168.128.0/17], prefix_lists: [pl-1]}
        - {direction: egress, protocol: all, groups: [sg-1]}
        - {direction: ingress, protocol: icmp, types: "8", cidrs: [10.0.0.0/8]}
        - {direction: ingress, protocol: icmp, types: "3/4", cidrs: [0.0.0.0/0]}
        - {direction: ingress, protocol: "50", cidrs: [203.0.113.7]}
        """
    );

    private static readonly Policy Strict = PolicyText.Read(
        """
        mode: enforce
        forbidden:
        - {direction: ingress, protocol: tcp, ports: "22-23", cidrs: [10.0.0.0/8]}
        - {protocol: icmp, types: "8/0", cidrs: [0.0.0.0/0]}
        - {direction: egress, protocol: all, prefix_lists: [pl-1], groups: [sg-1]}
        """
    );

    public static TheoryData<string[]> Table { get; } = [.. Repository.Cases("guard-traffic.txt")];

    [Theory]
    [MemberData(nameof(Table))]
    public void A_rule_is_approved_or_not_and_forbidden_or_not(string[] row)
    {
        var traffic = TrafficText.Read(row[0]);

        Assert.Equal(
            row[1],
            string.Join(
                ' ',
                (
                    (string[])
                        [
                            Policy.Approves(traffic) ? "approved" : "",
                            Policy.Forbids(traffic) ? "forbidden" : "",
                            Strict.Forbids(traffic) ? "strict" : "",
                        ]
                ).Where(static word => word.Length > 0)
            )
        );
    }

    [Fact]
    public void Where_nothing_is_forbidden_nothing_is() =>
        Assert.False(
            PolicyText.Read("{mode: enforce, forbidden: []}").Forbids(TrafficText.Read("ingress all 0.0.0.0/0"))
        );

    [Fact]
    public void A_narrower_rule_than_an_approved_one_is_approved() =>
        Properties.ForAll(
            Gen.Zip(Some, Some),
            static pair =>
            {
                var (wide, narrow) = pair;
                Assert.False(wide.Covers(narrow) && Policy.Approves(wide) && !Policy.Approves(narrow));
            },
            tests: 5000
        );

    [Fact]
    public void A_wider_rule_than_a_forbidden_one_is_forbidden() =>
        Properties.ForAll(
            Gen.Zip(Some, Some),
            static pair =>
            {
                var (wide, narrow) = pair;
                Assert.False(wide.Covers(narrow) && Strict.Forbids(narrow) && !Strict.Forbids(wide));
                Assert.False(wide.Covers(narrow) && Policy.Forbids(narrow) && !Policy.Forbids(wide));
            },
            tests: 5000
        );

    [Fact]
    public void What_covers_opens_and_covers_itself_and_what_is_covered_by_what_it_covers() =>
        Properties.ForAll(
            Gen.Three(Some),
            static three =>
            {
                var (a, b, c) = three;
                Assert.True(a.Covers(a) && a.Opens(a));
                Assert.False(a.Covers(b) && b.Covers(c) && !a.Covers(c));
                Assert.False(a.Covers(b) && !a.Opens(b));
                Assert.False(a.Covers(b) && b.Covers(a) && a != b);
            },
            tests: 5000
        );

    /// <summary>Of few enough that one covers another often.</summary>
    private static FsCheck.Gen<Traffic> Some { get; } =
        from direction in Gen.Elements(Direction.Ingress, Direction.Ingress, Direction.Egress)
        from protocol in Gen.Elements("tcp", "tcp", "udp", "icmp", "icmpv6", "50", "all")
        from first in Gen.Elements(-1, 0, 3, 8, 22, 443, 1024)
        from length in Gen.Elements(-1, 0, 1, 600, 65535)
        from peer in Gen.Elements(
            "0.0.0.0/0",
            "0.0.0.0/1",
            "10.0.0.0/8",
            "10.1.0.0/16",
            "10.1.2.3/32",
            "192.168.0.0/16",
            "192.168.0.0/17",
            "203.0.113.7/32",
            "::/0",
            "2000::/3",
            "fd00::/8",
            "fd00::1/128",
            "pl-1",
            "pl-2",
            "sg-1",
            "sg-2"
        )
        let rule = TrafficText.Read($"{direction} {protocol} {peer}")
        let hasTypes = rule.Protocol.HasTypes
        select Traffic.Create(
            direction,
            rule.Protocol,
            first,
            length < 0 || (hasTypes && first < 0) ? -1
                : hasTypes ? length % 256
                : Math.Min(65535, Math.Max(first, 0) + length),
            rule.Peer
        );
}
