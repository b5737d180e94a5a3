using System.Globalization;
using System.Text.Json.Nodes;

namespace Hosts.Tests.Box.Access;

/// <summary>CloudWatch's DescribeAlarms: alarms that the test has set.</summary>
internal sealed class Alarms
{
    private readonly Lock gate = new();
    private readonly List<(string Kind, JsonObject Alarm)> alarms = [];

    /// <param name="alarm">As DescribeAlarms answers it: AlarmArn, AlarmName, StateValue and what else is wanted.</param>
    /// <param name="kind"><c>MetricAlarm</c> or <c>CompositeAlarm</c>.</param>
    public void Set(JsonObject alarm, string kind = "MetricAlarm")
    {
        lock (gate)
        {
            alarms.RemoveAll(known => (string?)known.Alarm["AlarmArn"] == (string?)alarm["AlarmArn"]);
            alarms.Add((kind, alarm));
        }
    }

    /// <summary>Metric alarms alone where no types are asked for; pages of MaxRecords, 50 by default.</summary>
    public AwsAnswer Describe(JsonObject request)
    {
        foreach (var (member, _) in request)
        {
            if (
                member
                is not (
                    "AlarmTypes"
                    or "StateValue"
                    or "MaxRecords"
                    or "NextToken"
                    or "AlarmNames"
                    or "AlarmNamePrefix"
                )
            )
            {
                throw new NotSupportedException($"'{member}' of DescribeAlarms is not played.");
            }
        }

        var kinds = request["AlarmTypes"] is JsonArray types ? StatementList.Of(types) : ["MetricAlarm"];
        var names = StatementList.Of(request["AlarmNames"]);
        var size = (int?)request["MaxRecords"] ?? 50;
        var from = request["NextToken"] is { } token ? int.Parse((string)token!, CultureInfo.InvariantCulture) : 0;
        (string Kind, JsonObject Alarm)[] found;
        lock (gate)
        {
            found =
            [
                .. alarms
                    .Where(a => kinds.Contains(a.Kind))
                    .Where(a =>
                        request["StateValue"] is not { } state || (string?)a.Alarm["StateValue"] == (string?)state
                    )
                    .Where(a => names is [] || names.Contains((string?)a.Alarm["AlarmName"]))
                    .Where(a =>
                        request["AlarmNamePrefix"] is not { } prefix
                        || ((string)a.Alarm["AlarmName"]!).StartsWith((string)prefix!, StringComparison.Ordinal)
                    ),
            ];
        }

        var page = found.Skip(from).Take(size).ToArray();
        var answer = new JsonObject
        {
            ["MetricAlarms"] = Of("MetricAlarm"),
            ["CompositeAlarms"] = Of("CompositeAlarm"),
        };
        if (from + size < found.Length)
        {
            answer["NextToken"] = (from + size).ToString(CultureInfo.InvariantCulture);
        }

        return AwsAnswer.Json(answer);

        JsonArray Of(string kind) => [.. page.Where(a => a.Kind == kind).Select(static a => a.Alarm.DeepClone())];
    }
}
