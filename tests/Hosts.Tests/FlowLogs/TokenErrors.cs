using FlowLogs.Hec;

namespace Hosts.Tests.FlowLogs;

public sealed class TokenErrors
{
    [Fact]
    public async Task A_wrong_token_stops_all_calls_and_is_told_once()
    {
        await using var hec = await HecScene.StartAsync(s => s with { MostEvents = 1, InFlight = 1 });
        var stranger = hec.Another("another");

        var first = await stranger.SendAsync(HecScene.Events(3), CancellationToken.None);
        var second = await hec.SendAsync(HecScene.Events(2));

        Assert.Equal([new HecNotice.Opened("the token is not valid (HEC code 4)")], first.Notices);
        Assert.Empty(second.Notices);
        Assert.All([.. first.Fates, .. second.Fates], fate => Assert.Equal(Refusal.Token, ((Fate.Refused)fate).Kind));
        Assert.Equal(1, hec.Server.Requests);
        Assert.Equal(
            new Fate.Refused(Refusal.Token, "not sent, since the token is not valid (HEC code 4)"),
            second.Fates[0]
        );
    }

    [Fact]
    public async Task After_the_cool_down_a_token_that_works_again_is_used_again()
    {
        await using var hec = await HecScene.StartAsync();
        hec.Server.IsDisabled = true;
        await hec.SendAsync(HecScene.Events(1));
        hec.Server.IsDisabled = false;
        await hec.SendAsync(HecScene.Events(1));
        Assert.Empty(hec.Server.Taken);

        hec.Time.Advance(TimeSpan.FromMinutes(5));
        var delivery = await hec.SendAsync(HecScene.Events(2));

        Assert.All(delivery.Fates, fate => Assert.Equal(Fate.Accepted.One, fate));
    }

    [Fact]
    public async Task Several_posts_that_meet_it_at_once_tell_it_once()
    {
        await using var hec = await HecScene.StartAsync(s => s with { MostEvents = 1 });
        hec.Server.IsDisabled = true;

        var delivery = await hec.SendAsync(HecScene.Events(8));

        Assert.Equal([new HecNotice.Opened("the token is disabled (HEC code 1)")], delivery.Notices);
        Assert.InRange(hec.Server.Requests, 1, 4);
    }

    [Fact]
    public async Task A_page_that_repeats_the_token_is_not_repeated()
    {
        await using var hec = await HecScene.StartAsync();
        hec.Server.Script(new HecScript.Page(403));

        var delivery = await hec.SendAsync(HecScene.Events(1));

        Assert.Equal(Refusal.Setting, ((Fate.Refused)delivery.Fates[0]).Kind);
    }
}
