using AlertHub.Alerts;
using AlertHub.Notifying;

namespace AlertHub.Grouping;

/// <summary>A group's deliveries: who may send one, and what becomes of the group after an attempt.</summary>
public static class Outbox
{
    /// <summary>
    /// The group with its delivery leased, which is then <see cref="Group.Delivery"/>; null where there is nothing to send,
    /// it is not due, or somebody else is sending.
    /// </summary>
    public static Group? Leased(this Group group, IntegrationId integration, DateTimeOffset now, TimeSpan length) =>
        group.Delivery(integration) is { } delivery && delivery.CanBeSent(now)
            ? group.With(
                delivery with
                {
                    Lease = new(group.Version + 1, now + length),
                    Attempts = delivery.Attempts + 1,
                    // Nobody knows how far that one came whose lease ended; unless it was never tried and has the lease of what
                    // was only being shown.
                    Ambiguous = delivery.Ambiguous + (delivery.Lease is null || delivery.Attempts == 0 ? 0 : 1),
                }
            )
            : null;

    /// <summary>The group with nobody sending and all that waits due; whoever sends all the same is not heard.</summary>
    public static Group Hurried(this Group group, DateTimeOffset now) =>
        group with
        {
            Deliveries =
            [
                .. group.Deliveries.Select(delivery =>
                    delivery.IsDead
                        ? delivery
                        : delivery with
                        {
                            Lease = null,
                            Due = delivery.Due < now ? delivery.Due : now,
                        }
                ),
            ],
            Version = group.Version + 1,
        };

    /// <summary>
    /// The group after an attempt; null where nothing is left of it; the group itself where the lease was lost to
    /// somebody else, whose word counts.
    /// </summary>
    /// <param name="group">As it is stored.</param>
    /// <param name="sent">As it was leased.</param>
    /// <param name="step">What is to be done after the attempt.</param>
    /// <param name="mayHaveArrived">Whether nobody knows if the destination has it.</param>
    /// <param name="now">When the attempt ended.</param>
    /// <param name="receipt">What the channel gave: what was not delivered as a whole may have been in part.</param>
    public static Group? Settled(
        this Group group,
        Delivery sent,
        NextStep step,
        bool mayHaveArrived,
        DateTimeOffset now,
        string? receipt = null
    )
    {
        if (group.Delivery(sent.Integration) is not { Lease: { } lease } waiting || lease != sent.Lease)
        {
            return group;
        }

        receipt = receipt?.Length <= DeliveryResult.LongestReceipt ? receipt : null;
        var isSuperseded = waiting.Number != sent.Number;
        if (sent.IsShown)
        {
            var known = step is NextStep.Done ? group.Shown(sent, receipt) : group;
            return (
                isSuperseded ? known.With(waiting with { Lease = null }) : known.Without(sent.Integration)
            ).OrNothing();
        }

        var free = waiting with
        {
            Lease = null,
            // Part of it can be read, which is no reason to stop trying.
            Ambiguous =
                mayHaveArrived ? waiting.Ambiguous + 1
                : receipt is null ? waiting.Ambiguous
                : Math.Max(waiting.Ambiguous, 1),
        };
        if (step is not NextStep.Done && receipt is not null)
        {
            group = group.With(group.Known(sent.Integration) with { Receipt = receipt });
        }

        return step switch
        {
            NextStep.Done when isSuperseded => group.Told(sent, receipt, free.Fresh(waiting.Now, now)),
            NextStep.Done => group.Told(waiting, receipt, next: null),
            NextStep.Again again => group.With(free with { Due = now + again.Wait, Objection = again.Reason }),
            // What was refused is not what is to be said now.
            NextStep.GiveUp end when isSuperseded => group.With(
                free with
                {
                    Due = now,
                    Objection = end.Reason,
                    Attempts = 0,
                }
            ),
            NextStep.GiveUp end => group.Doubting(free).With(free with { DiedAt = now, Objection = end.Reason }),
            _ => throw new InvalidOperationException($"a step of no known kind: {step.GetType().Name}"),
        };
    }

    /// <summary>The group with a dead letter to be sent once more, as it was written; null where it has none.</summary>
    public static Group? Revived(this Group group, IntegrationId integration, DateTimeOffset now)
    {
        if (group.Delivery(integration) is not { IsDead: true } dead)
        {
            return null;
        }

        // What has left the group since is as good as unknown: were it known to fire, its next fire would look old.
        var gone = FingerprintSet.Of(dead.Announcement.Firing.Where(alert => !group.Alerts.ContainsKey(alert)));
        return group.With(
            dead.Fresh(now, now) with
            {
                Number = group.Version + 1,
                DiedAt = null,
                Announcement = dead.Announcement.Without(gone),
            }
        );
    }

    /// <summary>
    /// The group without what nobody waits for any more: dead letters, and ends that could not be told for as long; null
    /// where nothing is left.
    /// </summary>
    public static Group? Retained(this Group group, DateTimeOffset now, TimeSpan retention)
    {
        Delivery[] kept = [.. group.Deliveries.Where(delivery => !(delivery.DiedAt + retention <= now))];
        var forgotten = FingerprintSet.Of(
            group.Alerts.Where(alert => alert.Value.Alert.EndsAt + retention <= now).Select(static alert => alert.Key)
        );
        return kept.Length == group.Deliveries.Count && forgotten.Count == 0
            ? group
            : (
                group with
                {
                    Alerts = group.Alerts.Without(forgotten),
                    Announcements = [.. group.Announcements.Select(each => each.Without(forgotten))],
                    Deliveries = kept,
                    Version = group.Version + 1,
                }
            ).OrNothing();
    }

    /// <summary>The group with what it is known to have been shown.</summary>
    private static Group Shown(this Group group, Delivery shown, string? receipt) =>
        group.Announcement(shown.Integration) is { } known
            ? group.With(known with { Muted = shown.Announcement.Muted, Receipt = receipt })
            : group;

    private static Group? Told(this Group group, Delivery told, string? receipt, Delivery? next)
    {
        var known = group.With(told.Announcement with { Receipt = receipt });
        var settled = next is null ? known.Without(told.Integration) : known.With(next);
        // What has fired again meanwhile is another matter and stays.
        return settled
            .WithoutUnowed(
                told.Announcement.Resolved.Where(fingerprint =>
                    settled.Alerts.TryGetValue(fingerprint, out var alert) && !alert.IsFiring(told.Now)
                )
            )
            .OrNothing();
    }

    /// <summary>
    /// The group with the ends of these alerts owed to an integration, which may have been told that they fire: what is not
    /// known to have ended is told anew all the same.
    /// </summary>
    internal static Group Owing(this Group group, IntegrationId integration, FingerprintSet alerts)
    {
        var owing = group.With(group.Known(integration).Owing(alerts));
        return owing.Delivery(integration) is { IsDead: false } live
            ? owing.With(live with { Announcement = live.Announcement.Owing(alerts) })
            : owing;
    }

    /// <summary>What an integration is known to have been told, be it nothing.</summary>
    private static Announcement Known(this Group group, IntegrationId integration) =>
        group.Announcement(integration) ?? new() { Integration = integration, Timestamp = DateTimeOffset.MinValue };

    /// <summary>
    /// What is given up may have arrived all the same: then the end of all that it said, and of what it took the place of,
    /// is owed from now on, also of what it said had ended.
    /// </summary>
    private static Group Doubting(this Group group, Delivery given) =>
        given.Ambiguous == 0
            ? group
            : group.Owing(given.Integration, given.Announcement.Open.Union(given.Announcement.Resolved));

    /// <summary>As if nothing had been tried yet.</summary>
    private static Delivery Fresh(this Delivery delivery, DateTimeOffset since, DateTimeOffset due) =>
        delivery with
        {
            Since = since,
            Due = due,
            Attempts = 0,
            Ambiguous = 0,
            Objection = null,
        };
}
