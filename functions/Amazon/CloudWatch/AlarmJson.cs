using System.Text.Json;
using Amazon.AwsJson;
using Amazon.CloudWatch.Model;

namespace Amazon.CloudWatch;

/// <summary>DescribeAlarms.</summary>
internal static class AlarmJson
{
    public static byte[] Write(DescribeAlarmsRequest request) =>
        AwsJsonBody.Write(writer =>
        {
            writer.WriteOptional("AlarmNames", request.AlarmNames);
            writer.WriteOptional("AlarmNamePrefix", request.AlarmNamePrefix);
            writer.WriteOptional("AlarmTypes", request.AlarmTypes);
            writer.WriteOptional("ChildrenOfAlarmName", request.ChildrenOfAlarmName);
            writer.WriteOptional("ParentsOfAlarmName", request.ParentsOfAlarmName);
            writer.WriteOptional("StateValue", request.StateValue?.Value);
            writer.WriteOptional("ActionPrefix", request.ActionPrefix);
            writer.WriteOptional("MaxRecords", request.MaxRecords);
            writer.WriteOptional("NextToken", request.NextToken);
        });

    public static DescribeAlarmsResponse ReadAlarms(JsonElement root) =>
        new()
        {
            CompositeAlarms = root.OptionalList("CompositeAlarms", ReadComposite),
            MetricAlarms = root.OptionalList("MetricAlarms", ReadMetric),
            NextToken = root.OptionalString("NextToken"),
        };

    private static CompositeAlarm ReadComposite(JsonElement alarm) =>
        new()
        {
            ActionsEnabled = alarm.Optional("ActionsEnabled")?.GetBoolean(),
            AlarmActions = alarm.OptionalStrings("AlarmActions"),
            AlarmArn = alarm.OptionalString("AlarmArn"),
            AlarmConfigurationUpdatedTimestamp = alarm.OptionalTime("AlarmConfigurationUpdatedTimestamp"),
            AlarmDescription = alarm.OptionalString("AlarmDescription"),
            AlarmName = alarm.OptionalString("AlarmName"),
            AlarmRule = alarm.OptionalString("AlarmRule"),
            InsufficientDataActions = alarm.OptionalStrings("InsufficientDataActions"),
            OKActions = alarm.OptionalStrings("OKActions"),
            StateReason = alarm.OptionalString("StateReason"),
            StateReasonData = alarm.OptionalString("StateReasonData"),
            StateTransitionedTimestamp = alarm.OptionalTime("StateTransitionedTimestamp"),
            StateUpdatedTimestamp = alarm.OptionalTime("StateUpdatedTimestamp"),
            StateValue = alarm.OptionalString("StateValue") is { } state ? new StateValue(state) : null,
        };

    private static MetricAlarm ReadMetric(JsonElement alarm) =>
        new()
        {
            ActionsEnabled = alarm.Optional("ActionsEnabled")?.GetBoolean(),
            AlarmActions = alarm.OptionalStrings("AlarmActions"),
            AlarmArn = alarm.OptionalString("AlarmArn"),
            AlarmConfigurationUpdatedTimestamp = alarm.OptionalTime("AlarmConfigurationUpdatedTimestamp"),
            AlarmDescription = alarm.OptionalString("AlarmDescription"),
            AlarmName = alarm.OptionalString("AlarmName"),
            ComparisonOperator = alarm.OptionalString("ComparisonOperator") is { } comparison
                ? new ComparisonOperator(comparison)
                : null,
            DatapointsToAlarm = alarm.Optional("DatapointsToAlarm")?.GetInt32(),
            Dimensions = alarm.OptionalList("Dimensions", ReadDimension),
            EvaluationPeriods = alarm.Optional("EvaluationPeriods")?.GetInt32(),
            ExtendedStatistic = alarm.OptionalString("ExtendedStatistic"),
            InsufficientDataActions = alarm.OptionalStrings("InsufficientDataActions"),
            MetricName = alarm.OptionalString("MetricName"),
            Namespace = alarm.OptionalString("Namespace"),
            OKActions = alarm.OptionalStrings("OKActions"),
            Period = alarm.Optional("Period")?.GetInt32(),
            StateReason = alarm.OptionalString("StateReason"),
            StateReasonData = alarm.OptionalString("StateReasonData"),
            StateTransitionedTimestamp = alarm.OptionalTime("StateTransitionedTimestamp"),
            StateUpdatedTimestamp = alarm.OptionalTime("StateUpdatedTimestamp"),
            StateValue = alarm.OptionalString("StateValue") is { } state ? new StateValue(state) : null,
            Statistic = alarm.OptionalString("Statistic") is { } statistic ? new Statistic(statistic) : null,
            Threshold = alarm.Optional("Threshold")?.GetDouble(),
            ThresholdMetricId = alarm.OptionalString("ThresholdMetricId"),
            TreatMissingData = alarm.OptionalString("TreatMissingData"),
            Unit = alarm.OptionalString("Unit") is { } unit ? new StandardUnit(unit) : null,
        };

    private static Dimension ReadDimension(JsonElement dimension) =>
        new() { Name = dimension.OptionalString("Name"), Value = dimension.OptionalString("Value") };
}
