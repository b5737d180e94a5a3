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

    /// <summary>
    /// Those of these that fire and are muted: each by the silence that will last longest, those first that mute most, or by
    /// other alerts.
    /// </summary>
    public IReadOnlyList<MutedAlerts> MutedOf(FingerprintSet fingerprints)
    {
        var all = fingerprints
            .Intersect(Firing)
            .Intersect(Muted)
            .GroupBy(SilencedBy)
            .Select(static alike => alike.Key with { Alerts = FingerprintSet.Of(alike) })
            .OrderBy(static muted => muted.Until is null)
            .ThenByDescending(static muted => muted.Alerts.Count)
            .ThenByDescending(static muted => muted.Until)
            .ThenBy(static muted => muted.SilencedBy, StringComparer.Ordinal)
            .ThenBy(static muted => muted.Comment, StringComparer.Ordinal)
            .ToArray();
        var rest = all.Skip(MutedAlerts.MostSilences).Where(static muted => muted.Until is not null).ToArray();
        return rest.Length == 0
            ? all
            :
            [
                .. all.Take(MutedAlerts.MostSilences),
                new()
                {
                    Alerts = FingerprintSet.Of(rest.SelectMany(static muted => muted.Alerts)),
                    Until = rest.Max(static muted => muted.Until),
                },
                .. all.Skip(MutedAlerts.MostSilences).Except(rest),
            ];
    }

    private MutedAlerts SilencedBy(ulong fingerprint) =>
        Mutes[fingerprint]
            .SilencedBy.Select(Silences.Find)
            .OfType<Silence>()
            .Select(static silence => new MutedAlerts
            {
                SilencedBy = Cut.To(silence.CreatedBy, MutedAlerts.LongestName),
                Comment = Cut.To(silence.Comment, MutedAlerts.LongestComment),
                Until = silence.EndsAt,
            })
            .OrderByDescending(static muted => muted.Until)
            .ThenBy(static muted => muted.SilencedBy, StringComparer.Ordinal)
            .ThenBy(static muted => muted.Comment, StringComparer.Ordinal)
            .FirstOrDefault(MutedAlerts.Inhibited);

    /// <summary>Those alerts as they are told, in order.</summary>
    public IReadOnlyList<Alert> Tell(FingerprintSet fingerprints) =>
        [
            .. fingerprints
                .Select(fingerprint => Group.Alerts[fingerprint].AsTold(Now))
                .OrderBy(static alert => alert.Labels, AlertOrder.Labels),
        ];
}
