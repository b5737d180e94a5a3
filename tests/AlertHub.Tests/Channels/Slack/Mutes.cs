using System.Text;
using AlertHub.Alerts;
using AlertHub.Channels;
using AlertHub.Channels.Slack;
using AlertHub.Notifying;
using AlertHub.Tests.Support;

namespace AlertHub.Tests.Channels.Slack;

/// <summary>A message that says who silenced what it is about.</summary>
public sealed class Mutes
{
    private const string Until = "<!date^1773460800^{date_num} {time_secs}|2026-03-14 04:00:00 UTC>";

    [Fact]
    public void One_alert_that_is_silenced_is_grey_and_says_by_whom() =>
        Approved.MatchesJson(
            "slack-mutes/all.json",
            SlackMessage.Render(Some.Notification(A) with { Muted = [By("mia", A)] })
        );

    [Fact]
    public void Of_several_some_are_silenced_and_the_others_fire_as_before() =>
        Approved.MatchesJson(
            "slack-mutes/some.json",
            SlackMessage.Render(
                Some.Notification(A, B) with
                {
                    Muted = [By("mia", Some.Alert("C"), Some.Alert("D")), Inhibited(Some.Alert("E"))],
                }
            )
        );

    [Fact]
    public void Without_blocks_it_says_the_same() =>
        Assert.StartsWith(
            "SILENCED: A\n  muted (1): silenced by mia until 2026-03-14 04:00:00 UTC: being replaced\n",
            PlainText.Render(Some.Notification(A) with { Muted = [By("mia", A)] }),
            StringComparison.Ordinal
        );

    [Fact]
    public void What_other_alerts_inhibit_is_inhibited() =>
        Assert.Equal(
            ("*Inhibited* by other alerts", "INHIBITED: A"),
            (Text([Inhibited(A)], A), PlainText.Headline(Some.Notification(A) with { Muted = [Inhibited(A)] }))
        );

    [Theory]
    [InlineData("mia", "", "*Silenced* by `mia` until @")]
    [InlineData("", " ", "*Silenced* until @")]
    [InlineData(
        "<!channel>",
        "<!here>\n& *more*",
        "*Silenced* by `&lt;!channel&gt;` until @: &lt;!here&gt; &amp; *more*"
    )]
    public void What_people_wrote_mentions_nobody(string by, string comment, string expected) =>
        Assert.Equal(
            expected.Replace("@", Until, StringComparison.Ordinal),
            Text([By(by, A) with { Comment = comment }], A)
        );

    [Fact]
    public void Where_names_would_be_people_to_be_called_there_are_none() =>
        Assert.Equal(
            $"*Silenced* until {Until}",
            SlackMutes.Text(Some.Notification(A) with { Muted = [By("@here", A)] }, isQuoted: false)
        );

    [Fact]
    public void What_ended_beside_what_is_silenced_is_not_green() =>
        Assert.Contains(
            "\"color\":\"#868e96\"",
            Encoding.UTF8.GetString(
                SlackMessage.Render(Some.Notification(Some.Resolved("B")) with { Muted = [By("mia", A)] })
            ),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("x")]
    [InlineData("&")]
    [InlineData("🔥")]
    [InlineData("\u202e")]
    [InlineData("\0")]
    public void However_long_it_is_Slack_takes_the_message(string filling)
    {
        var text = string.Concat(Enumerable.Repeat(filling, 3000));
        var labels = Some.Labels([.. Enumerable.Range(0, 30).Select(i => ($"label{i}", text))]);
        foreach (var count in (int[])[1, 2, 10, 11, 60])
        {
            Alert[] alerts =
            [
                .. Enumerable
                    .Range(0, count)
                    .Select(i =>
                        Some.Alert(
                            "A",
                            labels.With(Some.Labels(("host", $"{i}{text}"))),
                            Some.Labels(("summary", text), ("dimensions", text), ("raw", text))
                        )
                    ),
            ];
            var muted = alerts.Take(5).Select(alert => By(text, alert) with { Comment = text }).ToArray();

            Assert.Equal(
                [],
                SlackRules.BrokenBy(SlackMessage.Render(Some.Notification(alerts) with { Muted = muted }))
            );
        }
    }

    private static Alert A { get; } = Some.Alert("A");

    private static Alert B { get; } = Some.Alert("B");

    private static string Text(IReadOnlyList<MutedAlerts> muted, params IReadOnlyList<Alert> alerts) =>
        SlackMutes.Text(Some.Notification(alerts) with { Muted = muted });

    private static MutedAlerts By(string name, params IEnumerable<Alert> alerts) =>
        Inhibited(alerts) with
        {
            SilencedBy = name,
            Comment = "being replaced",
            Until = new(2026, 3, 14, 4, 0, 0, TimeSpan.Zero),
        };

    private static MutedAlerts Inhibited(params IEnumerable<Alert> alerts) =>
        new() { Alerts = FingerprintSet.Of(alerts.Select(static alert => alert.Labels.Fingerprint)) };
}
