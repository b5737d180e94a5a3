using FlowLogs.Hec;

namespace Hosts.Tests.FlowLogs;

/// <summary>A HEC that asks for patience, or is lost on the way.</summary>
public sealed class BusyHec
{
    private static readonly Fate Accepted = Fate.Accepted.One;

    [Theory]
    [InlineData(503, 9)]
    [InlineData(500, 8)]
    [InlineData(429, 26)]
    [InlineData(503, 23)]
    [InlineData(503, 99)]
    public async Task A_busy_HEC_gets_only_the_rest_again(int status, int code)
    {
        await using var hec = await HecScene.StartAsync();
        hec.Server.Script(new HecScript.Says(status, code, Takes: 4), new HecScript.Says(status, code, Takes: 2));

        var delivery = await hec.SendAsync(HecScene.Events(10));

        Assert.All(delivery.Fates, fate => Assert.Equal(Accepted, fate));
        Assert.Equal(HecScene.Ids(Enumerable.Range(0, 10)), hec.Server.Taken);
        Assert.Equal([10, 6, 4], hec.Server.Posts.Select(p => p.Ids.Count));
    }

    [Fact]
    public async Task Waits_double_are_bounded_and_end_with_the_attempts()
    {
        await using var hec = await HecScene.StartAsync(s =>
            s with
            {
                Attempts = 6,
                FirstWait = TimeSpan.FromSeconds(1),
                LongestWait = TimeSpan.FromSeconds(6),
            }
        );
        hec.Server.Script(Enumerable.Repeat(new HecScript.Page(502), 6));

        var delivery = await hec.SendAsync(HecScene.Events(2));

        Assert.All(delivery.Fates, fate => Assert.Equal(new Fate.Undelivered("HTTP 502, 6 times"), fate));
        // Half of each, as chance has it here.
        Assert.Equal([0.5, 1, 2, 3, 3], hec.Time.Waits.Select(w => w.TotalSeconds));
        Assert.Equal(6, hec.Server.Requests);
    }

    [Fact]
    public async Task HEC_is_not_called_before_the_time_it_asks_for()
    {
        await using var hec = await HecScene.StartAsync();
        hec.Server.Script(new HecScript.Says(503, 9) { RetryAfter = TimeSpan.FromSeconds(7) });

        var delivery = await hec.SendAsync(HecScene.Events(1));

        Assert.Equal([Accepted], delivery.Fates);
        Assert.InRange(Assert.Single(hec.Time.Waits).TotalSeconds, 7, 8);
    }

    [Fact]
    public async Task Where_HEC_asks_for_too_long_the_events_are_left_for_later()
    {
        await using var hec = await HecScene.StartAsync();
        hec.Server.Script(new HecScript.Says(503, 9) { RetryAfter = TimeSpan.FromMinutes(10) });

        var delivery = await hec.SendAsync(HecScene.Events(1));

        Assert.Equal([new Fate.Undelivered("HEC is busy (HEC code 9); asks to wait 600 s")], delivery.Fates);
        Assert.Empty(hec.Time.Waits);
    }

    [Theory]
    [InlineData(24)]
    [InlineData(25)]
    [InlineData(98)]
    public async Task What_is_taken_with_a_warning_is_not_sent_again_and_less_is_sent_at_once(int code)
    {
        await using var hec = await HecScene.StartAsync(s => s with { MostEvents = 1 });
        hec.Server.Script(Enumerable.Repeat(new HecScript.TakesBut(code), 4));

        var delivery = await hec.SendAsync(HecScene.Events(12));

        Assert.True(delivery.SlowedDown);
        Assert.All(delivery.Fates, fate => Assert.Equal(Accepted, fate));
        Assert.Equal(HecScene.Ids(Enumerable.Range(0, 12)).Order(), hec.Server.Taken.Order());

        hec.Server.MostAtOnce = 0;
        Assert.False((await hec.SendAsync(HecScene.Events(8))).SlowedDown);
        Assert.Equal(1, hec.Server.MostAtOnce);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task After_a_reset_all_of_the_post_is_sent_again(bool takes)
    {
        await using var hec = await HecScene.StartAsync();
        hec.Server.Script(new HecScript.Reset(takes));

        var delivery = await hec.SendAsync(HecScene.Events(3));

        Assert.All(delivery.Fates, fate => Assert.Equal(Accepted, fate));
        Assert.Equal(takes ? 6 : 3, hec.Server.Taken.Count);
    }

    [Fact]
    public async Task A_silent_HEC_and_one_whose_answer_is_cut_may_get_events_twice()
    {
        await using var hec = await HecScene.StartAsync(s => s with { Timeout = TimeSpan.FromMilliseconds(300) });
        hec.Server.Script(new HecScript.Silent(Takes: true), new HecScript.Cut());

        var delivery = await hec.SendAsync(HecScene.Events(2));

        Assert.All(delivery.Fates, fate => Assert.Equal(Accepted, fate));
        Assert.Equal(HecScene.Ids(0, 1, 0, 1, 0, 1), hec.Server.Taken);
    }
}
