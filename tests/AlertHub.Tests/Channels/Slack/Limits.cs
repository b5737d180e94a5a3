using System.Text;
using System.Text.Json;
using AlertHub.Alerts;
using AlertHub.Channels.Slack;
using AlertHub.Tests.Support;
using FsCheck.Fluent;

namespace AlertHub.Tests.Channels.Slack;

/// <summary>Whatever the alerts hold, Slack takes the message.</summary>
public sealed class Limits
{
    /// <summary>What it costs most: everything set, everything long, everything in need of an escape.</summary>
    private static readonly string[] Fillings =
    [
        "x",
        "&",
        "<",
        ">",
        "`",
        "*",
        "🔥",
        "é",
        "\n",
        "\0",
        "|",
        " ",
        "\u202e",
        "\ud83d",
    ];

    public static TheoryData<string> AllFillings { get; } = [.. Fillings];

    public static TheoryData<int> Counts { get; } = [1, 2, 10, 11, 49, 50, 51, 500, 10_000];

    [Theory]
    [MemberData(nameof(Counts))]
    public void Any_number_of_alerts_fits(int count)
    {
        var message = SlackMessage.Render(Some.Notification(Some.AlertsNumbering(count)));

        Assert.Equal([], SlackRules.BrokenBy(message));
        Assert.Equal(
            count > 10,
            Encoding.UTF8.GetString(message).Contains($"and {count - 10:N0} more", StringComparison.Ordinal)
        );
    }

    [Theory]
    [MemberData(nameof(AllFillings))]
    public void The_longest_alert_fits(string filling)
    {
        var notification = Some.Notification(Filled(filling, 20_000));

        Assert.Equal([], SlackRules.BrokenBy(SlackMessage.Render(notification)));
        Assert.Equal([], SlackRules.BrokenBy(SlackMessage.RenderPlain(notification)));
    }

    [Theory]
    [MemberData(nameof(AllFillings))]
    public void Five_hundred_of_the_longest_alerts_fit(string filling)
    {
        var alert = Filled(filling, 700);
        var notification = Some.Notification([.. Enumerable.Range(1, 500).Select(i => Numbered(alert, i))]) with
        {
            GroupLabels = alert.Labels,
            TruncatedAlerts = int.MaxValue - 500,
        };

        Assert.Equal([], SlackRules.BrokenBy(SlackMessage.Render(notification)));
        Assert.Equal([], SlackRules.BrokenBy(SlackMessage.RenderPlain(notification)));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("🔥")]
    [InlineData("&")]
    public void Every_length_around_a_limit_fits(string filling)
    {
        foreach (var limit in (int[])[40, 75, 90, 150, 160, 200, 255, 600, 1200, 1400, 2000, 3000, 9000])
        {
            for (var length = limit - 12; length <= limit + 2; length++)
            {
                var alert = Filled(filling, length / filling.Length);
                Assert.Equal([], SlackRules.BrokenBy(SlackMessage.Render(Some.Notification(alert))));
            }
        }
    }

    [Theory]
    [InlineData(150, false)]
    [InlineData(151, true)]
    public void A_headline_is_cut_above_150_characters_only(int length, bool isCut)
    {
        var header = Header(Some.Alert(new string('x', length - "FIRING: ".Length)));

        Assert.Equal(150, header.Length);
        Assert.Equal(isCut, header.EndsWith('…'));
    }

    [Fact]
    public void What_is_cut_is_never_half_a_character()
    {
        for (var length = 60; length < 80; length++)
        {
            var header = Header(Some.Alert(new string('x', length) + string.Concat(Enumerable.Repeat("🔥", 50))));
            Assert.DoesNotContain('\uFFFD', header);
            Assert.InRange(header.Length, 149, 150);
            Assert.EndsWith("🔥…", header, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_is_cut_is_never_half_an_escape()
    {
        for (var length = 100; length < 120; length++)
        {
            var header = Header(Some.Alert(new string('x', length) + new string('&', 50)));
            Assert.EndsWith("&amp;…", header, StringComparison.Ordinal);
            Assert.True(header.Length <= 150);
        }
    }

    [Fact]
    public void Any_alerts_make_a_message_that_Slack_takes() =>
        Properties.ForAll(
            from alerts in Alerts.NonEmptyListOf()
            from truncated in Gen.Choose(0, 3)
            select (alerts, truncated),
            group =>
            {
                var notification = Some.Notification([.. group.alerts]) with { TruncatedAlerts = group.truncated };
                Assert.Equal([], SlackRules.BrokenBy(SlackMessage.Render(notification)));
                Assert.Equal([], SlackRules.BrokenBy(SlackMessage.RenderPlain(notification)));
            },
            tests: 500
        );

    [Fact]
    public void A_damaged_sample_event_makes_a_message_that_Slack_takes() =>
        Properties.ForAll(
            Properties.Mutations,
            mutation =>
            {
                foreach (var notification in Some.NotificationsOf(mutation.Bytes()))
                {
                    Assert.Equal([], SlackRules.BrokenBy(SlackMessage.Render(notification)));
                }
            },
            tests: 1500
        );

    private static readonly string[] Names =
    [
        Annotation.Summary,
        Annotation.Description,
        Annotation.Reason,
        Annotation.State,
        Annotation.PreviousState,
        Annotation.Threshold,
        Annotation.Dimensions,
        Annotation.Raw,
        Annotation.RunbookUrl,
        Annotation.AlarmUrl,
        "silence_url",
        "note",
        "severity",
    ];

    private static FsCheck.Gen<Alert> Alerts { get; } =
        from name in Properties.Text
        from labels in Properties.Pairs
        from annotations in Gen.Zip(Gen.Elements(Names), Properties.Text).ListOf()
        from resolved in Gen.Elements(true, false)
        from length in Gen.Elements(1, 1, 1, 30, 400)
        let set = Some.Labels(
            annotations
                .Select(a => (a.Item1, string.Concat(Enumerable.Repeat(a.Item2, length))))
                .Where(a => a.Item2.Length > 0)
        )
        select resolved
            ? Some.Resolved(name.Length == 0 ? "x" : name, Some.Labels(labels), set)
            : Some.Alert(name.Length == 0 ? "x" : name, Some.Labels(labels), set);

    private static Alert Filled(string filling, int times)
    {
        var text = string.Concat(Enumerable.Repeat(filling, times));
        return Some.Alert(
            text,
            Some.Labels([
                ("severity", text),
                ("source", text),
                .. Enumerable.Range(0, 30).Select(i => ($"label {i} {text}", text)),
            ]),
            Some.Labels([
                .. Names.Select(name =>
                    (name, name.EndsWith("_url", StringComparison.Ordinal) ? $"https://example.com/{text}" : text)
                ),
                .. Enumerable.Range(0, 30).Select(i => ($"{text} {i}_url", $"https://example.com/{i}")),
            ])
        ) with
        {
            GeneratorUrl = Uri.TryCreate($"https://example.com/?q={text}", UriKind.Absolute, out var url) ? url : null,
        };
    }

    private static Alert Numbered(Alert alert, int number) =>
        alert with
        {
            Labels = Labels.Of([.. alert.Labels, new("number", $"{number}")]),
            EndsAt = number % 3 == 0 ? Some.Now : null,
        };

    private static string Header(Alert alert)
    {
        using var document = JsonDocument.Parse(SlackMessage.Render(Some.Notification(alert)));
        return document.RootElement.GetProperty("blocks")[0].GetProperty("text").GetProperty("text").GetString()!;
    }
}
