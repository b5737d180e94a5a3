using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AlertHub.Aws.Logging;
using AlertHub.Aws.Notices;
using Amazon.Runtime;
using Amazon.SQS;
using FlowLogs;
using FlowLogs.Delivery;
using FlowLogs.Functions;
using FlowLogs.Hec;
using FlowLogs.Measures;
using FlowLogs.Records;
using Hosts.Tests.Support;
using Metric = AlertHub.Aws.Logging.Metric;

namespace Hosts.Tests.FlowLogs;

/// <summary>Which metrics, alerts and log lines tell of what.</summary>
public sealed class ReportsTold : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 29, 12, 10, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Minute = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);

    private readonly MemoryStream output = new();
    private readonly RecordedLog<Reports> log = new();

    [Fact]
    public async Task What_was_delivered_left_out_and_put_aside_is_counted()
    {
        var counts = new FlowCounts(FlowFormat.Default);
        Add(counts, $"2 1 eni-1 - - - - - - - 0 {Seconds(0)} - NODATA");
        Add(counts, $"2 1 eni-1 - - - - - - - 0 {Seconds(0)} - SKIPDATA");
        Add(counts, $"2 1 eni-1 - - - - - - - 0 {Seconds(0)} - SKIPDATA");
        Add(counts, "broken");
        Add(counts, Line("10.0.0.1", "ACCEPT"));
        counts.AddLeftOut();

        await Reports()
            .TellAsync(
                Delivered(7),
                counts,
                [
                    Aside(Names.UndeliveredPrefix, 3),
                    Aside(Names.RefusedPrefix, 2),
                    Aside(Names.UndeliveredPrefix, 0),
                    Aside(Names.UnreadablePrefix, 0),
                ],
                default
            );

        Assert.Equal(
            [7, 6, 1, 1, 1, 1, 2, 600],
            new[]
            {
                Names.DeliveredMetric,
                Names.BackedUpMetric,
                Names.UnreadableMetric,
                Names.LeftOutMetric,
                Names.UnparsedMetric,
                Names.NoDataMetric,
                Names.SkipDataMetric,
                Names.LagMetric,
            }.Select(name => EmbeddedMetrics.Sum(Text, name))
        );
        Assert.Single(Lines);
        Assert.Empty(log.Lines);
    }

    [Fact]
    public async Task Without_a_time_there_is_no_lag_and_one_in_the_future_is_none()
    {
        await Reports().TellAsync(Delivered(0), new(FlowFormat.Default), [], default);
        Assert.DoesNotContain(Names.LagMetric, Text, StringComparison.Ordinal);

        var counts = new FlowCounts(FlowFormat.Default);
        Add(counts, Line("10.0.0.1", "ACCEPT", minutes: 60));
        await Reports().TellAsync(Delivered(0), counts, [], default);
        Assert.Equal(0, (double)Lines[^1][Names.LagMetric]!);
    }

    [Fact]
    public async Task The_interfaces_with_the_most_traffic_have_metrics_of_their_own_minute()
    {
        var counts = new FlowCounts(FlowFormat.Default);
        foreach (var (eni, bytes) in new[] { ("eni-1", 10L), ("eni-2", long.MaxValue), ("eni-3", 30), ("eni-1", 25) })
        {
            Add(counts, Line("10.0.0.1", "REJECT", eni: eni, bytes: bytes));
        }

        Add(counts, Line("10.0.0.1", "ACCEPT", minutes: 1, eni: "eni-2", bytes: long.MaxValue));
        await Reports(interfaces: 2).TellAsync(Delivered(0), counts, [], default);

        var lines = Lines.Skip(1).ToList();
        Assert.Equal(
            [("eni-1", 0), ("eni-2", 0), ("eni-2", 1)],
            lines
                .Select(static line =>
                    (
                        (string)line["Interface"]!,
                        (int)
                            (
                                DateTimeOffset.FromUnixTimeMilliseconds((long)line["_aws"]!["Timestamp"]!) - Minute
                            ).TotalMinutes
                    )
                )
                .Order()
        );
        var first = lines.Single(static line => (string)line["Interface"]! == "eni-1");
        Assert.Equal(
            (35, 2),
            ((double)first[Names.InterfaceBytesMetric]!, (double)first[Names.InterfaceRejectsMetric]!)
        );
        Assert.Equal(
            """["Stage","Interface"]""",
            first["_aws"]!["CloudWatchMetrics"]![0]!["Dimensions"]![0]!.ToJsonString()
        );
    }

    [Fact]
    public async Task A_refused_token_is_a_metric_an_error_and_an_alert()
    {
        await using var hub = await FakeAws.StartAsync(new FakeAwsAnswer());

        await Reports(hub)
            .TellAsync(
                Delivered(0, new HecNotice.Opened("the token is disabled")),
                new(FlowFormat.Default),
                [],
                default
            );

        Assert.Equal(1, EmbeddedMetrics.Sum(Text, Names.BreakerMetric));
        Assert.StartsWith("Error: HEC refuses the token", Assert.Single(log.Lines), StringComparison.Ordinal);
        var alert = Alert(Assert.Single(hub.Requests));
        Assert.Equal(
            """{"alertname":"FlowLogTokenRefused","severity":"critical","stage":"test"}""",
            alert["labels"]!.ToJsonString()
        );
        Assert.Equal("Splunk takes no flow logs: the token is disabled", (string?)alert["annotations"]!["summary"]);
        Assert.Equal((Now, Now.AddHours(4)), ((DateTimeOffset)alert["startsAt"]!, (DateTimeOffset)alert["endsAt"]!));
    }

    [Fact]
    public async Task A_token_without_acknowledgement_is_a_warning_and_no_alert()
    {
        await using var hub = await FakeAws.StartAsync(new FakeAwsAnswer());

        await Reports(hub)
            .TellAsync(Delivered(0, new HecNotice.NoAcknowledgement()), new(FlowFormat.Default), [], default);

        Assert.StartsWith("Warning: Acknowledgement", Assert.Single(log.Lines), StringComparison.Ordinal);
        Assert.Empty(hub.Requests);
    }

    [Fact]
    public async Task A_burst_is_an_alert_of_its_source_once_in_a_minute()
    {
        await using var hub = await FakeAws.StartAsync(new FakeAwsAnswer());
        var reports = Reports(hub, threshold: 3);

        await reports.TellAsync(Delivered(0), Rejects(2), [], default);
        Assert.Empty(hub.Requests);
        await reports.TellAsync(Delivered(0), Rejects(2), [], default);
        await reports.TellAsync(Delivered(0), Rejects(2), [], default);

        var alert = Alert(Assert.Single(hub.Requests));
        Assert.Equal(
            """{"alertname":"FlowLogRejectBurst","severity":"warning","stage":"test","source_address":"10.0.0.1"}""",
            alert["labels"]!.ToJsonString()
        );
        Assert.Equal(
            "4 flows of 10.0.0.1 were rejected in the minute of 12:00 UTC",
            (string?)alert["annotations"]!["summary"]
        );
        Assert.Equal("Among what it tried: 10.0.0.2 port 22.", (string?)alert["annotations"]!["description"]);
        Assert.Equal(Minute, (DateTimeOffset)alert["startsAt"]!);
        Assert.Single(log.Lines);
    }

    [Fact]
    public async Task Without_a_hub_a_burst_is_a_line()
    {
        await Reports(threshold: 1).TellAsync(Delivered(0), Rejects(1), [], default);

        Assert.StartsWith("Warning: 1 flows of 10.0.0.1", Assert.Single(log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hub_that_cannot_be_told_keeps_nothing_back()
    {
        await using var hub = await FakeAws.StartAsync(
            FakeAwsAnswer.Error(403, "com.amazon.coral.service#AccessDeniedException")
        );

        await Reports(hub, threshold: 1).TellAsync(Delivered(1, new HecNotice.Opened("no")), Rejects(1), [], default);

        Assert.Equal(2, hub.Requests.Count);
        Assert.Equal(
            2,
            log.Lines.Count(static line =>
                line.StartsWith("Error: The hub could not be told", StringComparison.Ordinal)
            )
        );
        Assert.Equal(1, EmbeddedMetrics.Sum(Text, Names.DeliveredMetric));
    }

    [Fact]
    public async Task Time_that_is_up_keeps_nothing_back_either()
    {
        await using var hub = await FakeAws.StartAsync(new FakeAwsAnswer());

        await Reports(hub, threshold: 1).TellAsync(Delivered(1), Rejects(1), [], new(canceled: true));

        Assert.Contains(
            log.Lines,
            static line => line.StartsWith("Error: The hub could not be told", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task What_comes_out_of_the_backup_is_counted_apart()
    {
        await Reports().TellReplayedAsync(Delivered(0), default);
        Assert.Empty(Text);
        await Reports().TellReplayedAsync(Delivered(5, new HecNotice.Opened("no")), default);

        Assert.Equal(5, EmbeddedMetrics.Sum(Text, Names.ReplayedMetric));
        Assert.Equal(0, EmbeddedMetrics.Sum(Text, Names.DeliveredMetric));
        Assert.Equal(1, EmbeddedMetrics.Sum(Text, Names.BreakerMetric));
    }

    [Fact]
    public void A_metric_of_a_part_and_a_moment_is_one_that_CloudWatch_reads()
    {
        new MetricLog(output, "test", new FixedTime(Now)).Write(
            ("Interface", "eni-1"),
            Minute,
            Metric.Bytes("B", 5),
            Metric.Milliseconds("M", [.. Enumerable.Range(0, 101).Select(static i => (double)i)])
        );

        Assert.Equal(2, Lines.Count);
        foreach (var line in Lines)
        {
            var aws = line["_aws"]!;
            Assert.Equal(Minute.ToUnixTimeMilliseconds(), (long)aws["Timestamp"]!);
            var set = Assert.Single(aws["CloudWatchMetrics"]!.AsArray())!;
            Assert.Equal(MetricNames.Namespace, (string?)set["Namespace"]);
            foreach (var dimension in set["Dimensions"]!.AsArray().Single()!.AsArray())
            {
                Assert.Equal(JsonValueKind.String, line[(string)dimension!]!.GetValueKind());
            }

            Assert.All(set["Metrics"]!.AsArray(), metric => Assert.NotNull(line[(string)metric!["Name"]!]));
        }

        Assert.Equal((5, 5050), (EmbeddedMetrics.Sum(Text, "B"), EmbeddedMetrics.Sum(Text, "M")));
        Assert.Equal(("test", "eni-1"), ((string?)Lines[0]["Stage"], (string?)Lines[0]["Interface"]));
    }

    [Fact]
    public void An_alert_is_as_the_hubs_API_takes_it()
    {
        var json = new HubAlert
        {
            Labels = [("alertname", "A"), ("stage", "")],
            Annotations = [("summary", "\"quoted\" \u0001 é")],
            StartsAt = Minute.ToOffset(TimeSpan.FromHours(2)),
            EndsAt = Now,
        }.ToJson();

        var alert = Assert.Single(JsonNode.Parse(json)!.AsArray())!.AsObject();
        Assert.Equal(["labels", "annotations", "startsAt", "endsAt"], alert.Select(static member => member.Key));
        Assert.Equal("""{"alertname":"A"}""", alert["labels"]!.ToJsonString());
        Assert.Equal("\"quoted\" \u0001 é", (string?)alert["annotations"]!["summary"]);
        Assert.Equal(Minute, (DateTimeOffset)alert["startsAt"]!);
    }

    public void Dispose() => output.Dispose();

    private string Text => Encoding.UTF8.GetString(output.ToArray());

    private List<JsonNode> Lines =>
        [.. Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => JsonNode.Parse(line)!)];

    private static long Seconds(int minutes) => Minute.AddMinutes(minutes).ToUnixTimeSeconds();

    private static JsonNode Alert(FakeAwsRequest request) =>
        Assert.Single(JsonNode.Parse((string)JsonNode.Parse(request.Body)!["MessageBody"]!)!.AsArray())!;

    private static Delivered Delivered(long accepted, params HecNotice[] notices) =>
        new()
        {
            Outcomes = [],
            Counts = new(FlowFormat.Default),
            Accepted = accepted,
            Notices = notices,
        };

    private static Aside Aside(string prefix, int events) =>
        new(
            0,
            prefix,
            events,
            new()
            {
                Reason = "why",
                Record = new() { SequenceNumber = "1" },
            }
        );

    private static FlowCounts Rejects(int flows)
    {
        var counts = new FlowCounts(FlowFormat.Default);
        for (var i = 0; i < flows; i++)
        {
            Add(counts, Line("10.0.0.1", "REJECT"));
        }

        return counts;
    }

    private static string Line(string source, string action, int minutes = 0, string eni = "eni-1", long bytes = 40) =>
        $"2 1 {eni} {source} 10.0.0.2 40000 22 6 1 {bytes} 0 {Seconds(minutes)} {action} OK";

    private static void Add(FlowCounts counts, string text)
    {
        var (record, line) = (new FlowRecord(FlowFormat.Default), Encoding.UTF8.GetBytes(text));
        counts.Add(record, line, record.Read(line), 0);
    }

    private Reports Reports(FakeAws? hub = null, long threshold = 0, int interfaces = 0) =>
        new(
            new(output, "test", new FixedTime(Now)),
            new(threshold),
            hub is null ? null : new(Sqs(hub), hub.Url + "123456789012/ingest"),
            "test",
            interfaces,
            new FixedTime(Now),
            log
        );

    private static AmazonSQSClient Sqs(FakeAws hub) =>
        new(
            new BasicAWSCredentials("AKID", "secret"),
            new AmazonSQSConfig { ServiceURL = hub.Url, AuthenticationRegion = "eu-west-1" }
        );
}
