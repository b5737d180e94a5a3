using AlertHub.Alerts;
using AlertHub.Notifying;

namespace AlertHub.Grouping;

/// <summary>
/// Whether an integration needs to hear of a group again (DedupStage.needsUpdate in Alertmanager's notify/), with two
/// differences: an end that is owed is a reason, and a repetition is due exactly when its interval has passed.
/// </summary>
internal static class Dedup
{
    /// <param name="last">What it was last told; null where it never was.</param>
    /// <param name="firing">What fires now and is not muted.</param>
    /// <param name="resolved">What has ended and is not muted, or is owed.</param>
    /// <param name="sendResolved">Whether it wants to hear of ends.</param>
    /// <param name="repeat">After how long it is told the same again.</param>
    /// <param name="due">When this flush was due.</param>
    public static NotificationReason Reason(
        Announcement? last,
        FingerprintSet firing,
        FingerprintSet resolved,
        bool sendResolved,
        TimeSpan repeat,
        DateTimeOffset due
    )
    {
        if (last is null || last.Firing.Count == 0 && firing.Count > 0)
        {
            return firing.Count > 0 ? NotificationReason.FirstNotification : NotificationReason.None;
        }

        if (!firing.IsSubsetOf(last.Firing))
        {
            return NotificationReason.NewAlertsAdded;
        }

        if (firing.Count == 0)
        {
            // Whether or not it wants to hear it: what it was told must be forgotten, else the next fire looks old.
            return last.Firing.Count > 0 || resolved.Overlaps(last.Open)
                ? NotificationReason.AllAlertsResolved
                : NotificationReason.None;
        }

        return sendResolved && (!resolved.IsSubsetOf(last.Resolved) || resolved.Overlaps(last.Open))
                ? NotificationReason.SomeAlertsResolved
            : last.Timestamp + repeat <= due ? NotificationReason.RepeatIntervalElapsed
            : NotificationReason.None;
    }
}
