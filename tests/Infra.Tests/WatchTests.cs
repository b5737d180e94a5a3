using System.Text.Json.Nodes;
using AlertHub.Aws.Logging;
using AlertHub.Lambda;
using Infra.Tests.Support;

namespace Infra.Tests;

/// <summary>Who is told what is wrong with the hub.</summary>
[Collection(nameof(Synthesis))]
public sealed class WatchTests(Synthesis synthesis)
{
    [Fact]
    public void Alarms_tell_people_by_a_topic_that_leads_to_no_function()
    {
        foreach (var hub in synthesis.Hubs)
        {
            foreach (var alarm in hub.Resources("AWS::CloudWatch::Alarm").Values.Select(a => a["Properties"]!))
            {
                Assert.Equal("${OperatorTopic}", Flat(alarm["AlarmActions"]));
                Assert.Equal("${OperatorTopic}", Flat(alarm["OKActions"]));
            }
        }

        var told = synthesis
            .ChosenHub.Resources("AWS::SNS::Subscription")
            .Values.Select(subscription => subscription["Properties"]!)
            .Where(subscription => Flat(subscription["TopicArn"]) == "${OperatorTopic}")
            .Select(subscription => ((string?)subscription["Protocol"], (string?)subscription["Endpoint"]));
        Assert.Equal([("email", "ana@example.org"), ("email", "rui@example.org")], told);
    }

    [Fact]
    public void That_nothing_happens_is_an_alarm()
    {
        var silence = Alarm("Silence");
        Assert.Equal("breaching", (string?)silence["TreatMissingData"]);
        Assert.Equal(
            (Names.SweptMetric, "Sum", 300, 1, "LessThanThreshold", 1),
            (
                (string)silence["MetricName"]!,
                (string)silence["Statistic"]!,
                (int)silence["Period"]!,
                (int)silence["Threshold"]!,
                (string)silence["ComparisonOperator"]!,
                (int)silence["EvaluationPeriods"]!
            )
        );
    }

    // Otherwise an alarm would stay in INSUFFICIENT_DATA when there is nothing to count, or in ALARM for ever.
    [Fact]
    public void Nothing_counted_is_no_alarm_but_there() =>
        Assert.All(
            synthesis.Hub.Resources("AWS::CloudWatch::Alarm").Where(alarm => alarm.Key != "Silence"),
            alarm => Assert.Equal("notBreaching", (string?)alarm.Value["Properties"]!["TreatMissingData"])
        );

    [Theory]
    [InlineData("OldestUndelivered", Names.OldestUndeliveredMetric, 600)]
    [InlineData("DeadNotifications", Names.DeadLettersMetric, 0)]
    public void What_the_hub_says_of_itself_is_watched(string id, string metric, int threshold)
    {
        foreach (var (hub, stage) in new[] { (synthesis.Hub, "prod"), (synthesis.ChosenHub, "test") })
        {
            var alarm = hub.Resources("AWS::CloudWatch::Alarm")[id]["Properties"]!;
            Assert.Equal((MetricNames.Namespace, metric), ((string)alarm["Namespace"]!, (string)alarm["MetricName"]!));
            Assert.Equal((threshold, "Maximum"), ((int)alarm["Threshold"]!, (string)alarm["Statistic"]!));
            Assert.Equal("GreaterThanThreshold", (string?)alarm["ComparisonOperator"]);
            var dimension = Assert.Single(alarm["Dimensions"]!.AsArray())!;
            Assert.Equal(
                (MetricNames.StageDimension, stage),
                ((string)dimension["Name"]!, (string)dimension["Value"]!)
            );
        }
    }

    [Theory]
    [InlineData(Names.Ingest)]
    [InlineData(Names.Flush)]
    [InlineData(Names.Deliver)]
    public void A_function_that_falls_behind_is_an_alarm(string name)
    {
        var alarm = Alarm($"{name}Age");
        Assert.Equal("ApproximateAgeOfOldestMessage", (string?)alarm["MetricName"]);
        Assert.Equal(300, (int?)alarm["Threshold"]);
        Assert.Equal($"${{{name}Queue.QueueName}}", Flat(alarm["Dimensions"]![0]!["Value"]));
    }

    [Theory]
    [InlineData(Names.Ingest)]
    [InlineData(Names.Flush)]
    [InlineData(Names.Deliver)]
    [InlineData(Names.Api)]
    [InlineData(Names.Sweep)]
    public void A_function_that_keeps_failing_is_an_alarm(string name)
    {
        foreach (var metric in (string[])["Errors", "Throttles"])
        {
            var alarm = Alarm(name + metric);
            Assert.Equal(("AWS/Lambda", metric), ((string)alarm["Namespace"]!, (string)alarm["MetricName"]!));
            Assert.Equal($"${{{name}}}", Flat(alarm["Dimensions"]![0]!["Value"]));
            Assert.Equal((3, 2), ((int)alarm["EvaluationPeriods"]!, (int)alarm["DatapointsToAlarm"]!));
        }
    }

    [Fact]
    public void The_API_and_the_tables_are_watched()
    {
        var api = Alarm("ApiFaults");
        Assert.Equal(("AWS/ApiGateway", "5xx"), ((string)api["Namespace"]!, (string)api["MetricName"]!));
        Assert.Equal("${HttpApi}", Flat(api["Dimensions"]![0]!["Value"]));

        foreach (var table in (string[])["StateTable", "RecordsTable"])
        {
            Assert.Equal(["ReadThrottleEvents", "WriteThrottleEvents"], Parts(Alarm($"{table}Throttles")));
            Assert.All(Parts(Alarm($"{table}Errors")), metric => Assert.Equal("SystemErrors", metric));
            // One part that is missing would make a plain sum missing.
            Assert.Matches(
                @"^SUM\(\[FILL\(\w+, 0\)(, FILL\(\w+, 0\))+\]\)$",
                (string?)Alarm($"{table}Errors")["Metrics"]![0]!["Expression"]
            );
        }

        static IEnumerable<string?> Parts(JsonNode alarm) =>
            alarm["Metrics"]!
                .AsArray()
                .Select(metric => (string?)metric!["MetricStat"]?["Metric"]?["MetricName"])
                .OfType<string>();
    }

    [Fact]
    public void The_dashboard_has_every_alarm_and_every_metric_of_the_hub()
    {
        var body = Flat(synthesis.Hub.Only("AWS::CloudWatch::Dashboard")["DashboardBody"]);
        Assert.All(
            synthesis.Hub.Resources("AWS::CloudWatch::Alarm").Keys,
            alarm => Assert.Contains($"${{{alarm}.Arn}}", body, StringComparison.Ordinal)
        );
        Assert.All(
            (string[])
                [
                    Names.AcceptedMetric,
                    Names.NotifiedMetric,
                    Names.DeadMetric,
                    Names.QuarantinedMetric,
                    Names.DeadLettersMetric,
                    Names.OldestUndeliveredMetric,
                    Names.ActiveAlertsMetric,
                    Names.DelayMetric,
                ],
            metric => Assert.Contains($"\"{metric}\"", body, StringComparison.Ordinal)
        );
    }

    private JsonNode Alarm(string id) => synthesis.Hub.Resources("AWS::CloudWatch::Alarm")[id]["Properties"]!;

    private static string Flat(JsonNode? value) => SynthesizedTemplate.Flat(value);
}
