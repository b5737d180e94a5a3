using Amazon.CDK;
using Amazon.CDK.AWS.CloudWatch;
using Amazon.CDK.AWS.CloudWatch.Actions;
using Amazon.CDK.AWS.SQS;
using Constructs;

namespace Infra;

/// <summary>Alarms of a stack that tell people by the operators' topic, when something begins and when it is over.</summary>
internal sealed class OperatorAlarms(Construct stack, AlarmTopic operators)
{
    private readonly List<Alarm> alarms = [];

    public IReadOnlyList<Alarm> All => alarms;

    /// <summary>For a queue that should be empty.</summary>
    public void LeftOver(string id, IQueue queue, string what)
    {
        var alarm = new DeadLetterAlarm(stack, id, queue, $"{what} lie in {queue.QueueName}.", operators);
        alarm.AddOkAction(new SnsAction(operators));
        alarm.CallIt(id);
        alarms.Add(alarm);
    }

    /// <summary>For a function that is more than five minutes behind its queue.</summary>
    public void Behind(string name, IQueue queue) =>
        // A message that is delayed does not count before it is due.
        Above(
            $"{name}Age",
            queue.MetricApproximateAgeOfOldestMessage(
                new MetricOptions { Statistic = "Maximum", Period = Duration.Minutes(1) }
            ),
            TimeSpan.FromMinutes(5).TotalSeconds,
            $"The function {name} is more than five minutes behind its queue. See its log group."
        );

    /// <summary>For a function that fails or is kept waiting, and not once only.</summary>
    public void Failing(ProgramFunction function)
    {
        var name = function.Node.Id;
        // What fails once is tried again by its queue, its producer or the next sweep.
        Lasting(
            $"{name}Errors",
            HubMetrics.Of(function, "Errors", "Sum"),
            $"The function {name} keeps failing. See its log group."
        );
        Lasting(
            $"{name}Throttles",
            HubMetrics.Of(function, "Throttles", "Sum"),
            $"Lambda keeps the function {name} waiting: the account's limit of concurrent executions is reached."
        );
    }

    /// <summary>For what is counted in two of three periods.</summary>
    public void Lasting(string id, IMetric faults, string description) =>
        Tell(
            id,
            new AlarmProps
            {
                AlarmDescription = description,
                Metric = faults,
                Threshold = 0,
                ComparisonOperator = ComparisonOperator.GREATER_THAN_THRESHOLD,
                EvaluationPeriods = 3,
                DatapointsToAlarm = 2,
                TreatMissingData = TreatMissingData.NOT_BREACHING,
            }
        );

    public void Above(string id, IMetric metric, double threshold, string description) =>
        Tell(
            id,
            new AlarmProps
            {
                AlarmDescription = description,
                Metric = metric,
                Threshold = threshold,
                ComparisonOperator = ComparisonOperator.GREATER_THAN_THRESHOLD,
                EvaluationPeriods = 1,
                // Where nothing happens at all, that is an alarm of its own.
                TreatMissingData = TreatMissingData.NOT_BREACHING,
            }
        );

    /// <summary>For what must happen in every period, and did not.</summary>
    public void Silent(string id, IMetric happened, string description) =>
        Tell(
            id,
            new AlarmProps
            {
                AlarmDescription = description,
                Metric = happened,
                Threshold = 1,
                ComparisonOperator = ComparisonOperator.LESS_THAN_THRESHOLD,
                EvaluationPeriods = 1,
                TreatMissingData = TreatMissingData.BREACHING,
            }
        );

    private void Tell(string id, AlarmProps properties)
    {
        var alarm = new Alarm(stack, id, properties);
        alarm.AddAlarmAction(new SnsAction(operators));
        alarm.AddOkAction(new SnsAction(operators));
        alarm.CallIt(id);
        alarms.Add(alarm);
    }
}
