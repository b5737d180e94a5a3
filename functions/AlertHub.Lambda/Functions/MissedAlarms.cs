using AlertHub.Alerts;
using AlertHub.Sources;
using Amazon.CloudWatch;
using Amazon.CloudWatch.Model;
using Microsoft.Extensions.Logging;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace AlertHub.Lambda.Functions;

/// <summary>Alarms of CloudWatch that are in ALARM and that the hub knows nothing of: what told of them got lost.</summary>
/// <param name="cloudWatch">Asked for alarms.</param>
/// <param name="topic">ARN of the topic that is to be an action of an alarm which concerns the hub; null where all do.</param>
/// <param name="time">The hub's.</param>
/// <param name="log">Names each.</param>
internal sealed partial class MissedAlarms(
    IAmazonCloudWatch cloudWatch,
    string? topic,
    TimeProvider time,
    ILogger<MissedAlarms> log
)
{
    /// <summary>What changed since then may be on its way yet.</summary>
    private static readonly TimeSpan OnItsWay = TimeSpan.FromMinutes(2);

    private const int MostInPage = 100;

    /// <summary>Takes them, as if their message had come.</summary>
    public async Task TakeAsync(HubAtWork at, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var rules = at.Hub.Settings.Rules;
        var alarms = (await InAlarmAsync(cancellationToken).ConfigureAwait(false))
            .Where(alarm => alarm.ChangedAt <= now - OnItsWay)
            .Select(alarm => Tracking.Track(alarm.ToReading(now), now, rules).Single())
            .Select(alert => (Alert: alert, Groups: rules.Routing.GroupsOf(alert.Labels).ToArray()))
            .ToArray();
        if (alarms.Length == 0)
        {
            return;
        }

        var groups = await at
            .Store.FindAsync(
                [.. alarms.SelectMany(static alarm => alarm.Groups).Select(static to => to.Id).Distinct()],
                cancellationToken
            )
            .ConfigureAwait(false);
        var firing = groups
            .SelectMany(static group => group.Alerts)
            .Where(alert => alert.Value.IsFiring(now))
            .Select(static alert => alert.Key)
            .ToHashSet();
        TrackedAlert[] missed =
        [
            .. alarms.Select(static alarm => alarm.Alert).Where(alert => !firing.Contains(alert.Fingerprint)),
        ];
        if (missed.Length == 0)
        {
            return;
        }

        await at.Keeper.TakeAsync([new(null, missed)], cancellationToken).ConfigureAwait(false);
        foreach (var alert in missed)
        {
            Missed(alert.Alert.Name, alert.Alert.StartsAt);
        }
    }

    private async Task<IReadOnlyList<CloudWatchAlarm>> InAlarmAsync(CancellationToken cancellationToken)
    {
        var alarms = new List<CloudWatchAlarm>();
        var request = new DescribeAlarmsRequest
        {
            StateValue = StateValue.ALARM,
            AlarmTypes = ["MetricAlarm", "CompositeAlarm"],
            ActionPrefix = topic,
            MaxRecords = MostInPage,
        };
        do
        {
            var page = await cloudWatch.DescribeAlarmsAsync(request, cancellationToken).ConfigureAwait(false);
            alarms.AddRange((page.MetricAlarms ?? []).Where(IsHeard).Select(Alarm));
            alarms.AddRange((page.CompositeAlarms ?? []).Where(IsHeard).Select(Alarm));
            request.NextToken = page.NextToken;
        } while (request.NextToken is not null);

        return alarms;
    }

    private bool IsHeard(MetricAlarm alarm) => IsHeard(alarm.ActionsEnabled, alarm.AlarmActions);

    private bool IsHeard(CompositeAlarm alarm) => IsHeard(alarm.ActionsEnabled, alarm.AlarmActions);

    /// <summary>EventBridge is told of every change; a topic only by the action for ALARM, while actions are on.</summary>
    private bool IsHeard(bool? actionsEnabled, List<string>? actions) =>
        topic is null || actionsEnabled != false && actions?.Contains(topic) == true;

    private static CloudWatchAlarm Alarm(MetricAlarm alarm) =>
        new()
        {
            Name = alarm.AlarmName ?? "",
            State = alarm.StateValue?.Value ?? "",
            Arn = alarm.AlarmArn,
            Description = alarm.AlarmDescription,
            Reason = alarm.StateReason,
            ReasonData = alarm.StateReasonData,
            ChangedAt = At(alarm.StateTransitionedTimestamp ?? alarm.StateUpdatedTimestamp),
            Metrics = alarm.MetricName is null
                ? []
                :
                [
                    new()
                    {
                        Namespace = alarm.Namespace,
                        Name = alarm.MetricName,
                        Dimensions = Labels.Of(
                            (alarm.Dimensions ?? []).Select(static d => new Label(d.Name ?? "", d.Value ?? ""))
                        ),
                        Statistic = alarm.ExtendedStatistic ?? alarm.Statistic?.Value,
                        Period = alarm.Period is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
                    },
                ],
            ComparisonOperator = alarm.ComparisonOperator?.Value,
            Threshold = (decimal?)alarm.Threshold,
            EvaluationPeriods = alarm.EvaluationPeriods,
            DatapointsToAlarm = alarm.DatapointsToAlarm,
        };

    private static CloudWatchAlarm Alarm(CompositeAlarm alarm) =>
        new()
        {
            Name = alarm.AlarmName ?? "",
            State = alarm.StateValue?.Value ?? "",
            Arn = alarm.AlarmArn,
            Description = alarm.AlarmDescription,
            Reason = alarm.StateReason,
            ChangedAt = At(alarm.StateTransitionedTimestamp ?? alarm.StateUpdatedTimestamp),
            Rule = alarm.AlarmRule,
        };

    private static DateTimeOffset? At(DateTime? time) =>
        time is { } known ? new DateTimeOffset(DateTime.SpecifyKind(known, DateTimeKind.Utc)) : null;

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "CloudWatch alarm {Alarm} is in ALARM since {Since:O} and nothing was heard of it: it is taken now"
    )]
    private partial void Missed(string alarm, DateTimeOffset since);
}
