namespace AlertHub.Picturing;

/// <summary>A picture of what an alert is about, to be shown beside it.</summary>
public sealed record Picture
{
    public required ReadOnlyMemory<byte> Png { get; init; }

    /// <summary>In pixels; it is meant to be seen at half of that.</summary>
    public required int Width { get; init; }

    /// <inheritdoc cref="Width"/>
    public required int Height { get; init; }

    /// <summary>What is measured: <c>Sum of Errors</c>; 80 characters at most.</summary>
    public required string Title { get; init; }

    /// <summary>What it shows, for who does not see it; 500 characters at most.</summary>
    public required string AltText { get; init; }
}
