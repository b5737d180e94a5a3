using AlertHub.Configuration.Shapes;
using SecurityGroupGuard.Rules;

namespace SecurityGroupGuard.Policies;

/// <summary>Traffic that a policy speaks of: of one protocol, from or to any of some peers.</summary>
internal sealed record TrafficPattern
{
    private readonly Protocol? protocol;

    /// <summary>Null for both.</summary>
    public Direction? Direction { get; init; }

    public Protocol Protocol
    {
        get => protocol ?? Protocol.All;
        init => protocol = value;
    }

    /// <summary>Of tcp and udp; null for all.</summary>
    public NumberRange? Ports { get; init; }

    /// <summary>A type of ICMP and one of its codes, or -1 for any of them; null for all.</summary>
    public NumberRange? Types { get; init; }

    public IReadOnlyList<Network> Networks { get; init; } = [];

    public IReadOnlyList<string> PrefixLists { get; init; } = [];

    public IReadOnlyList<string> Groups { get; init; } = [];

    public static Shape<TrafficPattern> Shape { get; } =
        new Shape<TrafficPattern>("traffic", new())
            .Called("an entry of approved or forbidden")
            .Field(
                "direction",
                PolicyKinds.Direction,
                static t => t.Direction,
                static (t, v) => t with { Direction = v }
            )
            .About("ingress or egress; both, if not given.")
            .Field(
                "protocol",
                PolicyKinds.Protocol,
                static t => t.protocol,
                static (t, v) => v is { } given ? t with { Protocol = given } : t
            )
            .About("tcp, udp, icmp, icmpv6, the number of another protocol, or all.")
            .Field("ports", PolicyKinds.Ports, static t => t.Ports, static (t, v) => t with { Ports = v })
            .About("A port or a range of ports of tcp or udp, such as 443 or 1024-65535; all, if not given.")
            .Field("types", PolicyKinds.Types, static t => t.Types, static (t, v) => t with { Types = v })
            .About("A type of icmp or icmpv6, alone (8) or with a code (3/4); all, if not given.")
            .Field(
                "cidrs",
                Kinds.List(PolicyKinds.Network),
                static t => t.Networks,
                static (t, v) => t with { Networks = v }
            )
            .About("Blocks of addresses.")
            .Field(
                "prefix_lists",
                Kinds.List(PolicyKinds.Id("pl")),
                static t => t.PrefixLists,
                static (t, v) => t with { PrefixLists = v }
            )
            .About("Prefix lists, by id. What is in them is not looked at.")
            .Field(
                "groups",
                Kinds.List(PolicyKinds.Id("sg")),
                static t => t.Groups,
                static (t, v) => t with { Groups = v }
            )
            .About("Security groups whose members are meant, by id.")
            .Require("protocol", "say which protocol, or all")
            .RequireOneOf("cidrs", "prefix_lists", "groups")
            .Check(
                static (t, place) =>
                {
                    if (t.Ports is not null && !t.Protocol.HasPorts && !place["protocol"].IsWrong)
                    {
                        place["ports"].Error("only tcp and udp have ports; say which of them, or leave the ports out");
                    }

                    if (t.Types is not null && !t.Protocol.HasTypes && !place["protocol"].IsWrong)
                    {
                        place["types"]
                            .Error("only icmp and icmpv6 have types; say which of them, or leave the types out");
                    }
                }
            );

    /// <summary>Whether all that a rule lets through is of this: its addresses of one block, its ports of this range.</summary>
    public bool Covers(Traffic rule) => All.Any(traffic => traffic.Covers(rule));

    /// <summary>
    /// Whether a rule lets through all of one of these blocks, list members or group members, to a part of these ports at
    /// least. A rule for a smaller block than any of these does not.
    /// </summary>
    public bool IsOpenedBy(Traffic rule) => All.Any(rule.Opens);

    private IEnumerable<Traffic> All =>
        from direction in Direction is { } one ? (Direction[])[one] : [Rules.Direction.Ingress, Rules.Direction.Egress]
        from peer in (IEnumerable<Peer>)
            [
                .. Networks.Select(static network => new Peer.Addresses(network)),
                .. PrefixLists.Select(static id => new Peer.PrefixList(id)),
                .. Groups.Select(static id => new Peer.Group(id)),
            ]
        let numbers = Ports ?? Types
        select Traffic.Create(direction, Protocol, numbers?.First, numbers?.Last, peer);
}

/// <summary>Two numbers and all between them; of ICMP a type and a code.</summary>
internal readonly record struct NumberRange(int First, int Last);
