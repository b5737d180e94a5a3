using System.Buffers.Binary;
using Hosts.Tests.Lambda;
using Hosts.Tests.Support;

namespace Hosts.Tests.Channels;

/// <summary>A picture in the thread of a bot's message, behind the text.</summary>
public sealed class FollowingPictures
{
    private static byte[] Alarm => SampleEvents.Read("sns/metric-alarm.json");

    [Fact]
    public async Task The_graph_of_an_alarm_follows_its_message_once()
    {
        await using var scene = await BotScene.StartAsync();

        await scene.AlarmAsync(Alarm);
        await scene.PassAsync(1);
        await scene.FireAsync("b");
        await scene.PassAsync(3700);

        var message = Assert.Single(scene.Workspace.Roots);
        var file = Assert.Single(scene.Workspace.Files.Shared);
        Assert.Equal((message.Channel, message.Ts), (file.Channel, file.Thread));
        Assert.Equal("Sum of HTTPCode_Target_5XX_Count", file.Title);
        Assert.Equal("PNG"u8, file.Bytes.AsSpan(1, 3));
        Assert.Equal(800u, BinaryPrimitives.ReadUInt32BigEndian(file.Bytes.AsSpan(16)));
    }

    [Fact]
    public async Task What_has_no_datapoints_has_no_picture()
    {
        await using var scene = await BotScene.StartAsync();

        await scene.FireAsync("a");
        await scene.PassAsync(1);

        Assert.Single(scene.Workspace.Roots);
        Assert.Equal(["chat.postMessage"], scene.Server.Posts.Select(static post => post.Method));
    }

    [Theory]
    [InlineData("missing_scope")]
    [InlineData("internal_error")]
    [InlineData("ratelimited")]
    public async Task A_picture_that_Slack_does_not_take_leaves_the_message_delivered(string error)
    {
        await using var scene = await BotScene.StartAsync();
        scene.Workspace.Files.Objection = error;

        await scene.AlarmAsync(Alarm);
        await scene.PassAsync(60);

        Assert.Single(scene.Workspace.Roots);
        Assert.Empty(scene.Workspace.Files.Shared);
        Assert.Empty((await scene.FindAsync())!.Deliveries);
        Assert.Equal(
            ["chat.postMessage", "files.getUploadURLExternal"],
            scene.Server.Posts.Select(static post => post.Method)
        );
    }

    [Fact]
    public async Task A_connection_that_breaks_under_the_picture_leaves_the_message_delivered()
    {
        await using var scene = await BotScene.StartAsync();
        scene.Server.Script(new SlackAnswer.Hold(Task.CompletedTask), new SlackAnswer.Reset());

        await scene.AlarmAsync(Alarm);
        await scene.PassAsync(60);

        Assert.Single(scene.Workspace.Roots);
        Assert.Empty((await scene.FindAsync())!.Deliveries);
    }
}
