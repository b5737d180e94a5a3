using System.Text.Json;
using AlertHub.Channels.Slack;
using AlertHub.Tests.Support;

namespace AlertHub.Tests.Channels.Slack;

/// <summary>What an alert says to run. Half of a command is another command.</summary>
public sealed class Commands
{
    private static readonly string Long = $"aws ec2 revoke --ip-permissions '{new string('x', 400)}' > log";

    [Fact]
    public void A_command_is_shown_whole()
    {
        var shown = Assert.Single(Sections(("undo_command", Long)));

        Assert.Equal($"*Undo command*\n```{Long.Replace(">", "&gt;", StringComparison.Ordinal)}```", shown);
    }

    [Fact]
    public void Of_many_lines_those_are_shown_that_fit_and_the_others_can_be_found()
    {
        var shown = Assert.Single(Sections(("undo_command", string.Join('\n', Long, Long, Long, Long))));

        Assert.StartsWith("*Undo command*\n```aws", shown, StringComparison.Ordinal);
        Assert.EndsWith(
            "' &gt; log```\nand 2 more, too long for this message: the alert has all of it as annotation `undo_command`",
            shown,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_command_that_does_not_fit_is_not_begun() =>
        Assert.Equal(
            "*Undo command* is too long for this message: the alert has all of it as annotation `undo_command`",
            Assert.Single(Sections(("undo_command", new string('x', 1300))))
        );

    [Theory]
    [InlineData("&")]
    [InlineData("`")]
    public void As_many_as_there_are_the_message_fits(string filling) =>
        Assert.Equal(
            [],
            SlackRules.BrokenBy(
                Message([
                    .. Enumerable
                        .Range(0, 60)
                        .Select(i =>
                            ($"n{i}_{new string('n', 90)}_command", string.Concat(Enumerable.Repeat(filling, 220)))
                        ),
                    ("summary", new string('&', 900)),
                    ("description", new string('&', 2000)),
                    ("runbook_url", "https://example.com/" + new string('a', 1500)),
                    ("dashboard_url", "https://example.com/" + new string('b', 700)),
                ])
            )
        );

    private static IReadOnlyList<string> Sections(params IReadOnlyList<(string, string)> annotations) =>
        [
            .. JsonDocument
                .Parse(Message(annotations))
                .RootElement.GetProperty("attachments")[0]
                .GetProperty("blocks")
                .EnumerateArray()
                .Where(static block => block.TryGetProperty("text", out _))
                .Select(static block => block.GetProperty("text").GetProperty("text").GetString()!),
        ];

    private static byte[] Message(IReadOnlyList<(string, string)> annotations) =>
        SlackMessage.Render(Some.Notification(Some.Alert(annotations: Some.Labels(annotations))));
}
