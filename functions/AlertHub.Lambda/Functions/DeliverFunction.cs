using System.Collections.Concurrent;
using AlertHub.Api.Working;
using AlertHub.Aws;
using AlertHub.Aws.Logging;
using AlertHub.Channels;
using AlertHub.Delivering;
using AlertHub.Grouping;
using AlertHub.Lambda.Queues;
using AlertHub.Notifying;
using Amazon.Lambda.Core;

namespace AlertHub.Lambda.Functions;

/// <summary>Messages of notifications that are due in, attempts to deliver them out.</summary>
internal sealed class DeliverFunction(WorkBatch batch, WorkLog log, MetricLog metrics, TimeProvider time) : IDisposable
{
    /// <summary>
    /// No attempt begins that might not end in time: one that is cut short may have arrived, and is made again when its lease
    /// has ended.
    /// </summary>
    public static readonly TimeSpan Needed = HttpDelivery.LongestTimeout + TimeSpan.FromSeconds(5);

    /// <summary>Deliveries whose destination is to be left alone, and when a message comes for each.</summary>
    private readonly ConcurrentDictionary<(string Group, IntegrationId? Integration), DateTimeOffset> waiting = [];

    private readonly Lanes lanes = new();

    public Task<Stream> HandleAsync(Stream input, ILambdaContext context) =>
        batch.HandleAsync(input, context, DeliverAsync);

    public void Dispose() => lanes.Dispose();

    private async Task<bool> DeliverAsync(HubAtWork at, WorkMessage message, Deadline deadline)
    {
        if (
            message.Integration is not { } integration
            || await at.FindAsync(message.Group, deadline.Token).ConfigureAwait(false) is not { } group
            || group.Delivery(integration) is not { IsDead: false } delivery
        )
        {
            return true;
        }

        if (delivery.NextLook > time.GetUtcNow())
        {
            if (message.IsFor(delivery.NextLook))
            {
                await at.Queue.SendOnAsync(message).ConfigureAwait(false);
            }

            return true;
        }

        DeliverResult delivered;
        using (
            await lanes
                .EnterAsync(new Destination(group.Id.Receiver, integration), deadline.Token)
                .ConfigureAwait(false)
        )
        {
            if (deadline.Left < Needed)
            {
                return false;
            }

            delivered = await at
                .Hub.DeliverAsync(group.Id, integration, log.Unrecorded, deadline.Token)
                .ConfigureAwait(false);
        }

        if (delivered.Attempt is { } attempt)
        {
            log.Attempted(attempt);
            Count(attempt);
        }

        var work = new Work.Deliver(group.Id, integration);
        var next = delivered.Next.Where(next => next.Work == work).ToArray();
        if (delivered.Attempt is not null || next is not [{ Due: var until }] || IsFirstToWait(message, until))
        {
            await at.Queue.AddAsync(next, CancellationToken.None).ConfigureAwait(false);
        }

        if (
            delivered is { Attempt: { } told, Follow: { } follow }
            && await follow(deadline.Token).ConfigureAwait(false) is { } objection
        )
        {
            log.Unfollowed(told, objection);
        }

        return true;
    }

    /// <summary>
    /// Whether no message of this environment comes for the same delivery when its destination may be asked again: the sweep
    /// sends one for each that is overdue, each minute, and they must not become more and more.
    /// </summary>
    private bool IsFirstToWait(WorkMessage message, DateTimeOffset until)
    {
        var now = time.GetUtcNow();
        foreach (var (over, _) in waiting.Where(each => each.Value <= now))
        {
            waiting.TryRemove(over, out _);
        }

        return waiting.TryAdd((message.Group, message.Integration), until);
    }

    private void Count(DeliveryAttempt attempt)
    {
        if (attempt.IsFenced || attempt.Delivery.IsShown)
        {
            return;
        }

        switch (attempt.Step)
        {
            case NextStep.Done:
                metrics.Write(
                    Metric.Count(Names.NotifiedMetric, 1),
                    Metric.Milliseconds(
                        Names.DelayMetric,
                        [Math.Max(0, (time.GetUtcNow() - attempt.Delivery.Since).TotalMilliseconds)]
                    )
                );
                break;
            case NextStep.GiveUp:
                metrics.Write(Metric.Count(Names.DeadMetric, 1));
                break;
        }
    }
}
