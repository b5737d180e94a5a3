using System.Collections.Immutable;
using System.Globalization;

namespace Hosts.Tests.Ec2.Stored;

/// <summary>One rule of a security group, as EC2 keeps it.</summary>
internal sealed record StoredRule
{
    /// <summary>A <c>sgr-</c> id; empty until the group has it.</summary>
    public string Id { get; init; } = "";

    public required bool IsEgress { get; init; }

    /// <summary><c>tcp</c>, <c>udp</c>, <c>icmp</c>, <c>icmpv6</c>, another protocol's number, or <c>-1</c> for all.</summary>
    public required string Protocol { get; init; }

    /// <summary>A port, an ICMP type, or -1 for all.</summary>
    public required int FromPort { get; init; }

    /// <summary>A port, an ICMP code, or -1 for all.</summary>
    public required int ToPort { get; init; }

    public required RuleTarget Target { get; init; }

    public string? Description { get; init; }

    public ImmutableSortedDictionary<string, string> Tags { get; init; } = StoredTags.None;

    /// <summary>Whether it lets through what another one does, so that a group cannot have both.</summary>
    public bool Permits(StoredRule other) =>
        IsEgress == other.IsEgress
        && Protocol == other.Protocol
        && FromPort == other.FromPort
        && ToPort == other.ToPort
        && Target == other.Target;

    /// <summary>As <see cref="RuleText"/> reads it.</summary>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{(IsEgress ? "out" : "in")} {Protocol} {FromPort}-{ToPort} {Target}{(Description is null ? "" : " " + Description)}"
        );
}
