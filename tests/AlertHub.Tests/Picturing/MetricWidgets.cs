using System.Text.Json.Nodes;
using AlertHub.Alerts;
using AlertHub.Picturing;
using AlertHub.Sources;
using AlertHub.Tests.Support;

namespace AlertHub.Tests.Picturing;

public sealed class MetricWidgets
{
    private static readonly string[] Sampled =
    [
        "sns/metric-alarm",
        "sns/metric-math",
        "sns/anomaly-detection",
        "eventbridge/metric-ok",
        "sns/percentile",
    ];

    public static TheoryData<string> Alarms { get; } = [.. Sampled];

    [Theory]
    [MemberData(nameof(Alarms))]
    public void CloudWatch_is_asked_for_the_approved_graph(string sample)
    {
        var alert = Assert.Single(Assert.Single(Some.NotificationsOf(Samples.Bytes($"{sample}.json"))).Alerts);

        Approved.Matches(
            $"widgets/{sample}.json",
            JsonNode.Parse(MetricWidget.Of(ChartNote.Of(alert)!, alert, Some.Now)!)!.ToJsonString(Indented)
        );
    }

    [Fact]
    public void Every_approved_graph_has_its_alarm() =>
        Assert.Equal([], Approved.Under("widgets").Except(Sampled.Select(static name => $"widgets/{name}.json")));

    [Fact]
    public void A_metric_that_cannot_be_named_makes_no_graph()
    {
        Assert.Null(MetricWidget.Metrics([]));
        Assert.Null(MetricWidget.Metrics([new() { Name = "Errors" }]));
        Assert.Null(MetricWidget.Metrics([new() { Expression = "m1 / 2" }, new() { Namespace = "AWS/SQS" }]));
        Assert.Null(MetricWidget.Metrics([.. Enumerable.Repeat(new CloudWatchMetric { Expression = "m1" }, 101)]));
    }

    /// <summary>An alarm's only metric has a UUID, <c>0f1e2d3c-…</c>; a graph takes what expressions may be written with.</summary>
    [Theory]
    [InlineData("m1", true)]
    [InlineData("errors_5xx", true)]
    [InlineData("0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0", false)]
    [InlineData("M1", false)]
    [InlineData("", false)]
    public void Only_names_that_a_graph_takes_are_told(string id, bool isTold) =>
        Assert.Equal(
            isTold,
            JsonNode.Parse(MetricWidget.Metrics([new() { Id = id, Expression = "1" }])!)![0]![0]!["id"] is not null
        );

    [Theory]
    [InlineData(60, 0.1, "2026-03-14T02:19:00.000Z", "2026-03-14T03:25:00.000Z")]
    [InlineData(86400, 0.1, "2026-02-12T03:19:00.000Z", "2026-03-14T03:25:00.000Z")]
    [InlineData(60, 100, "2026-03-13T14:25:00.000Z", "2026-03-14T03:25:00.000Z")]
    public void What_is_shown_is_the_time_before_and_since_but_not_all_of_a_long_one(
        int period,
        double hours,
        string start,
        string end
    )
    {
        var alert = Some.Alert() with { StartsAt = Some.Now.AddHours(-hours) };
        var widget = Widget(alert, TimeSpan.FromSeconds(period));

        Assert.Equal(start, (string?)widget["start"]);
        Assert.Equal(end, (string?)widget["end"]);
    }

    [Fact]
    public void Of_what_ended_long_ago_the_end_is_shown()
    {
        var alert = Some.Alert() with { StartsAt = Some.Now.AddDays(-3), EndsAt = Some.Now.AddDays(-2) };

        Assert.Equal("2026-03-12T04:25:00.000Z", (string?)Widget(alert, TimeSpan.FromMinutes(1))["end"]);
    }

    private static JsonNode Widget(Alert alert, TimeSpan period) =>
        JsonNode.Parse(
            MetricWidget.Of(
                new()
                {
                    Chart = new()
                    {
                        Title = "",
                        Points = [],
                        Period = period,
                    },
                    Metrics = "[]",
                },
                alert,
                Some.Now
            )!
        )!;

    private static readonly System.Text.Json.JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}
