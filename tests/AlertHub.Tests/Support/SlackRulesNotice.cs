using System.Text;

namespace AlertHub.Tests.Support;

/// <summary>The rules the messages are held against notice what Slack would refuse.</summary>
public sealed class SlackRulesNotice
{
    public static TheoryData<string, string> Bad { get; } =
        new()
        {
            { """{"text":""}""", "the text of 0 characters" },
            { """{"text":"<!here>"}""", "a mark of its own" },
            { """{"text":"a & b"}""", "a bare ampersand" },
            { """{"text":"<https://example.com|a|b>"}""", "a mark of its own" },
            { Section($"\"{new string('x', 3001)}\""), "a section of 3001 characters" },
            { Section("\"<@U1>\""), "a mark of its own" },
            { Section("\" \""), "without anything to see" },
            {
                $$"""{"text":"a","blocks":[{{string.Join(",", Enumerable.Repeat(Block("\"x\""), 51))}}]}""",
                "51 blocks"
            },
            {
                $$"""{"text":"a","blocks":[{{string.Join(",", Enumerable.Repeat(Block($"\"{new string('x', 2500)}\""), 4))}}]}""",
                "10000 characters in all blocks"
            },
        };

    [Theory]
    [MemberData(nameof(Bad))]
    public void What_Slack_would_refuse(string message, string sentence) =>
        Assert.Contains(
            SlackRules.BrokenBy(
                Encoding.UTF8.GetBytes(message[..^1] + ""","unfurl_links":false,"unfurl_media":false}""")
            ),
            broken => broken.Contains(sentence, StringComparison.Ordinal)
        );

    private static string Section(string text) => $$"""{"text":"a","blocks":[{{Block(text)}}]}""";

    private static string Block(string text) =>
        $$$"""{"type":"section","text":{"type":"mrkdwn","verbatim":true,"text":{{{text}}}}}""";
}
