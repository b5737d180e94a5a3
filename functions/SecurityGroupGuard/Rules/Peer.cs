namespace SecurityGroupGuard.Rules;

/// <summary>Whom a rule lets through: exactly one of four.</summary>
internal abstract record Peer
{
    private Peer() { }

    public sealed record Addresses(Network Network) : Peer
    {
        public override string ToString() => $"{Network}";
    }

    /// <summary>A managed prefix list: <c>pl-0123</c>.</summary>
    public sealed record PrefixList(string Id) : Peer
    {
        public override string ToString() => Id;
    }

    /// <summary>The members of a group: <c>sg-0123</c>. Group ids are unique, so that the rest does not tell two apart.</summary>
    public sealed record Group(string Id) : Peer
    {
        /// <summary>The account of a group that is not of the same account.</summary>
        public string? Account { get; init; }

        /// <summary>Of a group in a peered VPC.</summary>
        public string? PeeringConnection { get; init; }

        public bool Equals(Group? other) => other is not null && Id == other.Id;

        public override int GetHashCode() => Id.GetHashCode(StringComparison.Ordinal);

        public override string ToString() => Id;
    }
}
