using AlertHub.Alerts;

namespace AlertHub.Sources;

/// <summary>What a message says.</summary>
public sealed record Reading
{
    /// <summary>The kind of message it was taken for: <c>cloudwatch-alarm</c>, <c>alertmanager</c>, <c>unknown</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>At least one.</summary>
    public required IReadOnlyList<Alert> Alerts { get; init; }

    /// <summary>
    /// What else ends by the message, if it had begun: for whoever keeps alerts. Who keeps none has nothing to tell of it.
    /// </summary>
    public IReadOnlyList<Alert> Endings { get; init; } = [];

    /// <summary>Whether the producer says when an alert ends: until then it fires.</summary>
    public bool TellsEnds { get; init; }

    /// <summary>When the producer spoke, by its own clock; null where it does not say.</summary>
    public DateTimeOffset? SpokenAt { get; init; }

    public Labels GroupLabels { get; init; } = Labels.Empty;

    public Uri? ExternalUrl { get; init; }

    public int TruncatedAlerts { get; init; }
}
