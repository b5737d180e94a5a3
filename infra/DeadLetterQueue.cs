using Amazon.CDK;
using Amazon.CDK.AWS.CloudWatch;
using Amazon.CDK.AWS.CloudWatch.Actions;
using Amazon.CDK.AWS.SQS;
using Constructs;

namespace Infra;

/// <summary>
/// Where what could not be delivered waits for a person, who is told. Encrypted with SQS's own key, which SNS and Lambda can
/// use without a grant, and kept for 14 days, the longest that SQS can.
/// </summary>
internal sealed class DeadLetterQueue : Queue
{
    /// <param name="scope">The stack.</param>
    /// <param name="id">Its name there.</param>
    /// <param name="told">
    /// The topic for what lies in it. Not one that leads to the function whose failures these are: it would report on itself.
    /// </param>
    public DeadLetterQueue(Construct scope, string id, AlarmTopic told)
        : base(
            scope,
            id,
            new QueueProps
            {
                Encryption = QueueEncryption.SQS_MANAGED,
                EnforceSSL = true,
                RetentionPeriod = Duration.Days(14),
            }
        )
    {
        var alarm = new Alarm(
            scope,
            $"{id}Alarm",
            new AlarmProps
            {
                AlarmDescription = $"Alarms that nobody was told of lie in {QueueName}.",
                Metric = MetricApproximateNumberOfMessagesVisible(
                    new MetricOptions { Statistic = "Maximum", Period = Duration.Minutes(1) }
                ),
                Threshold = 1,
                ComparisonOperator = ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
                EvaluationPeriods = 1,
                DatapointsToAlarm = 1,
                // A queue that nobody has used for hours reports nothing.
                TreatMissingData = TreatMissingData.NOT_BREACHING,
            }
        );
        alarm.AddAlarmAction(new SnsAction(told));
    }
}
