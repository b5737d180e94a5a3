using AlertHub.Alerts;
using AlertHub.Muting;
using AlertHub.Notifying;
using AlertHub.Text;

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

    private Silences Silences { get; init; } = Silences.Empty;

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
            Silences = muters.Silences,
        };
    }

    /// <summary>Those of these that fire and are muted: each by the silence that will last longest, or by other alerts.</summary>
    public IReadOnlyList<MutedAlerts> MutedOf(FingerprintSet fingerprints) =>
        [
            .. fingerprints
                .Intersect(Firing)
                .Intersect(Muted)
                .GroupBy(fingerprint =>
                    Mutes[fingerprint]
                        .SilencedBy.Select(Silences.Find)
                        .OfType<Silence>()
                        .OrderByDescending(static silence => silence.EndsAt)
                        .ThenBy(static silence => silence.Id, StringComparer.Ordinal)
                        .FirstOrDefault()
                )
                .OrderByDescending(static alike => alike.Key?.EndsAt)
                .ThenBy(static alike => alike.Key?.Id, StringComparer.Ordinal)
                .Select(static alike => new MutedAlerts
                {
                    Alerts = FingerprintSet.Of(alike),
                    SilencedBy = alike.Key?.CreatedBy,
                    Comment = Cut.To(alike.Key?.Comment ?? "", MutedAlerts.LongestComment),
                    Until = alike.Key?.EndsAt,
                }),
        ];

    /// <summary>Those alerts as they are told, in order.</summary>
    public IReadOnlyList<Alert> Tell(FingerprintSet fingerprints) =>
        [
            .. fingerprints
                .Select(fingerprint => Group.Alerts[fingerprint].AsTold(Now))
                .OrderBy(static alert => alert.Labels, AlertOrder.Labels),
        ];
}
