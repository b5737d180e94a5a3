using AlertHub.Alerts;
using AlertHub.Storing;

namespace AlertHub.Lambda.Storage;

/// <summary>How alerts that come are taken into documents.</summary>
/// <param name="Now">When they came.</param>
/// <param name="HeartbeatShare">
/// A heartbeat is stored once so much of the time is gone for which its alert was believed: from 0, each, to 1, none before
/// it would end.
/// </param>
internal sealed record Arriving(DateTimeOffset Now, double HeartbeatShare)
{
    /// <summary>Prometheus sends one each minute that holds for four: every other of them is stored.</summary>
    public const double UsualHeartbeatShare = 0.26;

    /// <summary>Puts an alert that came to those that are known; how it is then, and whether that is anything new.</summary>
    public (TrackedAlert Alert, bool IsNews) Merge(AlertMap.Builder known, TrackedAlert posted)
    {
        var before = known.Find(posted.Fingerprint);
        var alert = before is null ? posted : TrackedAlert.Merge(before, posted, Now);
        if (before is not null && (alert == before || IsBelievedAnyway(before, alert)))
        {
            return (before, false);
        }

        known.Put(alert);
        return (alert, true);
    }

    private bool IsBelievedAnyway(TrackedAlert before, TrackedAlert after) =>
        Heartbeat.IsBetween(before, after)
        // Of one that lasts until its end is told it counts when it was last heard of: older news of it are not believed.
        && before.Alert.EndsAt - Now >= (after.Alert.EndsAt - Now) * (1 - HeartbeatShare);
}
