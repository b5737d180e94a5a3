using System.Text;
using AlertHub.Alerts;
using AlertHub.Tests.Support;

namespace AlertHub.Tests.Sources;

public sealed class ThresholdLines
{
    public static TheoryData<string[]> Table { get; } = [.. Repository.Cases("threshold-lines.txt")];

    [Theory]
    [MemberData(nameof(Table))]
    public void The_condition_of_a_state_change_is_told_from_its_reason(string[] row)
    {
        var message = $$$"""
            {"detail-type":"CloudWatch Alarm State Change","detail":{"alarmName":"a","state":{"value":"ALARM",
            "reason":"{{{row[0]}}}","reasonData":"{\"threshold\":5.0}"},"configuration":{"metrics":[{"id":"m1",
            "metricStat":{"metric":{"namespace":"AWS/Lambda","name":"Errors"},"period":60,"stat":"Sum"} } ] } } }
            """;

        var alert = Assert.Single(Assert.Single(Some.NotificationsOf(Encoding.UTF8.GetBytes(message))).Alerts);

        Assert.Equal(row[1], alert.Annotations[Annotation.Threshold]);
    }
}
