using System.Globalization;
using System.Text.Json;
using AlertHub.Alerts;

namespace AlertHub.Sources;

/// <summary>
/// A CloudWatch alarm over EventBridge (<c>CloudWatch Alarm State Change</c>, and the same of one of its contributors), and
/// the same from an alarm whose action is a Lambda function, where <c>alarmData</c> stands for <c>detail</c>.
/// </summary>
internal static class CloudWatchStateChange
{
    public static Reading? Read(JsonElement root, DateTimeOffset now)
    {
        var detail = root.Text("detail-type")
            is "CloudWatch Alarm State Change"
                or "CloudWatch Alarm Contributor State Change"
            ? root.Member("detail")
            : root.Member("alarmData");
        if (
            detail is not { } change
            || change.Text("alarmName") is not { } name
            || change.Member("state")?.Text("value") is not { } state
        )
        {
            return null;
        }

        var configuration = change.Member("configuration") ?? default;
        var reason = ForeignJson.Parse(change.Member("state")?.Text("reasonData") ?? "") ?? default;
        var alarm = new CloudWatchAlarm
        {
            Name = name,
            State = state,
            PreviousState = change.Member("previousState")?.Text("value"),
            PreviousSince = change.Member("previousState")?.Time("timestamp"),
            Arn = root.Text("alarmArn") ?? root.Items("resources").Select(static r => r.AsText()).FirstOrDefault(),
            Account = root.Text("account") ?? root.Text("accountId"),
            Region = root.Text("region"),
            Description = configuration.Text("description"),
            Reason = change.Member("state")?.Text("reason"),
            ReasonData = change.Member("state")?.Text("reasonData"),
            ChangedAt = change.Member("state")?.Time("timestamp") ?? root.Time("time"),
            Metrics = [.. configuration.Items("metrics").Select(ReadMetric)],
            ComparisonOperator = ComparisonOperator(change.Member("state")?.Text("reason") ?? ""),
            Threshold = reason.Number("threshold") ?? Threshold(change.Member("state")?.Text("reason") ?? ""),
            Rule = configuration.Text("alarmRule"),
            Children = [.. reason.Items("triggeringAlarms").Select(static a => a.Text("arn")).OfType<string>()],
            Contributor = CloudWatchTags.Contributor(
                change.Member("alarmContributor", "attributes"),
                change.Member("alarmContributor")?.Text("id")
            ),
            SuppressedBy = change.Member("state")?.Text("actionsSuppressedBy") is { } kind
                ? Arn.Parse(configuration.Text("actionsSuppressor"))?.Name
                    ?? configuration.Text("actionsSuppressor")
                    ?? kind
                : null,
            Runbook = CloudWatchTags.Runbook(change.Member("alarmTags")),
            Tags = CloudWatchTags.Line(change.Member("alarmTags")),
        };
        return alarm.ToReading(now);
    }

    /// <summary>Events of contributors say it in words alone: <c>less than the threshold (1.0)</c>.</summary>
    private static decimal? Threshold(string reason) =>
        reason.Split("the threshold (", 2) is [_, var rest]
        && decimal.TryParse(rest.Split(')')[0], NumberStyles.Float, CultureInfo.InvariantCulture, out var threshold)
            ? threshold
            : null;

    /// <summary>These events do not carry it, but the reason says it, of OK as "was not greater than the threshold".</summary>
    private static string? ComparisonOperator(string reason)
    {
        return (Says("lower threshold"), Says("upper threshold")) switch
        {
            (true, true) => "LessThanLowerOrGreaterThanUpperThreshold",
            (true, false) => "LessThanLowerThreshold",
            (false, true) => "GreaterThanUpperThreshold",
            _ when Says("greater than the threshold") => "GreaterThanThreshold",
            _ when Says("greater than or equal to the threshold") => "GreaterThanOrEqualToThreshold",
            _ when Says("less than the threshold") => "LessThanThreshold",
            _ when Says("less than or equal to the threshold") => "LessThanOrEqualToThreshold",
            _ => null,
        };

        bool Says(string words) => reason.Contains(words, StringComparison.Ordinal);
    }

    private static CloudWatchMetric ReadMetric(JsonElement entry)
    {
        var stat = entry.Member("metricStat") ?? default;
        var metric = stat.Member("metric") ?? default;
        return new()
        {
            Id = entry.Text("id"),
            Expression = entry.Text("expression"),
            Label = entry.Text("label"),
            Namespace = metric.Text("namespace"),
            Name = metric.Text("name"),
            Dimensions = Labels.Of(
                metric.Member("dimensions")?.Texts().Select(static d => new Label(d.Key, d.Value)) ?? []
            ),
            Statistic = stat.Text("stat"),
            Unit = stat.Text("unit"),
            Period = CloudWatchTags.Seconds(stat.Number("period") ?? entry.Number("period")),
            Returns = entry.Member("returnData") is not { ValueKind: JsonValueKind.False },
        };
    }
}
