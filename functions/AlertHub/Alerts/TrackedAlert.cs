namespace AlertHub.Alerts;

/// <summary>An alert as the hub keeps it.</summary>
public sealed record TrackedAlert
{
    public required Alert Alert { get; init; }

    /// <summary>When its producer last spoke of it. Of two versions the one with the later time is the newer.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Whether its producer did not say when it ends: then its end is only how long it is believed.</summary>
    public bool IsTimeout { get; init; }

    public ulong Fingerprint => Alert.Labels.Fingerprint;

    public Labels Labels => Alert.Labels;

    public bool IsFiring(DateTimeOffset now) => Alert.Status(now) == AlertStatus.Firing;

    /// <summary>As receivers are told of it: while it fires, nothing is said of its end. What happened does not end.</summary>
    public Alert AsTold(DateTimeOffset now) => IsFiring(now) || Alert.IsMessage ? Alert with { EndsAt = null } : Alert;

    private DateTimeOffset End => Alert.EndsAt ?? DateTimeOffset.MaxValue;

    /// <summary>
    /// What is known of an alert after another version of it came. Versions that overlap in time speak of the same
    /// trouble: it began when the earlier began. Otherwise the newer version stands alone. It does not matter which of
    /// the two was known first.
    /// </summary>
    public static TrackedAlert Merge(TrackedAlert known, TrackedAlert posted, DateTimeOffset now)
    {
        var (older, newer) = posted.UpdatedAt < known.UpdatedAt ? (posted, known) : (known, posted);
        return Overlap(older, newer) ? MergeOverlapping(older, newer, now) : newer;
    }

    /// <summary>Alertmanager's test, which asks of the newer one only whether an end of it lies inside the older.</summary>
    private static bool Overlap(TrackedAlert older, TrackedAlert newer) =>
        (newer.End > older.Alert.StartsAt && newer.End < older.End)
        || (newer.Alert.StartsAt > older.Alert.StartsAt && newer.Alert.StartsAt < older.End);

    private static TrackedAlert MergeOverlapping(TrackedAlert older, TrackedAlert newer, DateTimeOffset now)
    {
        // The later end counts where both have ended; while the newer fires, only one that its producer stated.
        var keepsEnd = older.End > newer.End && (newer.IsFiring(now) ? !older.IsTimeout : !older.IsFiring(now));
        return newer with
        {
            Alert = newer.Alert with
            {
                StartsAt = older.Alert.StartsAt < newer.Alert.StartsAt ? older.Alert.StartsAt : newer.Alert.StartsAt,
                EndsAt = keepsEnd ? older.Alert.EndsAt : newer.Alert.EndsAt,
            },
        };
    }
}
