using AlertHub.Alerts;
using AlertHub.Grouping;
using AlertHub.Metrics;
using AlertHub.Notifying;
using Microsoft.Extensions.Logging;

namespace AlertHub.Api.Working;

/// <summary>What came of the work: one line for each decision, and the numbers.</summary>
public sealed partial class WorkLog(HubMetrics metrics, TimeProvider time, ILogger<WorkLog> log)
{
    /// <summary>
    /// Who was not told for so long has failed to be told, at each further attempt, or a receiver that is down for days
    /// would never show in the metric by which dashboards and rules know it.
    /// </summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>What cannot be recorded is said so often, however many deliveries it is.</summary>
    private static readonly TimeSpan UnrecordedEvery = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new();
    private readonly HashSet<(GroupId Group, IntegrationId Integration)> unrecorded = [];
    private DateTimeOffset unrecordedFrom;

    public void Flushed(Flush flush)
    {
        if (!log.IsEnabled(LogLevel.Debug))
        {
            return;
        }

        foreach (var integration in flush.Integrations)
        {
            var (decision, reason) = integration.Decision switch
            {
                Decision.Tell tell => ("queued", tell.Reason.Text()),
                Decision.Keep { Because: var because } => ("not told", because.Text()),
                _ => ("not told", "none"),
            };
            Decided(flush.Group.Id, integration.Id, decision, reason, flush.Group.Alerts.Count);
        }
    }

    public void Attempted(DeliveryAttempt attempt)
    {
        var (group, delivery) = (attempt.Group, attempt.Delivery);
        var kind = delivery.Integration.Kind;
        lock (gate)
        {
            unrecorded.Remove((group, delivery.Integration));
        }

        Count(attempt, kind);
        if (attempt.Fault is { } fault)
        {
            // Without its message, which may quote a secret.
            Faulty(group, delivery.Integration, fault.GetType().Name, fault.StackTrace?.Trim() ?? "");
        }

        var (reason, attempts) = (delivery.Reason.Text(), delivery.Attempts);
        if (attempt.IsFenced)
        {
            Fenced(group, delivery.Integration, reason, attempts);
            return;
        }

        switch (attempt.Step)
        {
            case NextStep.Done:
                var firing = delivery.Alerts.Count(alert => alert.Status(delivery.Now) == AlertStatus.Firing);
                Delivered(
                    group,
                    delivery.Integration,
                    reason,
                    firing,
                    delivery.Alerts.Count - firing,
                    attempts,
                    attempt.Duration.TotalMilliseconds
                );
                break;
            case NextStep.Again again:
                CountFailure(delivery, kind, attempt.Result.Failure);
                Postponed(
                    group,
                    delivery.Integration,
                    reason,
                    again.Reason,
                    attempts,
                    attempt.Duration.TotalMilliseconds,
                    again.Wait.TotalSeconds
                );
                break;
            case NextStep.GiveUp end when delivery.IsShown:
                Unshown(group, delivery.Integration, end.Reason);
                break;
            case NextStep.GiveUp end:
                metrics.NotificationsFailed[kind, attempt.Result.Failure.Text()].Add();
                Dead(group, delivery.Integration, reason, end.Reason, attempts, attempt.Duration.TotalMilliseconds);
                break;
        }
    }

    /// <summary>What was to follow a notification (<see cref="DeliverResult.Follow"/>) did not.</summary>
    public void Unfollowed(DeliveryAttempt attempt, string objection) =>
        Unfollowed(attempt.Group, attempt.Delivery.Integration, objection);

    /// <summary>The destination was asked, and nothing would know it if the process ended now.</summary>
    public void Unrecorded(UnrecordedAttempt attempt)
    {
        var (group, delivery) = (attempt.Attempt.Group, attempt.Attempt.Delivery);
        var now = time.GetUtcNow();
        int count;
        lock (gate)
        {
            unrecorded.Add((group, delivery.Integration));
            if (now < unrecordedFrom)
            {
                return;
            }

            unrecordedFrom = now + UnrecordedEvery;
            count = unrecorded.Count;
        }

        var outcome = attempt.Attempt.Result switch
        {
            DeliveryResult.Delivered => "delivered",
            DeliveryResult.Ambiguous => "sent, and not answered",
            DeliveryResult.Refused => "refused",
            _ => "not taken",
        };
        Unrecorded(group, delivery.Integration, outcome, delivery.Reason.Text(), attempt.Objection, count);
    }

    private void Count(DeliveryAttempt attempt, string kind)
    {
        // What is only shown is a request, and no notification.
        if (attempt.Delivery is { IsShown: false, Attempts: 1 })
        {
            metrics.Notifications[kind].Add();
        }

        metrics.NotificationRequests[kind].Add();
        metrics.NotificationLatency[kind].Observe(attempt.Duration);
        if (attempt.Result is not DeliveryResult.Delivered)
        {
            metrics.NotificationRequestsFailed[kind].Add();
        }
    }

    private void CountFailure(Delivery delivery, string kind, FailureReason failure)
    {
        if (time.GetUtcNow() - delivery.Since < Patience)
        {
            return;
        }

        metrics.NotificationsFailed[kind, failure.Text()].Add();
        if (delivery.Attempts > 1)
        {
            metrics.Notifications[kind].Add();
        }
    }

    public void Broken(Work work, Exception fault, TimeSpan pause) =>
        Broken($"{work}", fault.GetType().Name, fault.StackTrace?.Trim() ?? "", pause);

    [LoggerMessage(
        Level = LogLevel.Debug,
        Message = "{Group}, {Integration}: {Decision} ({Reason}), {Alerts} alerts in the group"
    )]
    private partial void Decided(GroupId group, IntegrationId integration, string decision, string reason, int alerts);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "{Group}, {Integration}: delivered ({Reason}), {Firing} firing, {Resolved} resolved; attempt {Attempt}, {Milliseconds:F0} ms"
    )]
    private partial void Delivered(
        GroupId group,
        IntegrationId integration,
        string reason,
        int firing,
        int resolved,
        int attempt,
        double milliseconds
    );

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "{Group}, {Integration}: delivered without its picture: {Objection}"
    )]
    private partial void Unfollowed(GroupId group, IntegrationId integration, string objection);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "{Group}, {Integration}: what was told does not show what is muted now: {Objection}"
    )]
    private partial void Unshown(GroupId group, IntegrationId integration, string objection);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "{Group}, {Integration}: not taken ({Reason}): {Objection}; attempt {Attempt}, {Milliseconds:F0} ms, next in {Seconds:F1} s"
    )]
    private partial void Postponed(
        GroupId group,
        IntegrationId integration,
        string reason,
        string objection,
        int attempt,
        double milliseconds,
        double seconds
    );

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "{Group}, {Integration}: given up ({Reason}): {Objection}; attempt {Attempt}, {Milliseconds:F0} ms. It is kept as a dead letter: the command \"dead\" lists them and sends them again"
    )]
    private partial void Dead(
        GroupId group,
        IntegrationId integration,
        string reason,
        string objection,
        int attempt,
        double milliseconds
    );

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "{Group}, {Integration}: sent ({Reason}), but so late that another had taken it over; attempt {Attempt}"
    )]
    private partial void Fenced(GroupId group, IntegrationId integration, string reason, int attempt);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "{Group}, {Integration}: {Outcome} ({Reason}), and that cannot be recorded: {Objection}. That is tried again until it can be; should the process end before, this is sent once more. Deliveries in this state: {Count}"
    )]
    private partial void Unrecorded(
        GroupId group,
        IntegrationId integration,
        string outcome,
        string reason,
        string objection,
        int count
    );

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "{Group}, {Integration}: a fault in AlertHub, please report it: {Type} {Stack}"
    )]
    private partial void Faulty(GroupId group, IntegrationId integration, string type, string stack);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "{Work}: a fault in AlertHub, please report it: {Type} {Stack}; again in {Pause}"
    )]
    private partial void Broken(string work, string type, string stack, TimeSpan pause);

    [LoggerMessage(Level = LogLevel.Error, Message = "Everything waits for the storage: {Reason}; next try in {Pause}")]
    public partial void Stuck(string reason, TimeSpan pause);
}
