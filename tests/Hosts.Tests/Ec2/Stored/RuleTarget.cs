namespace Hosts.Tests.Ec2.Stored;

/// <summary>Where a rule lets traffic come from or go to; always exactly one.</summary>
internal abstract record RuleTarget
{
    private RuleTarget() { }

    /// <summary>In CIDR notation, without bits behind the prefix.</summary>
    public sealed record Ipv4(string Cidr) : RuleTarget
    {
        public override string ToString() => Cidr;
    }

    /// <summary>In CIDR notation, shortened, without bits behind the prefix.</summary>
    public sealed record Ipv6(string Cidr) : RuleTarget
    {
        public override string ToString() => Cidr;
    }

    /// <summary>A <c>pl-</c> id.</summary>
    public sealed record PrefixList(string Id) : RuleTarget
    {
        public override string ToString() => Id;
    }

    /// <summary>Whatever has another group, or this one; of a peered VPC where it says so.</summary>
    public sealed record Group(string Id, string UserId) : RuleTarget
    {
        public Peering? Peering { get; init; }

        public bool Equals(Group? other) => other is not null && other.Id == Id;

        public override int GetHashCode() => Id.GetHashCode(StringComparison.Ordinal);

        public override string ToString() => Id;
    }
}

/// <summary>How another VPC is reached.</summary>
internal sealed record Peering(string VpcId, string ConnectionId, string Status = "active");
