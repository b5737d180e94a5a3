namespace SecurityGroupGuard.Rules;

/// <summary>One rule of a group, as EC2 counts them: one protocol, one range of ports, one peer.</summary>
internal sealed record Rule
{
    /// <summary><c>sgr-0123</c>; null where nobody said it. Authorised again, a rule gets a new one.</summary>
    public string? Id { get; init; }

    public required Traffic Traffic { get; init; }

    /// <summary>Empty where it has none, which EC2 does not tell apart.</summary>
    public string Description { get; init; } = "";

    public Tags Tags { get; init; } = Tags.None;

    /// <summary>Same traffic and description; ids and tags aside.</summary>
    public bool Says(Rule other) => Traffic == other.Traffic && Description == other.Description;

    public override string ToString() => Description.Length == 0 ? $"{Traffic}" : $"{Traffic} \"{Description}\"";
}
