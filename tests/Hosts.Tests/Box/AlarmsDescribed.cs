using System.Text.Json.Nodes;
using Hosts.Tests.Box.Access;

namespace Hosts.Tests.Box;

/// <summary>CloudWatch tells of alarms as it is documented.</summary>
public sealed class AlarmsDescribed
{
    private readonly Alarms alarms = new();

    public AlarmsDescribed()
    {
        foreach (
            var (name, state, kind) in ((string, string, string)[])
                [
                    ("cpu", "ALARM", "MetricAlarm"),
                    ("disk", "ALARM", "MetricAlarm"),
                    ("memory", "OK", "MetricAlarm"),
                    ("all", "ALARM", "CompositeAlarm"),
                ]
        )
        {
            alarms.Set(
                new()
                {
                    ["AlarmArn"] = name,
                    ["AlarmName"] = name,
                    ["StateValue"] = state,
                },
                kind
            );
        }
    }

    [Theory]
    [InlineData("{}", "cpu disk memory |")]
    [InlineData("""{"StateValue":"ALARM"}""", "cpu disk |")]
    [InlineData("""{"StateValue":"ALARM","AlarmTypes":["CompositeAlarm","MetricAlarm"]}""", "cpu disk | all")]
    [InlineData("""{"MaxRecords":2}""", "cpu disk | more=2")]
    [InlineData("""{"MaxRecords":2,"NextToken":"2"}""", "memory |")]
    [InlineData("""{"AlarmNames":["memory"]}""", "memory |")]
    [InlineData("""{"AlarmNamePrefix":"d"}""", "disk |")]
    public void It_tells_of_what_is_asked_for(string request, string told)
    {
        Assert.Equal(told, Told((JsonObject)JsonNode.Parse(request)!));
    }

    [Fact]
    public void An_alarm_that_is_set_again_has_changed()
    {
        alarms.Set(
            new()
            {
                ["AlarmArn"] = "cpu",
                ["AlarmName"] = "cpu",
                ["StateValue"] = "OK",
            }
        );

        Assert.Equal("disk |", Told(new() { ["StateValue"] = "ALARM" }));
    }

    private string Told(JsonObject request)
    {
        var answer = JsonNode.Parse(alarms.Describe(request).Body)!;
        string[] words =
        [
            .. Names("MetricAlarms"),
            "|",
            .. Names("CompositeAlarms"),
            .. answer["NextToken"] is { } next ? [$"more={next}"] : Array.Empty<string>(),
        ];
        return string.Join(' ', words);

        IEnumerable<string> Names(string kind) =>
            answer[kind]!.AsArray().Select(static alarm => (string)alarm!["AlarmName"]!);
    }
}
