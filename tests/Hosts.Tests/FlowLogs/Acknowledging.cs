using FlowLogs.Hec;

namespace Hosts.Tests.FlowLogs;

public sealed class Acknowledging
{
    [Fact]
    public async Task Events_are_accepted_once_they_are_indexed()
    {
        await using var hec = await HecScene.StartAsync(s => s with { MostEvents = 2 }, HecServer.Acknowledging);
        hec.Server.Patience = 3;

        var delivery = await hec.SendAsync(HecScene.Events(5));

        Assert.All(delivery.Fates, fate => Assert.Equal(Fate.Accepted.One, fate));
        Assert.Equal(3, hec.Time.Waits.Count(w => w == hec.Settings.AckInterval));
        Assert.Equal(3 + 4, hec.Server.Requests);
        Assert.Empty(delivery.Notices);
    }

    [Fact]
    public async Task The_wait_for_an_acknowledgement_that_does_not_come_ends()
    {
        await using var hec = await HecScene.StartAsync(
            s => s with { AckWait = TimeSpan.FromSeconds(10), AckInterval = TimeSpan.FromSeconds(3) },
            HecServer.Acknowledging
        );
        hec.Server.NeverIndexes = true;

        var delivery = await hec.SendAsync(HecScene.Events(2));

        Assert.All(
            delivery.Fates,
            fate => Assert.Equal(new Fate.Undelivered("HEC did not acknowledge it within 10 s"), fate)
        );
        Assert.Equal(1 + 4, hec.Server.Requests);
    }

    /// <summary>HEC tells an acknowledgement once, and whether the answer arrived it does not know.</summary>
    [Fact]
    public async Task A_lost_acknowledgement_leaves_events_undelivered()
    {
        await using var hec = await HecScene.StartAsync(server: HecServer.Acknowledging);
        hec.Server.LostAcks = 1;

        var delivery = await hec.SendAsync(HecScene.Events(2));

        Assert.All(delivery.Fates, fate => Assert.IsType<Fate.Undelivered>(fate));
        Assert.Equal(2, hec.Server.Taken.Count);
    }

    [Fact]
    public async Task Without_acknowledgement_HECs_word_is_taken_and_that_is_told_once()
    {
        await using var hec = await HecScene.StartAsync(s => s with { Channel = Guid.NewGuid() });

        var first = await hec.SendAsync(HecScene.Events(2));
        var second = await hec.SendAsync(HecScene.Events(2));

        Assert.All([.. first.Fates, .. second.Fates], fate => Assert.Equal(Fate.Accepted.One, fate));
        Assert.Equal([new HecNotice.NoAcknowledgement()], first.Notices);
        Assert.Empty(second.Notices);
        Assert.Equal(2, hec.Server.Requests);
    }

    [Fact]
    public async Task Acknowledgement_that_is_switched_off_meanwhile_is_no_longer_asked_for()
    {
        await using var hec = await HecScene.StartAsync(server: HecServer.Acknowledging);
        hec.Server.HasLostAck = true;

        var delivery = await hec.SendAsync(HecScene.Events(2));

        Assert.All(delivery.Fates, fate => Assert.Equal(Fate.Accepted.One, fate));
        Assert.Equal([new HecNotice.NoAcknowledgement()], delivery.Notices);
        Assert.Equal(2, hec.Server.Requests);
    }

    [Fact]
    public async Task A_token_that_needs_a_channel_and_has_none_refuses_all()
    {
        await using var hec = await HecScene.StartAsync(s => s with { Channel = null }, HecServer.Acknowledging);

        var delivery = await hec.SendAsync(HecScene.Events(2));

        Assert.All(
            delivery.Fates,
            fate => Assert.Equal(new Fate.Refused(Refusal.Channel, "the token asks for a channel (HEC code 10)"), fate)
        );
    }

    [Fact]
    public async Task A_post_that_says_acknowledgement_is_off_is_sent_again_and_taken_at_HECs_word()
    {
        await using var hec = await HecScene.StartAsync(server: HecServer.Acknowledging);
        hec.Server.Script(new HecScript.Says(400, 14, Names: false));

        var delivery = await hec.SendAsync(HecScene.Events(2));

        Assert.All(delivery.Fates, fate => Assert.Equal(Fate.Accepted.One, fate));
        Assert.Equal([new HecNotice.NoAcknowledgement()], delivery.Notices);
        Assert.Equal(HecScene.Ids(0, 1), hec.Server.Taken);
    }

    [Fact]
    public async Task Time_that_is_up_before_an_acknowledgement_leaves_events_undelivered()
    {
        await using var hec = await HecScene.StartAsync(
            s => s with { AckWait = TimeSpan.FromDays(900) },
            HecServer.Acknowledging
        );
        hec.Server.NeverIndexes = true;
        using var deadline = new CancellationTokenSource();
        hec.Server.Seen = path =>
        {
            if (path.EndsWith("/ack", StringComparison.Ordinal))
            {
                deadline.Cancel();
            }
        };

        var delivery = await hec.SendAsync(HecScene.Events(2), deadline.Token);

        Assert.All(
            delivery.Fates,
            fate => Assert.Equal(new Fate.Undelivered("no acknowledgement before time was up"), fate)
        );
    }
}
