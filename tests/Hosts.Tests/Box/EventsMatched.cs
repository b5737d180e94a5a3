using System.Text.Json.Nodes;
using Hosts.Tests.Box.Sources;
using Hosts.Tests.Box.Templates;

namespace Hosts.Tests.Box;

/// <summary>Patterns match the events that EventBridge would give to their rules.</summary>
public sealed class EventsMatched
{
    private const string Event = """
        {"source":"aws.cloudwatch","detail-type":"CloudWatch Alarm State Change","account":"1","resources":["a","b"],
         "detail":{"state":{"value":"ALARM"},"count":3,"gone":null,"parts":[{"code":0},{"code":1}]}}
        """;

    [Theory]
    [InlineData("""{"source":["aws.cloudwatch"]}""", true)]
    [InlineData("""{"source":["aws.ec2","aws.cloudwatch"],"account":["1"]}""", true)]
    [InlineData("""{"source":["aws.cloudwatch"],"account":["2"]}""", false)]
    [InlineData("""{"resources":["b"]}""", true)]
    [InlineData("""{"detail":{"state":{"value":["ALARM"]},"count":[3]}}""", true)]
    [InlineData("""{"detail":{"count":["3"]}}""", false)]
    [InlineData("""{"detail":{"gone":[null]}}""", true)]
    [InlineData("""{"detail":{"never":[null]}}""", false)]
    [InlineData("""{"detail":{"other":{"value":["ALARM"]}}}""", false)]
    [InlineData("""{"source":[{"prefix":"aws."}]}""", true)]
    [InlineData("""{"detail-type":[{"suffix":"Change"}]}""", true)]
    [InlineData("""{"detail":{"count":[{"prefix":"3"}]}}""", false)]
    [InlineData("""{"detail":{"count":[{"exists":true}],"never":[{"exists":false}]}}""", true)]
    [InlineData("""{"detail":{"state":{"value":[{"anything-but":["OK","INSUFFICIENT_DATA"]}]}}}""", true)]
    [InlineData("""{"detail":{"state":{"value":[{"anything-but":"ALARM"}]}}}""", false)]
    [InlineData("""{"$or":[{"source":["a"]},{"account":["1"]}]}""", true)]
    [InlineData("""{"$or":[{"source":["a"]},{"account":["2"]}]}""", false)]
    [InlineData("""{"$or":[{"source":["a"]},{"account":["1"]}],"resources":["c"]}""", false)]
    [InlineData("""{"detail":{"parts":{"code":[{"anything-but":0}]}}}""", true)]
    [InlineData("""{"detail":{"parts":{"code":[2]}}}""", false)]
    public void A_pattern_matches(string pattern, bool matches)
    {
        Assert.Equal(matches, EventPattern.Matches(Parse(pattern), Parse(Event), "here"));
    }

    [Theory]
    [InlineData("""{"detail":{"count":[{"numeric":[">",2]}]}}""")]
    [InlineData("""{"source":[{"prefix":{"equals-ignore-case":"AWS."}}]}""")]
    [InlineData("""{"$and":[{"source":["a"]},{"source":["b"]}]}""")]
    public void What_is_not_played_is_named(string pattern)
    {
        var refusal = Assert.Throws<TemplateException>(() =>
            EventPattern.Matches(Parse(pattern), Parse(Event), "Hub/Rule")
        );

        Assert.StartsWith("Hub/Rule: ", refusal.Message, StringComparison.Ordinal);
    }

    private static JsonObject Parse(string json) => (JsonObject)JsonNode.Parse(json)!;
}
