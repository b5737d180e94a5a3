namespace SecurityGroupGuard.Policies;

/// <summary>What a policy says of a change, and why: a sentence without its end that names the entry by its path.</summary>
internal abstract record Permission
{
    private Permission(string reason) => Reason = reason;

    public string Reason { get; }

    /// <summary>Nothing was changed.</summary>
    public sealed record Failed(string Reason) : Permission(Reason);

    /// <summary>The guard did it.</summary>
    public sealed record Own(string Reason) : Permission(Reason);

    /// <summary>The group is none of the guard's.</summary>
    public sealed record OutOfScope(string Reason) : Permission(Reason);

    public sealed record Allowed(string Reason) : Permission(Reason);

    /// <summary>Allowed in need; by then somebody has to confirm or to undo it.</summary>
    public sealed record BreakGlass(string Reason, DateTimeOffset Until) : Permission(Reason);

    public sealed record Unauthorised(string Reason) : Permission(Reason);
}
