using System.Text.Json.Nodes;
using AlertHub.Alerts;
using AlertHub.Channels.Slack;
using AlertHub.Tests.Support;

namespace AlertHub.Tests.Channels.Slack;

/// <summary>Many alerts in one message.</summary>
public sealed class Storms
{
    [Fact]
    public void The_ten_worst_are_shown_firing_before_ended_and_the_rest_are_counted()
    {
        var texts = Texts([
            Some.Resolved("A", Severity("critical", "ended")),
            .. Enumerable.Range(1, 9).Select(i => Some.Alert("A", Severity("warning", $"w{i}"))),
            Some.Alert("A", Severity("info", "i1")),
            Some.Alert("A", Severity("page", "p1")),
        ]);

        var shown = texts.Where(static text => text.StartsWith("*Firing*", StringComparison.Ordinal)).ToArray();
        Assert.Equal(10, shown.Length);
        Assert.Contains("host=p1", shown[0]);
        Assert.DoesNotContain(texts, static text => text.Contains("host=i1") || text.Contains("host=ended"));
        Assert.Contains("and 2 more", texts);
        Assert.Contains("*Severity*  `critical` 1  `page` 1  `warning` 9  `info` 1", texts);
    }

    [Fact]
    public void A_storm_is_a_digest_of_what_there_is_and_a_line_for_each_of_the_worst()
    {
        var texts = Texts([
            .. Enumerable
                .Range(0, 10_000)
                .Select(i =>
                    Some.Alert(
                        $"Kind{i % 7}",
                        Severity(i % 1000 == 0 ? "critical" : "warning", $"h{i}")
                            .With(Some.Labels(("zone", $"z{i % 2}")))
                    )
                ),
        ]);

        Assert.Contains(
            "*Severity*  `critical` 10  `warning` 9,990\n*Alertname*  `Kind0` 1,429  `Kind1` 1,429  `Kind2` 1,429  `Kind3` 1,429  `Kind4` 1,428  and 2 more",
            texts
        );
        Assert.Contains("and 9,990 more", texts);
        var lines = Assert
            .Single(texts, static text => text.StartsWith("*Firing*", StringComparison.Ordinal))
            .Split('\n');
        Assert.Equal(10, lines.Length);
        Assert.All(lines, static line => Assert.Contains("severity=critical", line));
    }

    [Fact]
    public void Alarms_are_told_apart_by_their_names_and_say_what_they_are_for()
    {
        var texts = Texts([Alarm("a", "The first tunnel"), Alarm("b", null)]);

        Assert.Contains("*Firing*  `a`\nThe first tunnel", texts);
        Assert.Contains("*Firing*  `b`\nThreshold Crossed", texts);

        static Alert Alarm(string name, string? description) =>
            Some.Alert(
                name,
                Some.Labels(("alarm_arn", $"arn:aws:cloudwatch:eu-central-1:123456789012:alarm:{name}")),
                Labels
                    .Of(
                        new Label(Annotation.Summary, $"{name} is ALARM"),
                        new(Annotation.State, "ALARM"),
                        new(Annotation.Reason, "Threshold Crossed"),
                        new(Annotation.Description, description ?? "")
                    )
                    .WithoutEmpty()
            );
    }

    [Fact]
    public void What_is_in_every_alert_or_in_one_each_divides_nothing()
    {
        var texts = Texts([
            .. Enumerable.Range(0, 20).Select(i => Some.Alert("A", Some.Labels(("host", $"h{i}"), ("zone", "z")))),
        ]);

        Assert.DoesNotContain(texts, static text => text.StartsWith("*Host*", StringComparison.Ordinal));
        Assert.DoesNotContain(texts, static text => text.StartsWith("*Severity*", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("<!channel>")]
    [InlineData("<http://evil.example.com|Runbook>")]
    public void A_label_by_which_alerts_are_counted_mentions_nobody_and_links_nowhere(string name)
    {
        var texts = Texts([
            .. Enumerable.Range(0, 60).Select(i => Some.Alert("A", Some.Labels((name, $"{i % 2}"), ("host", $"h{i}")))),
        ]);

        Assert.Contains(texts, static text => text.Contains("`0` 30", StringComparison.Ordinal));
        Assert.DoesNotContain(texts, text => text.Contains(name, StringComparison.Ordinal));
    }

    private static Labels Severity(string severity, string host) => Some.Labels(("severity", severity), ("host", host));

    private static List<string> Texts(IReadOnlyList<Alert> alerts) =>
        [
            .. JsonNode.Parse(SlackMessage.Render(Some.Notification(alerts)))!["attachments"]![0]!["blocks"]!
                .AsArray()
                .SelectMany(static block => (JsonNode?[])[block!["text"]?["text"], block["elements"]?[0]?["text"]])
                .OfType<JsonNode>()
                .Select(static text => (string)text!),
        ];
}
