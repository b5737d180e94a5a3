namespace SecurityGroupGuard.Storage;

/// <summary>
/// What became of one event for one group. It is written before anything is done, so that whoever is killed is followed by
/// somebody who knows what was begun.
/// </summary>
internal sealed record EventRecord
{
    public required string Event { get; init; }

    /// <summary>Nothing is left to do.</summary>
    public bool IsFinished { get; init; }

    /// <summary>How it ended, in a word; empty until then.</summary>
    public string Outcome { get; init; } = "";

    /// <summary>The steps that were begun, as text, in their order.</summary>
    public IReadOnlyList<string> Steps { get; init; } = [];

    /// <summary>Calls that bring back what was undone, one for each step; empty for what has none.</summary>
    public IReadOnlyList<string> Redo { get; init; } = [];

    /// <summary>The event itself; null where it is too large to be kept.</summary>
    public string? Body { get; init; }
}
