using AlertHub.Alerts;
using AlertHub.Notifying;

namespace AlertHub.Grouping;

/// <summary>
/// What one integration is to be told and has not been told yet, or could not be: part of its group, so that a flush
/// stores both in one step. A group has at most one for each integration; a newer one takes its place and says all that
/// it would have said, as whatever has ended stays in the group until that was delivered.
/// </summary>
public sealed record Delivery
{
    public required IntegrationId Integration { get; init; }

    /// <summary>The version of the group that held it first: a newer one has a higher.</summary>
    public required long Number { get; init; }

    public required NotificationReason Reason { get; init; }

    /// <summary>As they are told, in order.</summary>
    public required IReadOnlyList<Alert> Alerts { get; init; }

    /// <summary>The moment that decides which of them fire.</summary>
    public required DateTimeOffset Now { get; init; }

    public Labels RouteLabels { get; init; } = Labels.Empty;

    /// <summary>What the integration knows once it has this; until then, what the next flush takes it to know.</summary>
    public required Announcement Announcement { get; init; }

    /// <summary>Since when the integration waits for news: when this, or the first that this took the place of, was decided.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>How often it, or what it took the place of, was sent without success since anything was.</summary>
    public int Attempts { get; init; }

    /// <summary>How often it, or what it took the place of, may have arrived since anything did for certain.</summary>
    public int Ambiguous { get; init; }

    /// <summary>Not to be sent before.</summary>
    public required DateTimeOffset Due { get; init; }

    /// <summary>Who sends now; null where nobody does.</summary>
    public Lease? Lease { get; init; }

    /// <summary>Why the last attempt, of this or of what it took the place of, did not succeed.</summary>
    public string? Objection { get; init; }

    /// <summary>When it was given up: a dead letter, kept until something newer is delivered in its place or somebody has it sent again.</summary>
    public DateTimeOffset? DiedAt { get; init; }

    public bool IsDead => DiedAt is not null;

    /// <summary>
    /// Whether it only shows what is no news. Its announcement says what it shows to be muted, and nothing else; it is sent
    /// once, and if that fails, the next flush decides anew.
    /// </summary>
    public bool IsShown => Reason == NotificationReason.Shown;

    /// <summary>Whether an attempt may begin now.</summary>
    public bool CanBeSent(DateTimeOffset now) => !IsDead && Due <= now && !(Lease?.Until > now);

    /// <summary>
    /// When somebody has to look at it: while one sends, the next to look is whoever finds that the lease has ended.
    /// </summary>
    public DateTimeOffset NextLook => Lease?.Until > Due ? Lease.Until : Due;

    /// <summary>Without what is told of these alerts; null where that is all. What is only to be shown is decided anew.</summary>
    /// <param name="alerts">Alerts that left the group.</param>
    /// <param name="number">Of what is left: it is another telling than the one that may be under way.</param>
    internal Delivery? Without(FingerprintSet alerts, long number)
    {
        if (IsShown && alerts.Count > 0)
        {
            return null;
        }

        Alert[] left = [.. Alerts.Where(alert => !alerts.Contains(alert.Labels.Fingerprint))];
        return left.Length == Alerts.Count ? this
            : left.Length == 0 ? null
            : this with { Number = number, Alerts = left, Announcement = Announcement.Without(alerts) };
    }

    /// <summary>What is told.</summary>
    public Notification Notification(GroupId group, Uri? externalUrl) =>
        new()
        {
            Alerts = Alerts,
            Now = Now,
            Reason = Reason,
            Receiver = group.Receiver,
            GroupKey = group.Key,
            GroupLabels = group.Labels,
            RouteLabels = RouteLabels,
            Muted = Announcement.Muted,
            ExternalUrl = externalUrl,
        };

    public bool Equals(Delivery? other) =>
        ReferenceEquals(this, other)
        || other is not null
            && Integration == other.Integration
            && (Number, Reason, Now, Since, Due) == (other.Number, other.Reason, other.Now, other.Since, other.Due)
            && (Attempts, Ambiguous, Objection, DiedAt)
                == (other.Attempts, other.Ambiguous, other.Objection, other.DiedAt)
            && Lease == other.Lease
            && RouteLabels.Equals(other.RouteLabels)
            && Announcement == other.Announcement
            && Alerts.SequenceEqual(other.Alerts);

    public override int GetHashCode() => HashCode.Combine(Integration, Number);
}

/// <summary>The right to send a delivery and to record what came of it.</summary>
/// <param name="Token">The version of the group that granted it: whoever comes with an older one was too slow, and is not heard.</param>
/// <param name="Until">When another may take it.</param>
public sealed record Lease(long Token, DateTimeOffset Until);
