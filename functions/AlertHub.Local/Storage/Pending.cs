using AlertHub.Sources;

namespace AlertHub.Local.Storage;

/// <summary>A message that has yet to be delivered.</summary>
internal sealed record Pending
{
    public required long Id { get; init; }

    public required Inbound Message { get; init; }

    /// <summary>How often it was tried.</summary>
    public required int Attempts { get; init; }

    /// <summary>Not to be tried before.</summary>
    public required DateTimeOffset Due { get; init; }
}
