using AlertHub.Grouping;
using AlertHub.Muting;

namespace AlertHub.Storing;

/// <summary>What became of alerts that came.</summary>
public sealed record Taken
{
    /// <summary>The groups that the alerts belong to, each once, changed or not.</summary>
    public required IReadOnlyList<Group> Groups { get; init; }

    /// <summary>Those that were made because of these alerts.</summary>
    public IReadOnlyList<Silence> Silences { get; init; } = [];
}
