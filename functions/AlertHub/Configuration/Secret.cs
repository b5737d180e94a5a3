using System.Diagnostics;

namespace AlertHub.Configuration;

/// <summary>A value that nothing prints: it shows as <c>&lt;secret&gt;</c> wherever it is formatted.</summary>
[DebuggerDisplay("<secret>")]
public sealed class Secret(string value) : IEquatable<Secret>
{
    private readonly string value = value;

    /// <summary>The value itself, for the one call that needs it.</summary>
    public string Reveal() => value;

    public bool Equals(Secret? other) => other is not null && value == other.value;

    public override bool Equals(object? obj) => Equals(obj as Secret);

    public override int GetHashCode() => value.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => "<secret>";
}
