using Amazon.CDK;
using Amazon.CDK.AWS.CloudWatch;
using Amazon.CDK.AWS.Lambda;
using KinesisStream = Amazon.CDK.AWS.Kinesis.Stream;
using Names = FlowLogs.Names;

namespace Infra;

/// <summary>What tells people that flow logs do not reach Splunk: neither functions nor hub have a part in that.</summary>
internal sealed class FlowLogsAlarms(OperatorAlarms alarms, Deployment deployment)
{
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(15);

    private readonly HubMetrics metrics = new(deployment.Hub.Stage);

    public void Watch(KinesisStream stream)
    {
        alarms.Silent(
            "FlowLogsSilence",
            stream.MetricIncomingRecords(new MetricOptions { Statistic = "Sum", Period = Duration.Hours(1) }),
            "No flow log has come into the stream for an hour, not even one that tells of no traffic. Were the flow logs or the "
                + "subscription filter deleted?"
        );
        alarms.Lasting(
            "FlowStreamThrottles",
            stream.MetricWriteProvisionedThroughputExceeded(
                new MetricOptions { Statistic = "Sum", Period = HubMetrics.Faults }
            ),
            "The stream keeps CloudWatch Logs waiting, which tries for a day: it has too few shards."
        );
    }

    public void Watch(ProgramFunction deliver, CfnEventSourceMapping mapping)
    {
        alarms.Failing(deliver);
        var age = HubMetrics.Of(deliver, "IteratorAge", "Maximum");
        alarms.Above(
            $"{Names.Stream}Age",
            age,
            Late.TotalMilliseconds,
            $"The function {Names.Stream} is more than a quarter of an hour behind its stream. See its log group."
        );
        var flowLogs = deployment.FlowLogs;
        alarms.Above(
            $"{Names.Stream}FarBehind",
            age,
            // Half way from what the function should do to what Lambda does.
            ((flowLogs.Delivery.BackupAfter + flowLogs.LongestRecordAge) / 2).TotalMilliseconds,
            $"The function {Names.Stream} does not even put aside what Splunk does not take. Before long Lambda puts whole batches "
                + "into the backup. See its log group, errors and throttles."
        );
        alarms.Above(
            $"{Names.Stream}GivenUp",
            OfMapping(mapping, "OnFailureDestinationDeliveredEventCount"),
            0,
            $"Lambda has given up batches of the function {Names.Stream} and put them into the backup below aws/lambda/. See its "
                + $"log group; the function {Names.Replay} delivers them."
        );
        alarms.Above(
            $"{Names.Stream}Lost",
            OfMapping(mapping, "DroppedEventCount"),
            0,
            "Lambda has given up batches and could not put them into the backup either. The stream has them for "
                + $"{flowLogs.StreamRetention.TotalHours} hours since they came."
        );
    }

    public void Watch(ProgramFunction replay, TimeSpan interval)
    {
        alarms.Failing(replay);
        alarms.Silent(
            $"{Names.Replay}Silence",
            replay.MetricInvocations(
                new MetricOptions { Statistic = "Sum", Period = Duration.Minutes(3 * interval.TotalMinutes) }
            ),
            $"The function {Names.Replay} has not been called in three intervals of its schedule. Was the rule disabled?"
        );
    }

    public void Watch(ProgramFunction transform) => alarms.Failing(transform);

    /// <summary>What the functions count.</summary>
    public void WatchDeliveries()
    {
        alarms.Above(
            "FlowLogsBreaker",
            Own(Names.BreakerMetric),
            0,
            "Splunk does not accept the token, so that nothing is sent and everything is put aside. Put a valid token into the "
                + $"parameter {deployment.FlowLogs.Delivery.TokenParameter}."
        );
        alarms.Lasting(
            "FlowLogsBackedUp",
            Own(Names.BackedUpMetric),
            $"Splunk keeps refusing flow logs, or cannot be reached; they are in the backup. See the log group of {Names.Stream}."
        );
        alarms.Above(
            "FlowLogsUnreadable",
            Own(Names.UnreadableMetric),
            0,
            $"Records of the stream are no log messages. They are in the backup below {Names.UnreadablePrefix}: does anybody else "
                + "write to the stream?"
        );
        alarms.Lasting(
            "FlowLogsUnparsed",
            Own(Names.UnparsedMetric),
            "Lines keep coming that are no records of the format. They are delivered as they are, without fields: is flowFormat "
                + "that of the flow logs?"
        );
    }

    private IMetric Own(string name) => metrics.Own(name, "Sum", HubMetrics.Faults);

    private static Metric OfMapping(CfnEventSourceMapping mapping, string name) =>
        new(
            new MetricProps
            {
                Namespace = "AWS/Lambda",
                MetricName = name,
                DimensionsMap = new Dictionary<string, string> { ["EventSourceMappingUUID"] = mapping.AttrId },
                Statistic = "Sum",
                Period = HubMetrics.Faults,
            }
        );
}
