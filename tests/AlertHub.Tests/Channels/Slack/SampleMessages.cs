using System.Text;
using AlertHub.Channels.Slack;
using AlertHub.Tests.Support;

namespace AlertHub.Tests.Channels.Slack;

public sealed class SampleMessages
{
    public static TheoryData<string> All => Samples.All;

    /// <summary>The body as it is posted; an array of them where the event tells of several.</summary>
    [Theory]
    [MemberData(nameof(All))]
    public void Every_sample_event_becomes_the_approved_message(string sample)
    {
        byte[][] messages = [.. Some.NotificationsOf(Samples.Bytes(sample)).Select(SlackMessage.Render)];

        Assert.All(messages, message => Assert.Equal([], SlackRules.BrokenBy(message)));
        var bodies = string.Join(",", messages.Select(Encoding.UTF8.GetString));
        Approved.MatchesJson(
            $"slack/{Path.ChangeExtension(sample, ".json")}",
            Encoding.UTF8.GetBytes(messages.Length == 1 ? bodies : $"[{bodies}]")
        );
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Every_sample_event_has_a_message_without_blocks(string sample) =>
        Assert.All(
            Some.NotificationsOf(Samples.Bytes(sample)).Select(SlackMessage.RenderPlain),
            message => Assert.Equal([], SlackRules.BrokenBy(message))
        );

    [Fact]
    public void Every_approved_file_has_its_sample_event() =>
        Assert.Equal(
            [],
            Approved.Under("slack").Except(Samples.Names.Select(name => $"slack/{Path.ChangeExtension(name, ".json")}"))
        );
}
