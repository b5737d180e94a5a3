using AlertHub.Alerts;
using AlertHub.Routing;

namespace AlertHub.Grouping;

/// <summary>
/// Alerts that are told together, and what was told of them. Immutable; a change is another group with a higher
/// <see cref="Version"/>, to be stored if the one it was made from is still what is stored.
/// </summary>
public sealed record Group
{
    public required GroupId Id { get; init; }

    /// <summary>The group's own copy of each alert, by fingerprint: resolved ones too, until that is told.</summary>
    public AlertMap Alerts { get; init; } = AlertMap.Empty;

    /// <summary>What each integration knows, at most one for each; none for one that was never told.</summary>
    public IReadOnlyList<Announcement> Announcements { get; init; } = [];

    /// <summary>What is to be told, at most one for each integration.</summary>
    public IReadOnlyList<Delivery> Deliveries { get; init; } = [];

    /// <summary>When it is to be flushed next.</summary>
    public required DateTimeOffset Due { get; init; }

    public bool HasFlushed { get; init; }

    public long Version { get; init; } = 1;

    /// <summary>
    /// The group after an alert came; the group itself where that changes nothing, and none where there was none and the
    /// alert has ended already, as nobody needs to hear of it.
    /// </summary>
    /// <param name="group">The group as it is; null where there is none.</param>
    /// <param name="id">The group's id.</param>
    /// <param name="alert">After it was merged with what was known of it.</param>
    /// <param name="route">The route by which the alert came here.</param>
    /// <param name="now">When it came.</param>
    public static Group? Join(Group? group, GroupId id, TrackedAlert alert, RouteSettings route, DateTimeOffset now)
    {
        // An alert that has been firing for longer than the group would wait was held up elsewhere: it waits no more.
        var isLate = now - alert.Alert.StartsAt > route.GroupWait;
        if (group is null)
        {
            return !alert.IsFiring(now)
                ? null
                : new()
                {
                    Id = id,
                    Alerts = AlertMap.Of(alert),
                    Due = isLate ? now : now + route.GroupWait,
                };
        }

        if (
            group.Alerts.TryGetValue(alert.Fingerprint, out var known)
            && (alert.UpdatedAt < known.UpdatedAt || alert == known)
        )
        {
            return group;
        }

        if (group.Alerts.IsEmpty)
        {
            // It only waits to be told, or is kept for its dead letters. What comes now begins anew.
            return !alert.IsFiring(now)
                ? group
                : group with
                {
                    Alerts = group.Alerts.With(alert),
                    Due = isLate ? now : now + route.GroupWait,
                    HasFlushed = false,
                    Version = group.Version + 1,
                };
        }

        return group with
        {
            Alerts = group.Alerts.With(alert),
            Due = isLate && !group.HasFlushed && now < group.Due ? now : group.Due,
            Version = group.Version + 1,
        };
    }

    public Announcement? Announcement(IntegrationId integration) =>
        Announcements.FirstOrDefault(announcement => announcement.Integration == integration);

    public Delivery? Delivery(IntegrationId integration) =>
        Deliveries.FirstOrDefault(delivery => delivery.Integration == integration);

    /// <summary>
    /// What the integration may take to fire. Of what waits to be delivered, or of what it took the place of, some may have
    /// arrived and some not: what it takes back may still be believed.
    /// </summary>
    internal FingerprintSet Believed(IntegrationId integration)
    {
        var told = Announcement(integration)?.Open ?? FingerprintSet.Empty;
        return Delivery(integration) is { IsDead: false, Announcement: { } waiting }
            ? told.Union(waiting.Open).Union(waiting.Resolved)
            : told;
    }

    /// <summary>With this delivery in the place of the integration's other one.</summary>
    internal Group With(Delivery delivery) =>
        Without(delivery.Integration) with
        {
            Deliveries = [.. Deliveries.Where(other => other.Integration != delivery.Integration), delivery],
        };

    /// <summary>Without anything to be told to this integration.</summary>
    internal Group Without(IntegrationId integration) =>
        this with
        {
            Deliveries = [.. Deliveries.Where(other => other.Integration != integration)],
            Version = Version + 1,
        };

    /// <summary>With this in the place of what the integration was known to have been told.</summary>
    internal Group With(Announcement announcement) =>
        this with
        {
            Announcements =
            [
                .. Announcements.Where(other => other.Integration != announcement.Integration),
                announcement,
            ],
            Version = Version + 1,
        };

    /// <summary>
    /// Without those of these alerts, which have ended, whose end nobody waits to be told, or, of a message, that it came.
    /// </summary>
    internal Group WithoutUnowed(IEnumerable<ulong> ended) =>
        this with
        {
            Alerts = Alerts.Without(
                ended.Where(fingerprint =>
                    !Announcements.Any(announcement => announcement.Open.Contains(fingerprint))
                    && !Deliveries.Any(delivery =>
                        !delivery.IsDead
                        && (
                            delivery.Announcement.Firing.Contains(fingerprint)
                            || delivery.Announcement.Open.Contains(fingerprint)
                            || delivery.Announcement.Resolved.Contains(fingerprint)
                        )
                    )
                )
            ),
        };

    /// <summary>Null where it holds nothing; without alerts it has nothing to decide and is never due.</summary>
    internal Group? OrNothing() =>
        !Alerts.IsEmpty ? this
        : Deliveries.Count == 0 ? null
        : this with { Due = DateTimeOffset.MaxValue };

    public bool Equals(Group? other) =>
        ReferenceEquals(this, other)
        || other is not null
            && Id == other.Id
            && (Due, HasFlushed, Version) == (other.Due, other.HasFlushed, other.Version)
            && Alerts.Values.SequenceEqual(other.Alerts.Values)
            && Announcements.SequenceEqual(other.Announcements)
            && Deliveries.SequenceEqual(other.Deliveries);

    public override int GetHashCode() => HashCode.Combine(Id, Version);
}
