using System.Text.Json;
using AlertHub.Alerts;
using AlertHub.Channels;
using AlertHub.Channels.Slack;
using AlertHub.Tests.Support;

namespace AlertHub.Tests.Channels.Slack;

/// <summary>What is read of a message before anything else: its headline, what a phone shows, and what its links are called.</summary>
public sealed class FirstLines
{
    [Fact]
    public void Differing_alerts_are_headed_by_the_names_of_those_that_fire() =>
        Assert.Equal(
            "FIRING (2 firing, 1 resolved): DiskFull, NodeDown",
            PlainText.Headline(
                Some.Notification(Some.Resolved("LoadHigh"), Some.Alert("DiskFull"), Some.Alert("NodeDown"))
            )
        );

    [Fact]
    public void Of_many_names_a_headline_has_one_and_counts_the_others() =>
        Assert.Equal(
            $"RESOLVED (3): {new string('a', 80)} and 2 more",
            PlainText.Headline(
                Some.Notification(Some.Resolved(new string('a', 80)), Some.Resolved("b"), Some.Resolved("c"))
            )
        );

    [Theory]
    [InlineData("The shop is shut", "CODE_7", "The shop is shut: CODE_7")]
    [InlineData("The shop is shut", null, "The shop is shut")]
    [InlineData("Something is ALARM", "Threshold crossed", "Threshold crossed")]
    [InlineData(null, "Threshold crossed", "Threshold crossed")]
    public void A_phone_shows_what_is_wrong_before_the_services_own_words(string? summary, string? reason, string shown)
    {
        var annotations = new[]
        {
            (Annotation.Summary, summary),
            (Annotation.Reason, reason),
            (Annotation.State, "ALARM"),
        };
        var alert = Some.Alert(
            annotations: Some.Labels(
                annotations.Where(static a => a.Item2 is not null).Select(a => (a.Item1, a.Item2!))
            )
        );

        var text = Body(alert).RootElement.GetProperty("text").GetString();

        Assert.Equal($"ALARM: Something\n{shown}", text);
    }

    [Theory]
    [InlineData("https://eu-central-1.console.aws.amazon.com/ec2/home", "AWS console")]
    [InlineData("https://console.amazonaws.cn/ec2/home", "AWS console")]
    [InlineData("https://console.aws.amazon.com.example.net/", "Source")]
    [InlineData("https://myconsole.aws.amazon.com/", "Source")]
    [InlineData("http://console.aws.amazon.com/", "Source")]
    [InlineData("https://prometheus.example.com/graph", "Source")]
    public void Only_a_page_of_AWSs_console_is_called_so(string address, string name) =>
        Assert.Contains(
            $"|{name}>",
            Body(Some.Alert() with { GeneratorUrl = new(address) }).RootElement.ToString(),
            StringComparison.Ordinal
        );

    private static JsonDocument Body(Alert alert) => JsonDocument.Parse(SlackMessage.Render(Some.Notification(alert)));
}
