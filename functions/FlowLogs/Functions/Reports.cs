using AlertHub.Aws;
using AlertHub.Aws.Logging;
using AlertHub.Aws.Notices;
using FlowLogs.Delivery;
using FlowLogs.Hec;
using FlowLogs.Measures;
using Microsoft.Extensions.Logging;

namespace FlowLogs.Functions;

/// <summary>What was seen, as metrics, alerts for the hub and log lines. Keeps no delivery back.</summary>
/// <param name="metrics">The metrics.</param>
/// <param name="bursts">Of rejected flows.</param>
/// <param name="hub">Null where no alerts are raised.</param>
/// <param name="stage">Label of the alerts.</param>
/// <param name="mostInterfaces">With metrics of their own.</param>
/// <param name="time">Of now.</param>
/// <param name="log">Warnings, and what could not be told.</param>
internal sealed partial class Reports(
    MetricLog metrics,
    RejectBursts bursts,
    HubQueue? hub,
    string stage,
    int mostInterfaces,
    TimeProvider time,
    ILogger<Reports> log
)
{
    public async Task TellAsync(
        Delivered delivered,
        FlowCounts counts,
        IReadOnlyList<Aside> asides,
        CancellationToken cancellationToken
    )
    {
        Measure(delivered, counts, asides);
        foreach (var notice in delivered.Notices)
        {
            await TellAsync(notice, cancellationToken).ConfigureAwait(false);
        }

        foreach (var burst in bursts.Add(counts))
        {
            Burst(burst.Source, burst.Count, burst.Window);
            await RaiseAsync(FlowAlerts.Of(burst, stage, time.GetUtcNow()), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Out of the backup.</summary>
    public async Task TellReplayedAsync(Delivered delivered, CancellationToken cancellationToken)
    {
        if (delivered.Accepted > 0)
        {
            metrics.Write(Metric.Count(Names.ReplayedMetric, delivered.Accepted));
        }

        foreach (var notice in delivered.Notices)
        {
            await TellAsync(notice, cancellationToken).ConfigureAwait(false);
        }
    }

    private void Measure(Delivered delivered, FlowCounts counts, IReadOnlyList<Aside> asides)
    {
        metrics.Write([
            Metric.Count(Names.DeliveredMetric, delivered.Accepted),
            Metric.Count(
                Names.BackedUpMetric,
                asides
                    .Where(static aside => aside.Prefix != Names.UnreadablePrefix)
                    .Sum(static aside => Math.Max(1, aside.Events))
            ),
            Metric.Count(Names.UnreadableMetric, asides.Count(static aside => aside.Prefix == Names.UnreadablePrefix)),
            Metric.Count(Names.LeftOutMetric, counts.LeftOut),
            Metric.Count(Names.UnparsedMetric, counts.Unparsed),
            Metric.Count(Names.NoDataMetric, counts.NoData),
            Metric.Count(Names.SkipDataMetric, counts.SkipData),
            .. counts.EarliestEnd is { } end
                ? (Metric[])[Metric.Seconds(Names.LagMetric, Math.Max(0, (time.GetUtcNow() - end).TotalSeconds))]
                : [],
        ]);
        var most = counts
            .Interfaces.GroupBy(static each => each.Interface)
            .OrderByDescending(static group => group.Sum(static each => (double)each.Counts.Bytes))
            .Take(mostInterfaces);
        foreach (var (window, id, sum) in most.SelectMany(static group => group))
        {
            metrics.Write(
                (Names.InterfaceDimension, id),
                window,
                Metric.Bytes(Names.InterfaceBytesMetric, sum.Bytes),
                Metric.Count(Names.InterfaceRejectsMetric, sum.Rejects)
            );
        }
    }

    private async Task TellAsync(HecNotice notice, CancellationToken cancellationToken)
    {
        switch (notice)
        {
            case HecNotice.Opened { Reason: var reason }:
                Opened(reason);
                metrics.Write(Metric.Count(Names.BreakerMetric, 1));
                await RaiseAsync(FlowAlerts.OfToken(reason, stage, time.GetUtcNow()), cancellationToken)
                    .ConfigureAwait(false);
                break;
            default:
                NoAcknowledgement();
                break;
        }
    }

    private async Task RaiseAsync(HubAlert alert, CancellationToken cancellationToken)
    {
        if (hub is null)
        {
            return;
        }

        try
        {
            await hub.TellAsync(alert, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (cancellationToken.IsCancellationRequested || AwsTrouble.Is(e, cancellationToken))
        {
            NotTold(
                alert.Annotations[0].Value,
                (e as Amazon.Runtime.AmazonServiceException)?.ErrorCode ?? e.GetType().Name
            );
        }
    }

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "HEC refuses the token, so that nothing is sent and all goes to the backup: {Reason}"
    )]
    private partial void Opened(string reason);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Acknowledgement is asked for and the token has none: HEC's word is taken for it"
    )]
    private partial void NoAcknowledgement();

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "{Flows} flows of {Source} were rejected in the minute of {Window}"
    )]
    private partial void Burst(string source, long flows, DateTimeOffset window);

    [LoggerMessage(Level = LogLevel.Error, Message = "The hub could not be told ({Error}): {Summary}")]
    private partial void NotTold(string summary, string error);
}
