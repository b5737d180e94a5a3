using System.Text;
using AlertHub.Alerts;
using AlertHub.Tests.Support;

namespace AlertHub.Tests.Sources;

public sealed class AlertIdentity
{
    public static TheoryData<string[]> SameAlarm { get; } = [.. Repository.Cases("same-alarm.txt")];

    public static TheoryData<string[]> AlarmThenOk { get; } = [.. Repository.Cases("alarm-then-ok.txt")];

    [Theory]
    [MemberData(nameof(SameAlarm))]
    public void An_alarm_is_the_same_alert_whichever_way_it_came(string[] samples)
    {
        var first = Only(samples[0]);

        Assert.All(
            samples,
            sample =>
            {
                var alert = Only(sample);
                Assert.Equal(first.Labels, alert.Labels);
                Assert.Equal(first.Labels.FingerprintText, alert.Labels.FingerprintText);
                Assert.Equal(first.Status(Some.Now), alert.Status(Some.Now));
                // Only EventBridge tells of an alarm that ended when it had begun.
                Assert.True(alert.StartsAt == first.StartsAt || first.EndsAt is not null, sample);
                Assert.Equal(first.EndsAt, alert.EndsAt);
                foreach (
                    var name in (string[])
                        [
                            Annotation.State,
                            Annotation.PreviousState,
                            Annotation.Reason,
                            Annotation.Dimensions,
                            Annotation.AlarmUrl,
                            Annotation.RunbookUrl,
                        ]
                )
                {
                    Assert.Equal(first.Annotations[name], alert.Annotations[name]);
                }
            }
        );
    }

    [Fact]
    public void An_event_from_a_failure_destination_is_the_event_that_failed()
    {
        var again = Some.NotificationsOf(Samples.Bytes("lambda-destination/failure.json"));
        var sent = Some.NotificationsOf(Samples.Bytes("sns/elastic-beanstalk-4xx-alarm.json"));

        Assert.Equal(Assert.Single(sent).Alerts, Assert.Single(again).Alerts);
    }

    [Theory]
    [InlineData("function:SlackNotifier:$LATEST", "App_Monitorado-4xx")]
    [InlineData("function:MonitoredApp-SlackNotifier8B5A2C1D-Ab12:live", "App_Monitorado-4xx")]
    [InlineData("function:AlertHub-staging-Ingest1A2B3C4D-Ef56", "App_Monitorado-4xx")]
    [InlineData("function:tickets:$LATEST", "Lambda invocation failed")]
    [InlineData("function:slack-bot", "Lambda invocation failed")]
    public void The_event_that_a_function_of_somebody_else_failed_at_is_its_failure(string function, string told)
    {
        var record = Encoding
            .UTF8.GetString(Samples.Bytes("lambda-destination/failure.json"))
            .Replace("function:SlackNotifier:$LATEST", function, StringComparison.Ordinal);

        Assert.Equal(
            told,
            Assert.Single(Assert.Single(Some.NotificationsOf(Encoding.UTF8.GetBytes(record))).Alerts).Name
        );
    }

    [Theory]
    [MemberData(nameof(AlarmThenOk))]
    public void What_ends_an_alert_has_the_identity_of_what_began_it(string[] samples)
    {
        var (alarm, ok) = (Only(samples[0]), Only(samples[1]));

        Assert.Equal(alarm.Labels.FingerprintText, ok.Labels.FingerprintText);
        Assert.Equal(AlertStatus.Firing, alarm.Status(Some.Now));
        Assert.Equal(AlertStatus.Resolved, ok.Status(Some.Now));
    }

    [Fact]
    public void An_alert_in_Alertmanagers_text_is_the_alert_of_its_webhook()
    {
        var text = Some.NotificationsOf(Samples.Bytes("sns/prometheus-alerts.json"));
        var ended = Only("sns/prometheus-json.json");

        var begun = Assert.Single(
            Assert.Single(text).Alerts,
            alert => alert.Labels.FingerprintText == ended.Labels.FingerprintText
        );

        Assert.Equal(AlertStatus.Firing, begun.Status(Some.Now));
        Assert.Equal(AlertStatus.Resolved, ended.Status(Some.Now));
    }

    [Fact]
    public void An_alarm_that_was_edited_still_ends_what_it_began()
    {
        var alarm = Only("sns/metric-alarm.json");
        var edited = Encoding
            .UTF8.GetString(Samples.Bytes("sns/metric-ok.json"))
            .Replace("Customers see errors", "Clients see errors", StringComparison.Ordinal)
            .Replace("checkout-api/73e2d6bc24d8a067", "checkout-api/other", StringComparison.Ordinal);

        Assert.Equal(
            alarm.Labels,
            Assert.Single(Assert.Single(Some.NotificationsOf(Encoding.UTF8.GetBytes(edited))).Alerts).Labels
        );
    }

    [Theory]
    [InlineData(
        """{"AlarmName":"a","NewStateValue":"ALARM","AWSAccountId":"111122223333","Region":"EU (Ireland)"}""",
        "EU (Ireland)"
    )]
    [InlineData(
        """{"alarmData":{"alarmName":"a","state":{"value":"ALARM"} },"accountId":"111122223333","region":"eu-west-1"}""",
        "eu-west-1"
    )]
    public void An_alarm_without_its_ARN_still_says_where_it_is(string message, string region)
    {
        var labels = Assert.Single(Assert.Single(Some.NotificationsOf(Encoding.UTF8.GetBytes(message))).Alerts).Labels;

        Assert.Equal("111122223333", labels["account"]);
        Assert.Equal(region, labels["region"]);
    }

    [Fact]
    public void Different_messages_are_different_alerts()
    {
        var fingerprints = Samples
            .Names.Where(name => name.StartsWith("other/", StringComparison.Ordinal))
            .SelectMany(name => Some.NotificationsOf(Samples.Bytes(name)).SelectMany(n => n.Alerts))
            .Select(a => a.Labels.FingerprintText)
            .ToArray();

        Assert.Equal(fingerprints.Length, fingerprints.Distinct().Count());
    }

    private static Alert Only(string sample) =>
        Assert.Single(Assert.Single(Some.NotificationsOf(Samples.Bytes(sample))).Alerts);
}
