using AlertHub.Channels.Slack;
using AlertHub.Local.Storage;
using Hosts.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hosts.Tests.Channels;

/// <summary>A bot's message from the first alert of a group to the end of the last, in a workspace.</summary>
public sealed class LivingMessages
{
    private const string Yellow = "#ecb22e";
    private const string Grey = "#868e96";
    private const string Red = "#e01e5a";
    private const string Green = "#2eb67d";

    [Fact]
    public async Task One_message_shows_how_it_stands_and_its_thread_says_what_changed()
    {
        await using var scene = await BotScene.StartAsync();

        await scene.FireAsync("a");
        await scene.PassAsync(1);
        var message = Assert.Single(scene.Workspace.Messages);
        Assert.Equal((Yellow, "C0OPS"), (message.Colour, message.Channel));

        await scene.FireAsync("b");
        await scene.PassAsync(60);
        await scene.FireAsync("c", "critical");
        await scene.PassAsync(60);
        Assert.Equal(Red, message.Colour);
        await scene.ResolveAsync("a");
        await scene.PassAsync(60);
        await scene.PassAsync(3600);
        await scene.ResolveAsync("b");
        await scene.ResolveAsync("c", "critical");
        await scene.PassAsync(60);

        Assert.Equal(message, Assert.Single(scene.Workspace.Roots));
        Assert.Equal((Green, 5), (message.Colour, message.Changes));
        Assert.Contains("RESOLVED (2): Something", message.Text, StringComparison.Ordinal);
        var thread = scene.Workspace.Thread(message);
        Assert.Equal(
            [
                "*1 new*: `instance=b`\n2 firing now",
                "*Severity is now* `critical`\n*1 new*: `instance=c` `severity=critical`\n3 firing now",
                "*1 resolved*: `instance=a` `severity=warning`\n2 firing now",
                "*Still firing* after 1 h 3 min: `instance=b` `severity=warning`, `instance=c` `severity=critical`",
                "*All 2 resolved* after 1 h 3 min",
            ],
            thread.Select(static reply => reply.Text)
        );
        Assert.Equal([false, true, false, true, false], thread.Select(static reply => reply.IsBroadcast));
        Assert.Null(await scene.FindAsync());
    }

    [Fact]
    public async Task A_silence_and_its_end_are_shown_and_nobody_is_told()
    {
        await using var scene = await BotScene.StartAsync();
        await scene.FireAsync("a");
        await scene.FireAsync("b");
        await scene.PassAsync(1);
        var message = Assert.Single(scene.Workspace.Messages);

        var (a, b) = (await scene.SilenceAsync("a"), await scene.SilenceAsync("b"));
        await scene.PassAsync(60);
        Assert.Equal(Grey, message.Colour);
        Assert.StartsWith("SILENCED (2): Something", message.Text, StringComparison.Ordinal);
        Assert.Contains("*Silenced* by `mia` until <!date^", message.All, StringComparison.Ordinal);

        await scene.UnsilenceAsync(a);
        await scene.PassAsync(60);
        Assert.Equal(Yellow, message.Colour);
        Assert.StartsWith("FIRING: Something", message.Text, StringComparison.Ordinal);
        Assert.Contains("*1 silenced* by `mia` until <!date^", message.All, StringComparison.Ordinal);

        await scene.UnsilenceAsync(b);
        await scene.PassAsync(60);
        Assert.StartsWith("FIRING (2): Something", message.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("silenced", message.All, StringComparison.Ordinal);
        Assert.Equal(message, Assert.Single(scene.Workspace.Messages));
        Assert.Equal(3, message.Changes);
    }

    [Theory]
    [InlineData("edit_window_closed")]
    [InlineData("cant_update_message")]
    public async Task A_silence_that_cannot_be_shown_is_no_reason_for_a_new_message(string objection)
    {
        await using var scene = await BotScene.StartAsync();
        await scene.FireAsync("a");
        await scene.PassAsync(1);
        scene.Workspace.Roots[0].Objection = objection;
        await scene.SilenceAsync("a");
        await scene.PassAsync(300);

        Assert.Single(scene.Workspace.Messages);
        Assert.Equal(2, scene.Server.Posts.Count);
        Assert.Empty((await scene.FindAsync())!.Deliveries);
    }

    [Fact]
    public async Task What_only_happened_stays_as_it_was_said_whatever_the_group_does()
    {
        await using var scene = await BotScene.StartAsync();
        await scene.SayAsync("first");
        await scene.PassAsync(1);
        await scene.FireAsync("a");
        await scene.PassAsync(60);
        await scene.SayAsync("second");
        await scene.PassAsync(60);
        await scene.ResolveAsync("a");
        await scene.PassAsync(600);

        var roots = scene.Workspace.Roots;
        Assert.Equal([0, 2], roots.Select(static root => root.Changes));
        Assert.Contains("first", roots[0].Text, StringComparison.Ordinal);
        Assert.Equal(Green, roots[1].Colour);
        Assert.Collection(
            scene.Workspace.Thread(roots[1]),
            static said => Assert.Contains(">second", said.Text, StringComparison.Ordinal),
            static end => Assert.StartsWith("*Resolved*", end.Text, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task What_happened_beside_a_change_is_said_to_everybody_in_the_thread()
    {
        await using var scene = await BotScene.StartAsync();
        await scene.FireAsync("a");
        await scene.PassAsync(1);
        await scene.FireAsync("b");
        await scene.SayAsync("a deployment began");
        await scene.PassAsync(60);

        var reply = Assert.Single(scene.Workspace.Thread(Assert.Single(scene.Workspace.Roots)));
        Assert.True(reply.IsBroadcast);
        Assert.Contains(">a deployment began", reply.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_the_group_is_gone_the_next_fire_is_a_new_message()
    {
        await using var scene = await BotScene.StartAsync();
        await scene.FireAsync("a");
        await scene.PassAsync(1);
        await scene.ResolveAsync("a");
        await scene.PassAsync(60);
        await scene.FireAsync("a");
        await scene.PassAsync(60);

        Assert.Equal(2, scene.Workspace.Roots.Count);
        Assert.Equal([Green, Yellow], scene.Workspace.Roots.Select(static root => root.Colour));
    }

    [Theory]
    [InlineData("deleted")]
    [InlineData("edit_window_closed")]
    [InlineData("cant_update_message")]
    [InlineData("block_mismatch")]
    [InlineData("locked")]
    public async Task What_cannot_be_changed_any_more_is_told_in_a_new_message_that_lives_on(string fate)
    {
        await using var scene = await BotScene.StartAsync();
        await scene.FireAsync("a");
        await scene.PassAsync(1);
        var old = scene.Workspace.Roots[0];
        (old.IsDeleted, old.IsLocked) = (fate == "deleted", fate == "locked");
        old.Objection = fate is "deleted" or "locked" ? null : fate;

        await scene.FireAsync("b");
        await scene.PassAsync(60);
        var message = scene.Workspace.Roots[^1];
        Assert.NotEqual(old, message);
        await scene.ResolveAsync("a");
        await scene.PassAsync(60);

        Assert.Equal(message, scene.Workspace.Roots[^1]);
        Assert.Equal(1, message.Changes);
        Assert.Single(scene.Workspace.Thread(message));
    }

    [Fact]
    public async Task A_reply_that_failed_is_tried_again_and_the_change_before_it_is_not()
    {
        await using var scene = await BotScene.StartAsync();
        await scene.FireAsync("a");
        await scene.PassAsync(1);
        await scene.FireAsync("b");
        await scene.PassAsync(58);
        scene.Skip(TimeSpan.FromSeconds(1));
        using (scene.Server.Down(SlackAnswer.Error("service_unavailable")))
        {
            await scene.WorkAsync();
        }

        Assert.Equal(0, scene.Workspace.Roots[0].Changes);
        scene.Server.Script(
            new SlackAnswer.Lost(),
            SlackAnswer.Error("internal_error"),
            SlackAnswer.RateLimited(TimeSpan.FromSeconds(3))
        );
        await scene.PassAsync(120);

        var message = Assert.Single(scene.Workspace.Roots);
        Assert.Single(scene.Workspace.Thread(message));
        Assert.InRange(message.Changes, 1, 2);
        Assert.Empty((await scene.FindAsync())!.Deliveries);
    }

    [Fact]
    public async Task A_channel_that_is_archived_is_waited_for_and_the_message_goes_on()
    {
        await using var scene = await BotScene.StartAsync();
        await scene.FireAsync("a");
        await scene.PassAsync(1);
        scene.Workspace.Channel("ops").Objection = "is_archived";
        await scene.FireAsync("b");
        await scene.PassAsync(90);
        var waiting = (await scene.FindAsync())!.Delivery(BotScene.Slack)!;
        Assert.False(waiting.IsDead);
        Assert.Contains("unarchive", waiting.Objection, StringComparison.Ordinal);

        scene.Workspace.Channel("ops").Objection = null;
        await scene.PassAsync(90);
        Assert.Single(scene.Workspace.Thread(Assert.Single(scene.Workspace.Roots)));
    }

    [Fact]
    public async Task Two_hubs_on_one_storage_post_once()
    {
        await using var scene = await BotScene.StartAsync(hubs: 4);
        for (var round = 0; round < 10; round++)
        {
            await scene.FireAsync($"{round}");
            await scene.PassAsync(60);
        }

        Assert.Equal(9, scene.Workspace.Thread(Assert.Single(scene.Workspace.Roots)).Count);
        Assert.Equal(9, scene.Workspace.Roots[0].Changes);
        Assert.Equal(19, scene.Server.Posts.Count);
    }

    [Fact]
    public async Task A_message_outlives_the_process_that_wrote_it()
    {
        using var folder = new TemporaryFolder();
        SqliteStore? opened = null;
        await using var scene = await BotScene.StartAsync(open: rules =>
            opened = SqliteStore
                .OpenAsync(
                    folder.Path,
                    rules,
                    TimeProvider.System,
                    NullLogger<SqliteStore>.Instance,
                    default,
                    StoreProgram.Settings
                )
                .GetAwaiter()
                .GetResult()
        );
        await scene.FireAsync("a");
        await scene.PassAsync(1);
        var receipt = (await scene.FindAsync())!.Announcement(BotScene.Slack)!.Receipt;
        Assert.Equal(scene.Workspace.Roots[0].Ts, SlackReceipt.Parse(receipt)!.Ts);
        await opened!.DisposeAsync();

        await using var again = await SqliteStore.OpenAsync(
            folder.Path,
            scene.Hubs[0].Settings.Rules,
            TimeProvider.System,
            NullLogger<SqliteStore>.Instance,
            default,
            StoreProgram.Settings
        );
        var group = Assert.Single((await again.ReadAsync(default)).Groups.Values);
        Assert.Equal(receipt, group.Announcement(BotScene.Slack)!.Receipt);
    }

    [Theory]
    [InlineData("channel: '#other'", 2)]
    [InlineData("", 1)]
    public async Task After_a_reload_the_message_goes_on_unless_it_is_to_stand_elsewhere(string options, int messages)
    {
        await using var scene = await BotScene.StartAsync();
        await scene.FireAsync("a");
        await scene.PassAsync(1);
        await scene.RestartAsync(options);
        await scene.FireAsync("b");
        await scene.PassAsync(60);

        Assert.Equal(messages, scene.Workspace.Roots.Count);
    }

    [Theory]
    [InlineData("update_message: false", 3, 0)]
    [InlineData("title: x", 3, 0)]
    public async Task Where_messages_do_not_live_each_is_new(string options, int roots, int replies)
    {
        await using var scene = await BotScene.StartAsync(options: options);
        await scene.FireAsync("a");
        await scene.PassAsync(1);
        await scene.FireAsync("b");
        await scene.PassAsync(60);
        await scene.ResolveAsync("a");
        await scene.ResolveAsync("b");
        await scene.PassAsync(60);

        Assert.Equal(roots, scene.Workspace.Roots.Count);
        Assert.Equal(replies, scene.Workspace.Messages.Count - roots);
    }

    [Fact]
    public async Task Ten_thousand_alerts_are_one_message_that_Slack_takes()
    {
        await using var scene = await BotScene.StartAsync();
        for (var i = 0; i < 10_000; i++)
        {
            await scene.FireAsync($"{i} \ud83d \u202e <!channel> \0 {new string('&', 200)}");
        }

        await scene.PassAsync(61);

        Assert.All(scene.Server.Posts, static post => Assert.True(post.Taken));
        Assert.DoesNotContain("<!channel>", scene.Workspace.Roots[0].All, StringComparison.Ordinal);
    }
}
