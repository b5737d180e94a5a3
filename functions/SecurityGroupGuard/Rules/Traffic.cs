using System.Globalization;

namespace SecurityGroupGuard.Rules;

/// <summary>
/// What a rule lets through. A group has no two rules of the same traffic: EC2 answers <c>InvalidPermission.Duplicate</c>.
/// Made by <see cref="Create"/>, so that the same traffic is equal however it is written.
/// </summary>
internal sealed record Traffic
{
    private const int Any = -1;

    private const int LastPort = 65535;

    private Traffic() { }

    public required Direction Direction { get; init; }

    public required Protocol Protocol { get; init; }

    /// <summary>The first port; of ICMP the type. -1 for all.</summary>
    public required int From { get; init; }

    /// <summary>The last port; of ICMP the code. -1 for all.</summary>
    public required int To { get; init; }

    public required Peer Peer { get; init; }

    /// <param name="direction">Which way.</param>
    /// <param name="protocol">Of which protocol.</param>
    /// <param name="from">First port or type; null for all. Left aside where the protocol has none.</param>
    /// <param name="to">Last port or code; the same.</param>
    /// <param name="peer">Whom.</param>
    public static Traffic Create(Direction direction, Protocol protocol, int? from, int? to, Peer peer)
    {
        var (first, last) =
            protocol.HasTypes ? (from ?? Any, to ?? Any)
            : !protocol.HasPorts ? (Any, Any)
            // All ports have two ways of being written, and an end that is left open is no port before all others.
            : (from is null or Any ? 0 : from.Value, to is null or Any ? LastPort : to.Value);
        return new()
        {
            Direction = direction,
            Protocol = protocol,
            From = first,
            To = last,
            Peer = peer,
        };
    }

    /// <summary>
    /// Whether all that the other one lets through is let through by this one. What stands behind a prefix list or a group
    /// is not known here: they cover themselves only.
    /// </summary>
    public bool Covers(Traffic other) =>
        Direction == other.Direction
        && (Protocol == Protocol.All || (Protocol == other.Protocol && CoversPorts(other)))
        && Covers(Peer, other.Peer);

    /// <summary>
    /// Whether everybody whom the other one lets through is let through by this one, to a part of what the other one is for:
    /// the same port of both, say.
    /// </summary>
    public bool Opens(Traffic other) => Direction == other.Direction && Meets(other) && Covers(Peer, other.Peer);

    private bool Meets(Traffic other) =>
        Protocol == Protocol.All
        || other.Protocol == Protocol.All
        || (
            Protocol == other.Protocol
            && (
                Protocol.HasTypes
                    ? CoversPorts(other) || other.CoversPorts(this)
                    : !Protocol.HasPorts || (From <= other.To && other.From <= To)
            )
        );

    private bool CoversPorts(Traffic other) =>
        Protocol.HasTypes
            ? From == Any || (From == other.From && (To == Any || To == other.To))
            : !Protocol.HasPorts || (From <= other.From && other.To <= To);

    private static bool Covers(Peer peer, Peer other) =>
        (peer, other) switch
        {
            (Peer.Addresses a, Peer.Addresses b) => a.Network.Covers(b.Network),
            _ => peer == other,
        };

    /// <summary><c>ingress tcp 22-22 from 0.0.0.0/0</c>, as a person reads it.</summary>
    public override string ToString()
    {
        var ports =
            Protocol.HasPorts ? (From == To ? $" {Number(From)}" : $" {Number(From)}-{Number(To)}")
            : Protocol.HasTypes && From != Any ? $" type {Number(From)}{(To == Any ? "" : $" code {Number(To)}")}"
            : "";
        var protocol = Protocol == Protocol.All ? "all protocols" : Protocol.Name;
        return $"{(Direction == Direction.Ingress ? "ingress" : "egress")} {protocol}{ports} {(Direction == Direction.Ingress ? "from" : "to")} {Peer}";
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
