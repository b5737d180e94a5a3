using AlertHub.Alerts;

namespace AlertHub.Notifying;

/// <summary>Alerts that somebody was told to fire and that fire still, but are muted now, and by what.</summary>
public sealed record MutedAlerts
{
    /// <summary>A longer comment is cut: it is kept with each group that it concerns.</summary>
    public const int LongestComment = 300;

    public required FingerprintSet Alerts { get; init; }

    /// <summary>Who made the silence; null where they are inhibited by other alerts.</summary>
    public string? SilencedBy { get; init; }

    /// <summary>Of the silence.</summary>
    public string Comment { get; init; } = "";

    /// <summary>When the silence ends.</summary>
    public DateTimeOffset? Until { get; init; }
}
