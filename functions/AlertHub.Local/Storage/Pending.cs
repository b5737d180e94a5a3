namespace AlertHub.Local.Storage;

/// <summary>A message that has yet to be delivered; <see cref="Inbox.ReadAsync"/> has what it says.</summary>
internal sealed record Pending
{
    public required long Id { get; init; }

    /// <summary>How often it was tried.</summary>
    public required int Attempts { get; init; }

    /// <summary>Not to be tried before.</summary>
    public required DateTimeOffset Due { get; init; }
}
