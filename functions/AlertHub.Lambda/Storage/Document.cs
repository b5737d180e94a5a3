using AlertHub.Storing;
using AlertHub.Storing.Rows;

namespace AlertHub.Lambda.Storage;

/// <summary>
/// A piece of the state that is committed as a whole: a group with its alerts, all silences, or all alerts that inhibit.
/// Immutable; what it becomes is another one, which is stored if this is still what is stored.
/// </summary>
internal sealed record Document
{
    public required string Key { get; init; }

    /// <summary>Another one after each commit, and never one that was before; null where nothing is stored.</summary>
    public string? Revision { get; init; }

    public HubState State { get; init; } = HubState.Empty;

    /// <summary>The configuration under which its group was last put together.</summary>
    public long Rules { get; init; }

    /// <summary>What holds the state before <see cref="Rows"/>, in order; nothing where the rows are all of it.</summary>
    public IReadOnlyList<DocumentPart> Parts { get; init; } = [];

    /// <summary>In the head item.</summary>
    public IReadOnlyList<Row> Rows { get; init; } = [];
}

/// <summary>Rows of a document beside its head, written once, in as many items as they need.</summary>
/// <param name="Name">The beginning of the items' sort keys.</param>
/// <param name="Bytes">Of its rows, packed.</param>
/// <param name="IsBase">Whether it is the whole state that the others are differences from.</param>
internal sealed record DocumentPart(string Name, int Bytes, bool IsBase);

/// <param name="Part">What the head says of it.</param>
/// <param name="Packed">Its rows.</param>
internal sealed record NewPart(DocumentPart Part, byte[] Packed);
