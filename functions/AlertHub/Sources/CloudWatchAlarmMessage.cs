using System.Text.Json;
using AlertHub.Alerts;

namespace AlertHub.Sources;

/// <summary>What a CloudWatch alarm's action publishes to SNS.</summary>
internal static class CloudWatchAlarmMessage
{
    public static Reading? Read(JsonElement root, DateTimeOffset now)
    {
        if (root.Text("AlarmName") is not { } name || root.Text("NewStateValue") is not { } state)
        {
            return null;
        }

        var trigger = root.Member("Trigger") ?? default;
        var alarm = new CloudWatchAlarm
        {
            Name = name,
            State = state,
            PreviousState = root.Text("OldStateValue"),
            Arn = root.Text("AlarmArn"),
            Account = root.Text("AWSAccountId"),
            Region = root.Text("Region"),
            Description = root.Text("AlarmDescription"),
            Reason = root.Text("NewStateReason"),
            ChangedAt = root.Time("StateChangeTime"),
            Metrics = Metrics(trigger),
            ComparisonOperator = trigger.Text("ComparisonOperator"),
            Threshold = trigger.Number("Threshold"),
            EvaluationPeriods = trigger.Number("EvaluationPeriods"),
            DatapointsToAlarm = trigger.Number("DatapointsToAlarm"),
            Rule = root.Text("AlarmRule"),
            Children = [.. root.Items("TriggeringChildren").Select(static c => c.Text("Arn")).OfType<string>()],
            Contributor = CloudWatchTags.Contributor(
                root.Member("AlarmContributorAttributes"),
                root.Text("AlarmContributorId")
            ),
            SuppressedBy = root.Text("ActionsSuppressedBy"),
            Runbook = CloudWatchTags.Runbook(root.Member("AlarmTags")),
            Tags = CloudWatchTags.Line(root.Member("AlarmTags")),
        };
        return alarm.ToReading(now);
    }

    private static CloudWatchMetric[] Metrics(JsonElement trigger)
    {
        CloudWatchMetric[] several = [.. trigger.Items("Metrics").Select(ReadMetric)];
        return several.Length > 0 ? several
            : trigger.Text("MetricName") is null ? []
            :
            [
                ReadMetric(trigger, trigger) with
                {
                    Statistic = trigger.Text("ExtendedStatistic") ?? Statistic(trigger.Text("Statistic")),
                },
            ];
    }

    private static CloudWatchMetric ReadMetric(JsonElement entry)
    {
        var stat = entry.Member("MetricStat") ?? default;
        return ReadMetric(stat.Member("Metric") ?? default, stat) with
        {
            Id = entry.Text("Id"),
            Expression = entry.Text("Expression"),
            Label = entry.Text("Label"),
            Statistic = Statistic(stat.Text("Stat")),
            Period = CloudWatchTags.Seconds(stat.Number("Period") ?? entry.Number("Period")),
            Returns = entry.Member("ReturnData") is not { ValueKind: JsonValueKind.False },
        };
    }

    private static CloudWatchMetric ReadMetric(JsonElement metric, JsonElement stat) =>
        new()
        {
            Namespace = metric.Text("Namespace"),
            Name = metric.Text("MetricName"),
            Dimensions = Labels.Of(
                metric
                    .Items("Dimensions")
                    .Select(static d => new Label(
                        d.Text("name") ?? d.Text("Name") ?? "",
                        d.Text("value") ?? d.Text("Value") ?? ""
                    ))
                    .Where(static d => d.Name.Length > 0)
            ),
            Period = CloudWatchTags.Seconds(stat.Number("Period")),
            Unit = stat.Text("Unit"),
        };

    /// <summary>SNS shouts what the console and the graph link spell <c>SampleCount</c>.</summary>
    private static string? Statistic(string? name) =>
        name switch
        {
            "SUM" => "Sum",
            "AVERAGE" => "Average",
            "MINIMUM" => "Minimum",
            "MAXIMUM" => "Maximum",
            "SAMPLE_COUNT" or "SAMPLECOUNT" => "SampleCount",
            _ => name,
        };
}
