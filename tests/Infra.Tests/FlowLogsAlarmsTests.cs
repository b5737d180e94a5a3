using System.Text.Json.Nodes;
using AlertHub.Aws.Logging;
using Infra.Tests.Support;
using Names = FlowLogs.Names;

namespace Infra.Tests;

/// <summary>What tells people that flow logs do not reach Splunk.</summary>
[Collection(nameof(Synthesis))]
public sealed class FlowLogsAlarmsTests(Synthesis synthesis)
{
    [Fact]
    public void Alarms_tell_people_by_a_topic_that_leads_neither_to_the_functions_nor_to_the_hub()
    {
        string[] all =
        [
            "FlowLogReplayErrors",
            "FlowLogReplaySilence",
            "FlowLogReplayThrottles",
            "FlowLogStreamAge",
            "FlowLogStreamErrors",
            "FlowLogStreamFarBehind",
            "FlowLogStreamGivenUp",
            "FlowLogStreamLost",
            "FlowLogStreamThrottles",
            "FlowLogsBackedUp",
            "FlowLogsBreaker",
            "FlowLogsSilence",
            "FlowLogsUnparsed",
            "FlowLogsUnreadable",
            "FlowStreamThrottles",
        ];
        foreach (var stack in synthesis.AllFlowLogs)
        {
            var alarms = stack.Resources("AWS::CloudWatch::Alarm");
            Assert.Equal(
                (
                    stack == synthesis.ChosenFlowLogs
                        ? [.. all, "FlowLogTransformErrors", "FlowLogTransformThrottles"]
                        : all
                ).Order(StringComparer.Ordinal),
                alarms.Keys.Order(StringComparer.Ordinal)
            );
            Assert.All(
                alarms.Values.Select(alarm => alarm["Properties"]!),
                alarm =>
                {
                    Assert.Equal("${OperatorTopic}", Flat(alarm["AlarmActions"]));
                    Assert.Equal("${OperatorTopic}", Flat(alarm["OKActions"]));
                    Assert.InRange(((string)alarm["AlarmDescription"]!).Length, 50, 250);
                }
            );
        }
    }

    [Theory]
    [InlineData("FlowLogsBreaker", Names.BreakerMetric, 1)]
    [InlineData("FlowLogsUnreadable", Names.UnreadableMetric, 1)]
    [InlineData("FlowLogsBackedUp", Names.BackedUpMetric, 3)]
    [InlineData("FlowLogsUnparsed", Names.UnparsedMetric, 3)]
    public void What_the_functions_count_is_an_alarm(string name, string metric, int periods)
    {
        foreach (
            var (stack, stage) in ((SynthesizedTemplate, string)[])
                [(synthesis.FlowLogs, "prod"), (synthesis.ChosenFlowLogs, "test")]
        )
        {
            var alarm = Alarm(stack, name);
            Assert.Equal((MetricNames.Namespace, metric), ((string)alarm["Namespace"]!, (string)alarm["MetricName"]!));
            Assert.Equal(("Sum", "GreaterThanThreshold", 0), Compares(alarm));
            Assert.Equal(periods, (int?)alarm["EvaluationPeriods"]);
            Assert.Equal(periods == 1 ? null : 2, (int?)alarm["DatapointsToAlarm"]);
            Assert.Equal((MetricNames.StageDimension, stage), Dimension(alarm));
        }
    }

    // The second between the age at which the function puts aside and that at which Lambda does.
    [Theory]
    [InlineData(false, 2.5)]
    [InlineData(true, (600 + 5400) / 3600.0)]
    public void A_function_behind_its_stream_is_an_alarm_and_one_far_behind_another(bool chosen, double hours)
    {
        var stack = chosen ? synthesis.ChosenFlowLogs : synthesis.FlowLogs;
        foreach (
            var (name, age) in ((string, TimeSpan)[])
                [("FlowLogStreamAge", TimeSpan.FromMinutes(15)), ("FlowLogStreamFarBehind", TimeSpan.FromHours(hours))]
        )
        {
            var alarm = Alarm(stack, name);
            Assert.Equal(("AWS/Lambda", "IteratorAge"), ((string)alarm["Namespace"]!, (string)alarm["MetricName"]!));
            // CloudWatch has it in milliseconds.
            Assert.Equal(("Maximum", "GreaterThanThreshold", (int)age.TotalMilliseconds), Compares(alarm));
            Assert.Equal(("FunctionName", $"${{{Names.Stream}}}"), Dimension(alarm));
        }
    }

    [Theory]
    [InlineData("FlowLogStreamGivenUp", "OnFailureDestinationDeliveredEventCount")]
    [InlineData("FlowLogStreamLost", "DroppedEventCount")]
    public void What_Lambda_gives_up_is_an_alarm(string name, string metric)
    {
        foreach (var stack in synthesis.AllFlowLogs)
        {
            var alarm = Alarm(stack, name);
            Assert.Equal(("AWS/Lambda", metric), ((string)alarm["Namespace"]!, (string)alarm["MetricName"]!));
            Assert.Equal(("Sum", "GreaterThanThreshold", 0), Compares(alarm));
            Assert.Equal(("EventSourceMappingUUID", $"${{{Names.Stream}Mapping.Id}}"), Dimension(alarm));
        }
    }

    [Theory]
    [InlineData("FlowLogsSilence", "IncomingRecords", "StreamName", "FlowStream", 3600)]
    [InlineData("FlowLogReplaySilence", "Invocations", "FunctionName", Names.Replay, 2700)]
    public void Where_nothing_happens_any_more_that_is_an_alarm(
        string name,
        string metric,
        string dimension,
        string of,
        int period
    )
    {
        foreach (var stack in synthesis.AllFlowLogs)
        {
            var alarm = Alarm(stack, name);
            Assert.Equal((metric, period), ((string)alarm["MetricName"]!, (int)alarm["Period"]!));
            Assert.Equal(("Sum", "LessThanThreshold", 1), Compares(alarm));
            Assert.Equal("breaching", (string?)alarm["TreatMissingData"]);
            Assert.Equal((dimension, $"${{{of}}}"), Dimension(alarm));
        }
    }

    [Fact]
    public void A_stream_that_is_too_narrow_is_an_alarm()
    {
        var alarm = Alarm(synthesis.FlowLogs, "FlowStreamThrottles");

        Assert.Equal(
            ("AWS/Kinesis", "WriteProvisionedThroughputExceeded"),
            ((string)alarm["Namespace"]!, (string)alarm["MetricName"]!)
        );
        Assert.Equal(("Sum", "GreaterThanThreshold", 0), Compares(alarm));
        Assert.Equal(("StreamName", "${FlowStream}"), Dimension(alarm));
    }

    private static (string Statistic, string Comparison, int Threshold) Compares(JsonNode alarm) =>
        ((string)alarm["Statistic"]!, (string)alarm["ComparisonOperator"]!, (int)alarm["Threshold"]!);

    private static (string Name, string Value) Dimension(JsonNode alarm)
    {
        var dimension = Assert.Single(alarm["Dimensions"]!.AsArray())!;
        return ((string)dimension["Name"]!, Flat(dimension["Value"]));
    }

    private static JsonNode Alarm(SynthesizedTemplate stack, string name) =>
        stack.Resources("AWS::CloudWatch::Alarm")[name]["Properties"]!;

    private static string Flat(JsonNode? value) => SynthesizedTemplate.Flat(value);
}
