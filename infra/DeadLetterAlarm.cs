using Amazon.CDK;
using Amazon.CDK.AWS.CloudWatch;
using Amazon.CDK.AWS.CloudWatch.Actions;
using Amazon.CDK.AWS.SQS;
using Constructs;

namespace Infra;

/// <summary>Tells people that something lies in a queue that should be empty.</summary>
internal sealed class DeadLetterAlarm : Alarm
{
    /// <param name="scope">The stack.</param>
    /// <param name="id">Its name there.</param>
    /// <param name="queue">The queue.</param>
    /// <param name="description">What lies in it, and what to do.</param>
    /// <param name="told">
    /// The topic for it. Not one that leads to the function whose failures these are: it would report on itself.
    /// </param>
    public DeadLetterAlarm(Construct scope, string id, IQueue queue, string description, AlarmTopic told)
        : base(
            scope,
            id,
            new AlarmProps
            {
                AlarmDescription = description,
                Metric = queue.MetricApproximateNumberOfMessagesVisible(
                    new MetricOptions { Statistic = "Maximum", Period = Duration.Minutes(1) }
                ),
                Threshold = 1,
                ComparisonOperator = ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
                EvaluationPeriods = 1,
                DatapointsToAlarm = 1,
                // A queue that nobody has used for hours reports nothing.
                TreatMissingData = TreatMissingData.NOT_BREACHING,
            }
        )
    {
        AddAlarmAction(new SnsAction(told));
    }
}
