using AlertHub.Alerts;
using AlertHub.Notifying;

namespace AlertHub.Grouping;

/// <summary>What one integration was last told of a group: an entry of Alertmanager's notification log, and a debt.</summary>
public sealed record Announcement
{
    public required IntegrationId Integration { get; init; }

    public FingerprintSet Firing { get; init; } = FingerprintSet.Empty;

    public FingerprintSet Resolved { get; init; } = FingerprintSet.Empty;

    /// <summary>
    /// What was told to be firing, then or earlier, and not to be resolved since, or may have been, as far as anybody knows:
    /// the end of each of these is owed, whatever mutes the alert when it ends.
    /// </summary>
    public FingerprintSet Open { get; init; } = FingerprintSet.Empty;

    /// <summary>When that flush was due.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>Of what is open, what it was told or shown to be muted.</summary>
    public IReadOnlyList<MutedAlerts> Muted { get; init; } = [];

    /// <summary>What the channel gave for what it sent, to have it back (<see cref="DeliveryResult.Receipt"/>).</summary>
    public string? Receipt { get; init; }

    /// <summary>As a channel sees it.</summary>
    internal FormerNotification Former => new() { Firing = Firing, Receipt = Receipt };

    /// <summary>The end of these alerts is owed, too.</summary>
    internal Announcement Owing(FingerprintSet alerts) => this with { Open = Open.Union(alerts) };

    /// <summary>As if these alerts had never been told to fire.</summary>
    internal Announcement Without(FingerprintSet alerts) =>
        this with
        {
            Firing = Firing.Except(alerts),
            Open = Open.Except(alerts),
            Muted =
            [
                .. Muted
                    .Select(muted => muted with { Alerts = muted.Alerts.Except(alerts) })
                    .Where(static muted => muted.Alerts.Count > 0),
            ],
        };

    public bool Equals(Announcement? other) =>
        ReferenceEquals(this, other)
        || other is not null
            && Integration == other.Integration
            && Firing.Equals(other.Firing)
            && Resolved.Equals(other.Resolved)
            && Open.Equals(other.Open)
            && (Timestamp, Receipt) == (other.Timestamp, other.Receipt)
            && Muted.SequenceEqual(other.Muted);

    public override int GetHashCode() => HashCode.Combine(Integration, Timestamp);
}
