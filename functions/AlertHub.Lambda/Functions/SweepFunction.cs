using AlertHub.Aws;
using AlertHub.Aws.Logging;
using AlertHub.Lambda.Queues;
using AlertHub.Lambda.Storage;
using AlertHub.Storing;
using Amazon.Lambda.Core;
using Microsoft.Extensions.Logging;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace AlertHub.Lambda.Functions;

/// <summary>
/// Each minute: queues work that is overdue, since what reminded of it got lost; brings groups under the configuration in
/// force; takes alarms that nothing was heard of; forgets what is over; and measures how it stands.
/// </summary>
internal sealed partial class SweepFunction(
    FindHub find,
    MissedAlarms missed,
    MetricLog metrics,
    TimeProvider time,
    ILogger<SweepFunction> log
)
{
    /// <summary>Work that is due for so long is not on its way any more, or waits in a queue that is behind.</summary>
    private static readonly TimeSpan Overdue = TimeSpan.FromSeconds(10);

    /// <summary>The minute of each hour in which what is over is forgotten.</summary>
    private const int PruneMinute = 7;

    public async Task<Stream> HandleAsync(Stream input, ILambdaContext context)
    {
        using var deadline = new Deadline(context, time);
        var (now, ct) = (time.GetUtcNow(), deadline.Token);
        var at = await find(ct).ConfigureAwait(false);
        var survey = await at.Store.SurveyAsync(ct).ConfigureAwait(false);
        await RemindAsync(at, survey, now).ConfigureAwait(false);
        if (survey.OldestRules < at.Hub.Settings.Rules.Version)
        {
            var work = await at.Store.RegroupAsync(ct).ConfigureAwait(false);
            await at.Queue.AddAsync(work, CancellationToken.None).ConfigureAwait(false);
            Regrouped(at.Hub.Settings.Rules.Version);
        }

        await TakeMissedAsync(at, ct).ConfigureAwait(false);
        if (now.Minute == PruneMinute)
        {
            await at.Hub.PruneAsync(new Retention(), ct).ConfigureAwait(false);
        }

        metrics.Write(
            Metric.Count(Names.SweptMetric, 1),
            Metric.Count(Names.ActiveAlertsMetric, survey.Alerts),
            Metric.Count(Names.DeadLettersMetric, survey.DeadLetters),
            Metric.Seconds(
                Names.OldestUndeliveredMetric,
                survey.OldestUndelivered is { } since ? Math.Max(0, (now - since).TotalSeconds) : 0
            )
        );
        return Stream.Null;
    }

    private async Task RemindAsync(HubAtWork at, Survey survey, DateTimeOffset now)
    {
        WorkMessage[] overdue =
        [
            .. from work in survey.Works
            where work.Due <= now - Overdue
            select new WorkMessage
            {
                Group = work.Key,
                Integration = work.Integration,
                Due = work.Due.ToUnixTimeMilliseconds(),
            },
        ];
        if (overdue.Length > 0)
        {
            await at.Queue.SendAsync(overdue).ConfigureAwait(false);
            Reminded(
                overdue.Length,
                (now - overdue.Min(static work => DateTimeOffset.FromUnixTimeMilliseconds(work.Due))).TotalSeconds
            );
        }
    }

    /// <summary>CloudWatch's troubles are none of the hub's: the rest is done all the same.</summary>
    private async Task TakeMissedAsync(HubAtWork at, CancellationToken ct)
    {
        try
        {
            await missed.TakeAsync(at, ct).ConfigureAwait(false);
        }
        catch (Exception e) when (AwsTrouble.Is(e, ct))
        {
            NotAsked(e.Message);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "{Count} works were overdue, the first by {Seconds:F0} s, and are queued again"
    )]
    private partial void Reminded(int count, double seconds);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "All groups are under version {Version} of the configuration now"
    )]
    private partial void Regrouped(long version);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "CloudWatch was not asked for alarms that nothing was heard of: {Reason}"
    )]
    private partial void NotAsked(string reason);
}
