using System.Globalization;

namespace SecurityGroupGuard.Rules;

/// <summary>
/// An IP protocol as EC2 answers it: <c>tcp</c>, <c>udp</c>, <c>icmp</c>, <c>icmpv6</c>, the number of any other one, or <c>-1</c>
/// for all of them.
/// </summary>
internal readonly record struct Protocol
{
    private readonly string? name;

    private Protocol(string name) => this.name = name;

    public static Protocol All => default;

    public static Protocol Tcp { get; } = new("tcp");

    public static Protocol Udp { get; } = new("udp");

    public static Protocol Icmp { get; } = new("icmp");

    public static Protocol IcmpV6 { get; } = new("icmpv6");

    public string Name => name ?? "-1";

    /// <summary>Whether EC2 looks at ports; of any other protocol but ICMP a rule is for all of it.</summary>
    public bool HasPorts => this == Tcp || this == Udp;

    /// <summary>Whether EC2 looks at a type and a code, which stand in the place of ports.</summary>
    public bool HasTypes => this == Icmp || this == IcmpV6;

    /// <summary>A name or a number of IANA's, in whatever capitals; null for what is neither.</summary>
    public static Protocol? Parse(string? text) =>
        text?.Trim().ToLowerInvariant() switch
        {
            "-1" or "all" => All,
            "tcp" or "6" => Tcp,
            "udp" or "17" => Udp,
            "icmp" or "1" => Icmp,
            "icmpv6" or "58" => IcmpV6,
            { } number when byte.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var value) =>
                new(value.ToString(CultureInfo.InvariantCulture)),
            _ => null,
        };

    public override string ToString() => Name;
}
