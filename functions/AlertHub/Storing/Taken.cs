using AlertHub.Grouping;
using AlertHub.Muting;

namespace AlertHub.Storing;

/// <summary>What became of what came.</summary>
public sealed record Taken
{
    /// <summary>The groups that the alerts belong to, each once, changed or not.</summary>
    public required IReadOnlyList<Group> Groups { get; init; }

    /// <summary>Those of these groups that have to be flushed sooner than before, or for the first time.</summary>
    public required IReadOnlyList<DueWork> Due { get; init; }

    /// <summary>Those that were made because of these alerts.</summary>
    public IReadOnlyList<Silence> Silences { get; init; } = [];

    /// <summary>Positions of the arrivals that had come before, by their ids: nothing was done about them.</summary>
    public IReadOnlyList<int> Known { get; init; } = [];
}
