using System.Text;
using System.Text.Json.Nodes;
using AlertHub.Alerts;
using AlertHub.Channels;
using AlertHub.Channels.Slack;
using AlertHub.Channels.Webhook;
using AlertHub.Picturing;
using AlertHub.Sources;
using AlertHub.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace AlertHub.Tests.Picturing;

public sealed class ChartNotes
{
    /// <summary>Each way an alarm comes, with what is measured as <c>minute:second=value</c>.</summary>
    [Theory]
    [InlineData("eventbridge/metric-alarm.json", "Sum of HTTPCode_Target_5XX_Count", "> 10", "05:00=24 06:00=37")]
    [InlineData("eventbridge/metric-ok.json", "Sum of HTTPCode_Target_5XX_Count", "> 10", "17:00=1 18:00=0")]
    [InlineData("eventbridge/metric-math.json", "error rate", "> 0.05", "04:00=0.07 05:00=0.09 06:00=0.12")]
    [InlineData("eventbridge/anomaly-detection.json", "Maximum of ApproximateAgeOfOldestMessage", null, "02:00=912")]
    [InlineData("lambda-action/metric-alarm.json", "Sum of HTTPCode_Target_5XX_Count", "> 10", "05:00=24 06:00=37")]
    [InlineData("sns/metric-alarm.json", "Sum of HTTPCode_Target_5XX_Count", "> 10", "05:00=24 06:00=37")]
    [InlineData("sns/percentile.json", "p99 of TargetResponseTime", "> 2 s", "04:00=2.21 05:00=2.5 06:00=2.914")]
    [InlineData("sns/anomaly-detection.json", "Maximum of ApproximateAgeOfOldestMessage", null, "02:00=912")]
    [InlineData("sns/metric-math.json", "error rate", "> 0.05", "04:00=0.07 05:00=0.09 06:00=0.12")]
    [InlineData("sqs/eventbridge-body.json", "Sum of HTTPCode_Target_5XX_Count", "> 10", "05:00=24 06:00=37")]
    public void An_alarm_tells_what_was_measured(string sample, string title, string? limit, string points)
    {
        var note = NoteOf(sample)!;

        Assert.Equal(title, note.Chart.Title);
        Assert.Equal(limit, note.Chart.Limit);
        Assert.Equal(
            points,
            string.Join(' ', note.Chart.Points.OrderBy(p => p.At).Select(p => $"{p.At:mm:ss}={p.Value}"))
        );
        Assert.Equal("eu-west-1", note.Region);
        Assert.Equal("111122223333", note.Account);
        Assert.NotNull(note.Metrics);
    }

    [Fact]
    public void The_data_tell_where_a_value_was_expected()
    {
        var point = Assert.Single(NoteOf("eventbridge/anomaly-detection.json")!.Chart.Points);

        Assert.Equal(new(12.31, 240.775), point.Band);
        Assert.Null(Assert.Single(NoteOf("sns/anomaly-detection.json")!.Chart.Points).Band);
    }

    [Fact]
    public void An_alarm_without_data_has_metrics_only()
    {
        var note = NoteOf("sns/metric-insufficient-data.json")!;

        Assert.Empty(note.Chart.Points);
        Assert.NotNull(note.Metrics);
    }

    [Theory]
    [InlineData("sns/composite.json")]
    [InlineData("eventbridge/composite.json")]
    [InlineData("alertmanager/firing.json")]
    [InlineData("sns/plain-text.json")]
    public void What_measures_nothing_has_no_chart(string sample) => Assert.Null(NoteOf(sample));

    [Fact]
    public void Missing_data_are_gaps()
    {
        var chart = ChartOf(
            """
            {"startDate":"2026-03-14T03:00:00.000+0000","period":60,"threshold":1.0,"evaluatedDatapoints":[
             {"timestamp":"2026-03-14T03:02:00.000+0000","sampleCount":2.0,"value":5.5},{"timestamp":"2026-03-14T03:01:00.000+0000"}]}
            """
        );

        Assert.Equal([null, 5.5], chart.Points.Select(static p => p.Value));
        Assert.Equal(TimeSpan.FromMinutes(1), chart.Period);
        Assert.Equal(new DateTimeOffset(2026, 3, 14, 3, 0, 0, TimeSpan.Zero), chart.From);
    }

    [Theory]
    [InlineData("03:03:20", 3)]
    [InlineData("03:04:00", 0)]
    [InlineData("03:02:59", 0)]
    public void Data_without_times_have_them_by_their_place_where_none_is_missing(string query, int points) =>
        Assert.Equal(
            points,
            ChartOf(
                $$"""
                {"startDate":"2026-03-14T03:00:00.000+0000","queryDate":"2026-03-14T{{query}}.000+0000","period":60,"recentDatapoints":[1,2,3]}
                """
            ).Points.Count
        );

    [Theory]
    [InlineData("[1.0E-5 (01/12/25 23:59:50)] was", "2025-12-01T23:59:50Z", 1e-5)]
    [InlineData("most recent datapoints: [-3.25 (29/02/24 00:00:00)]", "2024-02-29T00:00:00Z", -3.25)]
    public void A_reason_in_words_tells_day_before_month(string reason, string at, double value)
    {
        var point = Assert.Single(ChartOf("", reason).Points);

        Assert.Equal(DateTimeOffset.Parse(at, null), point.At);
        Assert.Equal(value, point.Value);
    }

    [Theory]
    [InlineData("no datapoints were received for 1 period and 1 missing datapoint was treated as [Breaching]")]
    [InlineData("[1.0 (32/12/25 23:59:50)]")]
    [InlineData("[1.0 (01/12/25 24:59:50), 1e999 (01/12/25 23:59:50)]")]
    public void A_reason_without_data_is_no_chart(string reason) => Assert.Null(Note("", reason));

    [Fact]
    public void A_note_is_read_as_it_was_written() =>
        Properties.ForAll(
            Notes,
            note =>
            {
                var text = note.Text();
                if (Read(text) is not { } read)
                {
                    Assert.Equal("", text);
                    return;
                }

                Assert.Equal(text, read.Text());
                Assert.InRange(Encoding.UTF8.GetByteCount(text), 1, ChartNote.MostBytes);
                // What had no room is the oldest of it.
                Assert.Equal(
                    note.Chart.Points.Select(static p => p.At).Order().TakeLast(read.Chart.Points.Count),
                    read.Chart.Points.Select(static p => p.At)
                );
                Assert.True(read.Chart.Points.Count >= Math.Min(30, note.Chart.Points.Count));
            }
        );

    [Fact]
    public void A_damaged_note_is_less_of_a_note()
    {
        var text = NoteOf("eventbridge/anomaly-detection.json")!.Text();
        Properties.ForAll(
            Gen.Zip(Gen.Choose(0, text.Length - 1), Gen.Elements('0', '9', '"', '{', ']', '-', 'e', ',', '\ud83d')),
            damage =>
            {
                var damaged = string.Concat(
                    text.AsSpan(0, damage.Item1),
                    [damage.Item2],
                    text.AsSpan(damage.Item1 + 1)
                );
                if (Read(damaged) is { } note)
                {
                    Assert.NotNull(MetricWidget.Of(note, Some.Alert(), Some.Now) ?? "");
                    _ = ChartDrawing.Draw(note.Chart) is { } png ? DecodedPng.Of(png) : null;
                }
            },
            tests: 300
        );
    }

    [Fact]
    public void A_note_with_a_comma_too_many_is_asked_for_all_the_same()
    {
        var text = NoteOf("eventbridge/anomaly-detection.json")!.Text();

        var note = Read(text.Replace("]]", "],]", StringComparison.Ordinal))!;

        Assert.Equal(NoteOf("eventbridge/anomaly-detection.json")!.Metrics, note.Metrics);
        Assert.NotNull(MetricWidget.Of(note, Some.Alert(), Some.Now));
    }

    [Fact]
    public void Nobody_is_told_the_note_itself()
    {
        var notification = Assert.Single(Some.NotificationsOf(Samples.Bytes("sns/metric-alarm.json")));
        Assert.NotNull(notification.Alerts[0].Annotations[Annotation.Chart]);

        string[] told =
        [
            PlainText.Render(notification),
            Encoding.UTF8.GetString(WebhookPayload.Render(notification)),
            JsonNode.Parse(SlackMessage.Render(notification))!.ToJsonString(),
            Some.Templates.Render(
                "{{ .CommonAnnotations }} {{ range .Alerts }}{{ .Annotations }}{{ end }}",
                notification,
                out _
            )!,
        ];

        Assert.All(told, static text => Assert.DoesNotContain("__chart", text, StringComparison.Ordinal));
        Assert.All(told, static text => Assert.DoesNotContain("\"points\"", text, StringComparison.Ordinal));
    }

    private static Gen<ChartNote> Notes { get; } =
        from title in Properties.Text
        from count in Gen.Choose(0, 300)
        from value in Drawings.Value
        from metrics in Gen.Choose(0, 100)
        from region in Gen.Elements(null, "eu-west-1", "EU (Ireland)", new string('x', 5000))
        select new ChartNote
        {
            Chart = new()
            {
                Title = string.Concat(Enumerable.Repeat(title, 40)),
                Unit = "Percent",
                Threshold = value,
                Comparison = "≥",
                Period = TimeSpan.FromMinutes(1),
                Points =
                [
                    .. Enumerable
                        .Range(0, count)
                        .Select(i => new ChartPoint(Some.Now.AddMinutes(i * 7 % count), value / (i + 1))),
                ],
            },
            Metrics = MetricWidget.Metrics([
                .. Enumerable.Range(0, metrics).Select(i => new CloudWatchMetric { Namespace = "n", Name = $"m{i}" }),
            ]),
            Region = region,
            Account = "111122223333",
        };

    private static ChartNote? NoteOf(string sample) =>
        Some.NotificationsOf(Samples.Bytes(sample)).SelectMany(static n => n.Alerts).Select(ChartNote.Of).First();

    private static ChartNote? Read(string text) =>
        ChartNote.Of(Some.Alert(annotations: Some.Labels((Annotation.Chart, text))));

    private static Chart ChartOf(string data, string reason = "") =>
        Note(data, reason)?.Chart ?? new() { Title = "", Points = [] };

    private static ChartNote? Note(string data, string reason) =>
        ChartNote.Of(
            new CloudWatchAlarm
            {
                Name = "a",
                State = "ALARM",
                Reason = reason,
                ReasonData = data,
            }.ToAlert(Some.Now)
        );
}
