using System.Text;
using AlertHub.Alerts;
using AlertHub.Configuration;
using AlertHub.Sources;
using AlertHub.Tests.Support;

namespace AlertHub.Tests.Sources;

/// <summary>Messages as the hub takes them.</summary>
public sealed class TrackedMessages
{
    private static readonly DateTimeOffset Now = new(2026, 3, 14, 3, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(5);

    [Fact]
    public void An_alarm_lasts_until_CloudWatch_says_that_it_is_over()
    {
        var alert = Assert.Single(Track(Alarm("ALARM", "OK", "2026-03-14T02:59:00.000+0000")));

        Assert.Null(alert.Alert.EndsAt);
        Assert.Equal(Now.AddMinutes(-1), alert.UpdatedAt);
    }

    [Fact]
    public void An_alarm_that_arrives_after_its_end_does_not_fire_again()
    {
        var alarm = Assert.Single(Track(Alarm("ALARM", "OK", "2026-03-14T02:58:00.000+0000")));
        var ok = Assert.Single(Track(Alarm("OK", "ALARM", "2026-03-14T02:59:00.000+0000")));

        var merged = TrackedAlert.Merge(ok, alarm, Now);

        Assert.False(merged.IsFiring(Now));
        Assert.Equal((Now.AddMinutes(-2), Now.AddMinutes(-1)), (merged.Alert.StartsAt, merged.Alert.EndsAt));
    }

    [Fact]
    public void A_clock_that_is_ahead_is_not_believed() =>
        Assert.Equal(Now, Assert.Single(Track(Alarm("ALARM", "OK", "2026-03-14T04:00:00.000+0000"))).UpdatedAt);

    [Theory]
    [InlineData("plain text")]
    [InlineData("""{"some":"json"}""")]
    [InlineData("")]
    public void What_nobody_will_resolve_ends_by_itself(string body)
    {
        var alert = Assert.Single(Track(body));

        Assert.Equal((Now + Timeout, true), (alert.Alert.EndsAt, alert.IsTimeout));
    }

    [Fact]
    public void What_only_happened_is_never_told_to_be_over()
    {
        var alert = Assert.Single(Track("plain text"));

        Assert.True(alert.Alert.IsMessage);
        Assert.Null(alert.AsTold(Now + Timeout).EndsAt);
    }

    [Fact]
    public void What_ends_beside_what_is_told_ends_where_alerts_are_kept()
    {
        var asked = Assert.Single(TrackLate(Sample("aws/codepipeline-step-approval-needed.json")));
        var rejected = TrackLate(Sample("aws/codepipeline-step-approval-rejected.json"));

        Assert.Equal(
            ["CodePipeline approval rejected", "CodePipeline approval needed"],
            rejected.Select(static each => each.Alert.Name)
        );
        Assert.False(TrackedAlert.Merge(asked, rejected[1], Some.Now).IsFiring(Some.Now));
        Assert.Equal(asked.Alert.Labels.FingerprintText, rejected[1].Alert.Labels.FingerprintText);
    }

    /// <summary>What a tag stands for is the same image by any of its tags.</summary>
    [Fact]
    public void A_clean_image_ends_the_findings_of_each_of_its_tags_and_of_no_other()
    {
        var main = Assert.Single(TrackLate(Scan("HIGH", "main")));
        var clean = TrackLate(Scan("LOW", "1.2.3", "main"));
        var other = TrackLate(Scan("LOW", "feature"));

        Assert.Contains(clean, each => each.Alert.Labels.FingerprintText == main.Alert.Labels.FingerprintText);
        Assert.DoesNotContain(other, each => each.Alert.Labels.FingerprintText == main.Alert.Labels.FingerprintText);
    }

    [Fact]
    public void The_first_rule_that_matches_says_how_bad_an_alert_is_when_it_fires_and_when_it_ends()
    {
        var rules = Rules(
            new SeverityRule { Matchers = Some.Matchers("{alertname=\"mem\"}"), Severity = "info" },
            new SeverityRule { Matchers = Some.Matchers("{source=\"cloudwatch\",severity=\"\"}"), Severity = "page" },
            new SeverityRule { Matchers = Some.Matchers("{source=\"cloudwatch\"}"), Severity = "warning" }
        );

        var states = new[]
        {
            Alarm("ALARM", "OK", "2026-03-14T03:10:00Z"),
            Alarm("OK", "ALARM", "2026-03-14T03:15:00Z"),
        }
            .Select(body => Tracking.Track(Message(body), rules).Single())
            .ToArray();

        Assert.All(states, static state => Assert.Equal("page", state.Labels["severity"]));
        Assert.Equal(states[0].Fingerprint, states[1].Fingerprint);
    }

    [Fact]
    public void An_alert_of_another_Alertmanager_keeps_its_fingerprint_and_lasts_until_it_says_otherwise()
    {
        var alert = Assert.Single(
            Track(
                """
                {"version":"4","alerts":[{"status":"firing","labels":{"alertname":"A","i":"1"},
                "startsAt":"2026-03-14T02:00:00Z","endsAt":"0001-01-01T00:00:00Z"}]}
                """
            )
        );

        Assert.Equal("caaaffbd9ccf039f", alert.Labels.FingerprintText);
        Assert.Equal((Now.AddHours(-1), null, Now), (alert.Alert.StartsAt, alert.Alert.EndsAt, alert.UpdatedAt));
    }

    private static string Sample(string name) => Encoding.UTF8.GetString(Samples.Bytes(name));

    private static string Scan(string severity, params string[] tags) =>
        Sample("aws/ecr-image-scan-findings.json")
            .Replace("\"CRITICAL\": 2,", "", StringComparison.Ordinal)
            .Replace("\"HIGH\": 7", $"\"{severity}\": 7", StringComparison.Ordinal)
            .Replace(
                "\"8f2c1d9\"",
                string.Join(", ", tags.Select(static tag => $"\"{tag}\"")),
                StringComparison.Ordinal
            )
            .Replace("sha256:7f5b", $"sha256:{tags[0].Length}f5b", StringComparison.Ordinal);

    private static IReadOnlyList<TrackedAlert> TrackLate(string body) =>
        Tracking.Track(Message(body) with { ReceivedAt = Some.Now }, Rules());

    private static IReadOnlyList<TrackedAlert> Track(string body) => Tracking.Track(Message(body), Rules());

    private static Inbound Message(string body) => new() { Body = Encoding.UTF8.GetBytes(body), ReceivedAt = Now };

    /// <summary>An alert lasts five minutes where nobody says when it ends.</summary>
    private static HubRules Rules(params IReadOnlyList<SeverityRule> severities) =>
        HubRules.Compile(
            new()
            {
                Alertmanager = GroupScene.Config(),
                Receivers = [],
                Severities = severities,
            }
        );

    private static string Alarm(string state, string before, string at) =>
        $$"""
            {"AlarmName":"cpu","AlarmArn":"arn:aws:cloudwatch:eu-west-1:111122223333:alarm:cpu",
            "NewStateValue":"{{state}}","OldStateValue":"{{before}}","StateChangeTime":"{{at}}"}
            """;
}
