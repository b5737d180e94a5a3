using AlertHub.Alerts;
using AlertHub.Muting;

namespace AlertHub.Grouping;

/// <summary>The alerts of a group at one moment: what fires, what has ended, what is muted.</summary>
internal sealed record GroupState
{
    public required Group Group { get; init; }

    public required DateTimeOffset Now { get; init; }

    public required FingerprintSet Firing { get; init; }

    public required FingerprintSet Resolved { get; init; }

    /// <summary>Those that only say that something happened: they are told once, and nobody waits for their end.</summary>
    public required FingerprintSet Messages { get; init; }

    /// <summary>What is inhibited or silenced.</summary>
    public required FingerprintSet Muted { get; init; }

    public required IReadOnlyDictionary<ulong, AlertMute> Mutes { get; init; }

    public static GroupState Of(Group group, Muters muters, DateTimeOffset now)
    {
        var (firing, resolved) = (new List<ulong>(), new List<ulong>());
        var mutes = new SortedDictionary<ulong, AlertMute>();
        foreach (var (fingerprint, alert) in group.Alerts)
        {
            (alert.IsFiring(now) ? firing : resolved).Add(fingerprint);
            if (muters.Mute(alert.Labels, now) is { IsMuted: true } mute)
            {
                mutes[fingerprint] = mute;
            }
        }

        return new()
        {
            Group = group,
            Now = now,
            Firing = FingerprintSet.Of(firing),
            Resolved = FingerprintSet.Of(resolved),
            Messages = FingerprintSet.Of(
                group.Alerts.Where(static alert => alert.Value.Alert.IsMessage).Select(static alert => alert.Key)
            ),
            Muted = FingerprintSet.Of(mutes.Keys),
            Mutes = mutes,
        };
    }

    /// <summary>Those alerts as they are told, in order.</summary>
    public IReadOnlyList<Alert> Tell(FingerprintSet fingerprints) =>
        [
            .. fingerprints
                .Select(fingerprint => Group.Alerts[fingerprint].AsTold(Now))
                .OrderBy(static alert => alert.Labels, AlertOrder.Labels),
        ];
}
