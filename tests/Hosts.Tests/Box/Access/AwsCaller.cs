namespace Hosts.Tests.Box.Access;

/// <summary>Who has an access key.</summary>
/// <param name="Function">Logical id of the function.</param>
/// <param name="Policy">What its role may do.</param>
internal sealed record AwsCaller(string Function, RolePolicy Policy)
{
    /// <summary>Ends the environment that asks, at once.</summary>
    public Action Kill { get; init; } = static () => { };
}
