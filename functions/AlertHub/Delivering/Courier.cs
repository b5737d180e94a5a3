using System.Diagnostics.CodeAnalysis;
using AlertHub.Grouping;
using AlertHub.Notifying;
using AlertHub.Storing;

namespace AlertHub.Delivering;

/// <summary>Makes attempts to deliver: takes the lease, sends, and records what came of it.</summary>
internal sealed class Courier(IAlertStore store, TimeProvider time, Func<double> random)
{
    private static readonly TimeSpan LongestRecordWait = TimeSpan.FromSeconds(30);

    /// <summary>Nobody looks for a picture any more by then.</summary>
    private static readonly TimeSpan LongestFollowing = TimeSpan.FromSeconds(20);

    public Gates Gates { get; } = new();

    /// <inheritdoc cref="Hub.DeliverAsync"/>
    public async Task<DeliverResult> DeliverAsync(
        HubSettings settings,
        GroupId id,
        IntegrationId integration,
        Action<UnrecordedAttempt> unrecorded,
        CancellationToken cancellationToken
    )
    {
        var (destination, asked) = (new Destination(id.Receiver, integration), time.GetUtcNow());
        var group = await store.FindAsync(id, cancellationToken).ConfigureAwait(false);
        if (group?.Delivery(integration) is not { } waiting || !waiting.CanBeSent(asked))
        {
            return new(null, DueWork.Of(group));
        }

        if (Gates.Wait(destination, id, waiting, asked) is { } wait)
        {
            return new(null, [new(new Work.Deliver(id, integration), asked + wait)]);
        }

        DeliveryAttempt? attempt = null;
        try
        {
            (group, attempt) = await AttemptAsync(settings, id, integration, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            // A bug of ours says nothing of the destination either.
            if (attempt is null or { Fault: not null })
            {
                Gates.Abandoned(destination);
            }
        }

        if (attempt is null)
        {
            return new(null, DueWork.Of(group));
        }

        if (attempt.Fault is null)
        {
            Gates.After(destination, attempt.Delivery, attempt.Result, time.GetUtcNow(), random());
        }

        var isFenced = false;
        group = await RecordAsync(
                id,
                group =>
                {
                    var settled = group?.Settled(
                        attempt.Delivery,
                        attempt.Step,
                        attempt.Result is DeliveryResult.Ambiguous,
                        time.GetUtcNow(),
                        attempt.Result.Receipt
                    );
                    isFenced = ReferenceEquals(settled, group);
                    return settled;
                },
                objection => unrecorded(new(attempt, objection)),
                cancellationToken
            )
            .ConfigureAwait(false);
        return new(attempt with { IsFenced = isFenced }, DueWork.Of(group))
        {
            Follow =
                !isFenced && attempt.Result is DeliveryResult.Delivered { Receipt: { } receipt }
                    ? token => FollowAsync(settings, id, attempt.Delivery, receipt, token)
                    : null,
        };
    }

    [SuppressMessage(
        "Design",
        "CA1031",
        Justification = "The notification is delivered, whatever became of its picture."
    )]
    private async Task<string?> FollowAsync(
        HubSettings settings,
        GroupId id,
        Delivery delivery,
        string receipt,
        CancellationToken cancellationToken
    )
    {
        using var patience = new CancellationTokenSource(LongestFollowing, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            return settings.FindChannel(id.Receiver, delivery.Integration) is { } channel
                ? await channel
                    .FollowAsync(delivery.Notification(id, settings.ExternalUrl), receipt, either.Token)
                    .ConfigureAwait(false)
                : null;
        }
        catch (Exception e)
        {
            // Without its message, which may quote a secret.
            return either.IsCancellationRequested
                ? "there was no time left"
                : $"AlertHub failed with {e.GetType().Name}";
        }
    }

    /// <summary>No attempt where somebody else was faster.</summary>
    private async Task<(Group?, DeliveryAttempt?)> AttemptAsync(
        HubSettings settings,
        GroupId id,
        IntegrationId integration,
        CancellationToken cancellationToken
    )
    {
        Group? leased = null;
        var group = await store
            .UpdateAsync(
                id,
                group =>
                {
                    leased = group?.Leased(integration, time.GetUtcNow(), Hub.LeaseLength);
                    return leased ?? group;
                },
                cancellationToken
            )
            .ConfigureAwait(false);
        if (leased?.Delivery(integration) is not { } delivery)
        {
            return (group, null);
        }

        var former = leased.Announcement(integration)?.Former;

        var started = time.GetTimestamp();
        var (result, fault) = await SendAsync(settings, id, delivery, former, cancellationToken).ConfigureAwait(false);
        return (
            group,
            new()
            {
                Group = id,
                Delivery = delivery,
                Result = result,
                Step = delivery.IsShown
                    // The next flush decides whether it is still to be shown.
                    ? Retry.Never(result)
                    : Retry.After(
                        result,
                        result is DeliveryResult.Ambiguous ? delivery.Ambiguous + 1 : delivery.Attempts,
                        random(),
                        time.GetUtcNow() - delivery.Since
                    ),
                Duration = time.GetElapsedTime(started),
                Fault = fault,
            }
        );
    }

    [SuppressMessage("Design", "CA1031", Justification = "A bug in a channel must not end all deliveries.")]
    private static async Task<(DeliveryResult, Exception?)> SendAsync(
        HubSettings settings,
        GroupId id,
        Delivery delivery,
        FormerNotification? former,
        CancellationToken cancellationToken
    )
    {
        if (settings.FindChannel(id.Receiver, delivery.Integration) is not { } channel)
        {
            return (
                new DeliveryResult.Refused($"there is no destination of the kind {delivery.Integration.Kind} yet"),
                null
            );
        }

        try
        {
            var notification = settings.Templates.WithRouteLabels(delivery.Notification(id, settings.ExternalUrl)) with
            {
                Former = former,
            };
            return (await channel.SendAsync(notification, cancellationToken).ConfigureAwait(false), null);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            return (new DeliveryResult.TryLater($"AlertHub failed with {e.GetType().Name}"), e);
        }
    }

    /// <summary>
    /// Returns when the storage has it: to call the channel again for want of a record would send the same message for
    /// as long as the disk is full. Told to stop, it tries once more; what is not recorded then is sent again when the
    /// lease has ended, or at the next start.
    /// </summary>
    private async Task<Group?> RecordAsync(
        GroupId id,
        Func<Group?, Group?> change,
        Action<string> refused,
        CancellationToken cancellationToken
    )
    {
        for (var wait = TimeSpan.FromSeconds(1); ; wait = wait * 2 < LongestRecordWait ? wait * 2 : LongestRecordWait)
        {
            var last = cancellationToken.IsCancellationRequested;
            try
            {
                // Whoever gives up: the destination has its message, and only the record keeps it from a second one.
                return await store.UpdateAsync(id, change, CancellationToken.None).ConfigureAwait(false);
            }
            catch (StorageUnavailableException e) when (!last)
            {
                refused(e.Message);
                await Task.Delay(wait, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
