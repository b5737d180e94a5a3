using System.Text;
using System.Text.Encodings.Web;
using AlertHub.Alerts;
using AlertHub.Tests.Support;
using FsCheck.Fluent;

namespace AlertHub.Tests.Sources;

/// <summary>Links into the CloudWatch console: the right partition and region, and whatever names hold, what was meant.</summary>
public sealed class ConsoleLinks
{
    public static TheoryData<string[]> Hosts { get; } = [.. Repository.Cases("console-hosts.txt")];

    public static TheoryData<string> NoHosts { get; } =
    [
        "",
        "not an ARN",
        "arn:aws:cloudwatch::111122223333:alarm:a",
        "arn:aws-iso:cloudwatch:us-iso-east-1:111122223333:alarm:a",
        "arn:aws:cloudwatch:evil.example.com/:111122223333:alarm:a",
        "arn:aws:cloudwatch:eu-west-1#:111122223333:alarm:a",
    ];

    [Theory]
    [MemberData(nameof(Hosts))]
    public void The_console_is_that_of_the_alarms_partition_and_region(string[] row)
    {
        var links = Links(Alarm(row[0], "m", []));

        Assert.Equal(3, links.Length);
        Assert.All(
            links,
            link =>
                Assert.StartsWith(
                    $"https://{row[1]}/cloudwatch/home?region={row[0].Split(':')[3]}#",
                    link,
                    StringComparison.Ordinal
                )
        );
    }

    [Theory]
    [MemberData(nameof(NoHosts))]
    public void An_alarm_of_nowhere_has_no_links(string arn) => Assert.Empty(Links(Alarm(arn, "m", [])));

    [Fact]
    public void Names_arrive_in_the_graph_as_they_are() =>
        Properties.ForAll(
            from metric in Name
            from dimensions in Gen.Zip(Name, Name).ListOf()
            select (metric, dimensions: dimensions.DistinctBy(d => d.Item1).Take(5).ToArray()),
            made =>
            {
                var alarm = Alarm(Arn, made.metric, made.dimensions);
                var graph = Links(alarm).Single(l => l.Contains("#metricsV2:graph=", StringComparison.Ordinal));

                var shown = Map(JsUrl.Read(graph[(graph.IndexOf("graph=", StringComparison.Ordinal) + 6)..]));
                var line = Assert.IsType<List<object?>>(Assert.Single(Assert.IsType<List<object?>>(shown["metrics"])));
                var sorted = Some.Labels(made.dimensions);
                Assert.Equal(
                    ["AWS/Lambda", made.metric, .. sorted.SelectMany(d => (string[])[d.Name, d.Value])],
                    line.SkipLast(1)
                );
                Assert.Equal("Sum", Map(line[^1])["stat"]);
                Assert.Equal(60m, Map(line[^1])["period"]);
                Assert.Equal("eu-west-1", shown["region"]);
                Assert.Equal("2026-03-14T01:07:21.000Z", shown["start"]);
                Assert.Equal("2026-03-14T03:37:21.000Z", shown["end"]);
            }
        );

    [Theory]
    [InlineData("m1", "m1")]
    [InlineData("errorRate_2", "errorRate_2")]
    [InlineData("1c8be1a4-9c4b-4a7e-8f5d-2c0a6d3f7b11", null)]
    [InlineData("e3b0c442-98fc-1c14-9afb-f4c8996fb924", null)]
    [InlineData("M1", null)]
    public void A_metric_goes_by_a_name_that_a_graph_takes_or_by_none(string id, string? shown)
    {
        var graph = Links(OfOneMetric(id)).Single(l => l.Contains("#metricsV2:graph=", StringComparison.Ordinal));

        var metrics = Map(JsUrl.Read(graph[(graph.IndexOf("graph=", StringComparison.Ordinal) + 6)..]))["metrics"];
        var line = Assert.IsType<List<object?>>(Assert.Single(Assert.IsType<List<object?>>(metrics)));
        Assert.Equal(shown, Map(line[^1]).GetValueOrDefault("id"));
    }

    [Fact]
    public void The_logs_are_those_of_the_function_around_the_time()
    {
        var logs = Links(Alarm(Arn, "Errors", [("FunctionName", "orders-$LATEST (1)")]))
            .Single(l => l.Contains("logs-insights", StringComparison.Ordinal));

        var query = Map(JsUrl.Read(logs[(logs.IndexOf("$3D", StringComparison.Ordinal) + 3)..]));
        Assert.Equal(["/aws/lambda/orders-$LATEST (1)"], Assert.IsType<List<object?>>(query["source"]));
        Assert.StartsWith("fields @timestamp, @message", (string?)query["editorString"], StringComparison.Ordinal);
        Assert.Equal("ABSOLUTE", query["timeType"]);
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("with space, comma: colon / slash")]
    [InlineData("ünï#?&%+🔥")]
    public void The_alarm_is_found_by_its_name(string name)
    {
        var link = Links(Alarm($"arn:aws:cloudwatch:eu-west-1:111122223333:alarm:{name}", "m", []))
            .Single(l => l.Contains("#alarmsV2:alarm/", StringComparison.Ordinal));

        Assert.Equal(name, Uri.UnescapeDataString(link.Split("#alarmsV2:alarm/")[1]));
        Assert.DoesNotContain(" ", link, StringComparison.Ordinal);
    }

    public static TheoryData<string[]> Resources { get; } = [.. Repository.Cases("console-resources.txt")];

    [Theory]
    [MemberData(nameof(Resources))]
    public void What_is_measured_is_a_link_away_where_its_dimensions_name_it(string[] row)
    {
        var alarm = Alarm(
            $"arn:{row[0]}:111122223333:alarm:a",
            "m",
            row[2].Split(", ").Select(static each => (each.Split('=', 2)[0], each.Split('=', 2)[1])),
            row[1]
        );

        Assert.Equal(
            row[3],
            Assert.Single(Assert.Single(Some.NotificationsOf(Encoding.UTF8.GetBytes(alarm))).Alerts).Annotations[
                Annotation.ResourceUrl
            ]
                ?? "none"
        );
    }

    private const string Arn = "arn:aws:cloudwatch:eu-west-1:111122223333:alarm:a";

    private static FsCheck.Gen<string> Name { get; } =
        Properties.Text.Where(t =>
            !string.IsNullOrWhiteSpace(t) && t == Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(t))
        );

    private static Dictionary<string, object?> Map(object? value) => Assert.IsType<Dictionary<string, object?>>(value);

    private static string[] Links(string message) =>
        [
            .. Assert
                .Single(Assert.Single(Some.NotificationsOf(Encoding.UTF8.GetBytes(message))).Alerts)
                .Annotations.Where(a => a.Name is Annotation.AlarmUrl or Annotation.MetricUrl or Annotation.LogsUrl)
                .Select(a => a.Value),
        ];

    private static string Alarm(
        string arn,
        string metric,
        IEnumerable<(string Name, string Value)> dimensions,
        string service = "AWS/Lambda"
    ) =>
        $$"""
            {"AlarmName":"a","NewStateValue":"ALARM","AlarmArn":{{Json(arn)}},
            "StateChangeTime":"2026-03-14T03:07:21.412+0000",
            "Trigger":{"MetricName":{{Json(
                metric
            )}},"Namespace":"{{service}}","Statistic":"SUM","Period":60,"Dimensions":
            [{{string.Join(
                ',',
                dimensions.Select(d => $$"""{"name":{{Json(d.Name)}},"value":{{Json(d.Value)}} }""")
            )}}] } }
            """;

    /// <summary>As EventBridge tells of an alarm, whose metrics all have ids.</summary>
    private static string OfOneMetric(string id) =>
        $$"""
            {"detail-type":"CloudWatch Alarm State Change","source":"aws.cloudwatch","resources":[{{Json(Arn)}}],
            "detail":{"alarmName":"a","state":{"value":"ALARM","timestamp":"2026-03-14T03:07:21.412+0000"},
            "configuration":{"metrics":[{"id":{{Json(id)}},"metricStat":{"metric":{"namespace":"AWS/Lambda",
            "name":"Errors","dimensions":{} },"period":60,"stat":"Sum"},"returnData":true}]} } }
            """;

    private static string Json(string text) => $"\"{JavaScriptEncoder.Default.Encode(text)}\"";
}
