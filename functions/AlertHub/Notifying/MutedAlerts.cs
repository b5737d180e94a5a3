using AlertHub.Alerts;

namespace AlertHub.Notifying;

/// <summary>Alerts that somebody was told to fire and that fire still, but are muted now, and by what.</summary>
public sealed record MutedAlerts
{
    /// <summary>What is kept with each group that it concerns has a limit. In UTF-16 code units; what is longer is cut.</summary>
    public const int LongestComment = 200;

    /// <inheritdoc cref="LongestComment"/>
    public const int LongestName = 80;

    /// <summary>What more silences mute is one more entry, without a name, until the last of them ends.</summary>
    public const int MostSilences = 3;

    /// <summary>By other alerts, and none yet.</summary>
    public static MutedAlerts Inhibited { get; } = new();

    public FingerprintSet Alerts { get; init; } = FingerprintSet.Empty;

    /// <summary>Who made the silence; empty where nobody says so, or there are several.</summary>
    public string SilencedBy { get; init; } = "";

    /// <summary>Of the silence.</summary>
    public string Comment { get; init; } = "";

    /// <summary>When the silence ends; null where other alerts inhibit these.</summary>
    public DateTimeOffset? Until { get; init; }
}
