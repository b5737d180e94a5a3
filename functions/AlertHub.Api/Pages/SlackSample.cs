namespace AlertHub.Api.Pages;

/// <summary>A Slack message to show.</summary>
public sealed record SlackSample
{
    /// <summary>Heading it stands under with others.</summary>
    public required string Group { get; init; }

    public required string Name { get; init; }

    /// <summary>What came, as text.</summary>
    public required string Event { get; init; }

    /// <summary>What follows in the thread, a PNG; null where nothing does.</summary>
    public byte[]? Picture { get; init; }

    /// <summary>The body as posted to Slack, JSON.</summary>
    public required byte[] Message { get; init; }
}
