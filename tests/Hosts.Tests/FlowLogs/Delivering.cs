using FlowLogs.Hec;

namespace Hosts.Tests.FlowLogs;

/// <summary>Events and what becomes of them with a real HTTP server, by situation.</summary>
public sealed class Delivering
{
    private static readonly Fate Accepted = Fate.Accepted.One;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Events_arrive_once_and_in_batches(bool gzip)
    {
        await using var hec = await HecScene.StartAsync(s => s with { MostEvents = 30, Gzip = gzip });

        var delivery = await hec.SendAsync(HecScene.Events(100));

        Assert.All(delivery.Fates, fate => Assert.Equal(Accepted, fate));
        Assert.Equal(HecScene.Ids(Enumerable.Range(0, 100)).Order(), hec.Server.Taken.Order());
        Assert.Equal([10, 30, 30, 30], hec.Server.Posts.Select(p => p.Ids.Count).Order());
        Assert.Equal(4, delivery.Posts);
    }

    [Fact]
    public async Task Nothing_is_no_post()
    {
        await using var hec = await HecScene.StartAsync();

        Assert.Empty((await hec.SendAsync(HecScene.Events(0))).Fates);
        Assert.Equal(0, hec.Server.Requests);
    }

    [Fact]
    public async Task A_post_keeps_the_limit_of_bytes_and_a_larger_event_is_refused()
    {
        await using var hec = await HecScene.StartAsync(s => s with { MostBytes = 200 });
        var large = $$"""{"event":"{{new string('x', 300)}}"}""";

        var delivery = await hec.SendAsync(HecScene.Events(20, (0, large), (7, large), (19, large)));

        Assert.All(hec.Server.Posts, post => Assert.InRange(post.Bytes, 1, 200));
        Assert.Equal([0, 7, 19], Refused(delivery, Refusal.Event));
        Assert.Equal(17, hec.Server.Taken.Count);
    }

    [Fact]
    public async Task A_post_that_HEC_finds_too_large_is_halved_until_it_fits()
    {
        await using var hec = await HecScene.StartAsync(server: HecServer.Limited(200));
        var large = $$"""{"event":"{{new string('x', 300)}}"}""";

        var delivery = await hec.SendAsync(HecScene.Events(20, (7, large)));

        Assert.Equal([7], Refused(delivery, Refusal.Event));
        Assert.Equal(HecScene.Ids(Enumerable.Range(0, 20).Where(i => i != 7)), hec.Server.Taken);
    }

    [Theory]
    [InlineData("""{"event":""}""")]
    [InlineData("""{"fields":{}}""")]
    [InlineData("""{"event":null}""")]
    [InlineData("[]")]
    public async Task A_wrong_event_is_refused_and_those_around_it_arrive_once(string wrong)
    {
        await using var hec = await HecScene.StartAsync();

        var delivery = await hec.SendAsync(HecScene.Events(10, (0, wrong), (4, wrong), (5, wrong), (9, wrong)));

        Assert.Equal([0, 4, 5, 9], Refused(delivery, Refusal.Event));
        Assert.Equal(HecScene.Ids(1, 2, 3, 6, 7, 8), hec.Server.Taken);
    }

    [Fact]
    public async Task Wrong_fields_are_taken_off_the_event_that_has_them()
    {
        await using var hec = await HecScene.StartAsync();

        var delivery = await hec.SendAsync(
            HecScene.Events(6, (0, HecScene.BadFields(0)), (3, HecScene.BadFields(3)), (5, HecScene.BadFields(5)))
        );

        Assert.All(delivery.Fates, fate => Assert.Equal(Accepted, fate));
        Assert.Equal(HecScene.Ids(Enumerable.Range(0, 6)), hec.Server.Taken);
    }

    [Fact]
    public async Task An_event_whose_fields_are_off_and_still_wrong_is_refused()
    {
        await using var hec = await HecScene.StartAsync();
        hec.Server.Script(new HecScript.Says(400, 15), new HecScript.Says(400, 15));

        var delivery = await hec.SendAsync(HecScene.Events(3));

        Assert.Equal([0], Refused(delivery, Refusal.Event));
        Assert.Equal(HecScene.Ids(1, 2), hec.Server.Taken);
    }

    [Fact]
    public async Task Where_HEC_does_not_name_the_wrong_event_it_is_found_by_halving()
    {
        await using var hec = await HecScene.StartAsync();
        hec.Server.Script(
            new HecScript.Says(400, 6, Names: false),
            new HecScript.Usual(),
            new HecScript.Says(400, 6, Names: false),
            new HecScript.Says(400, 6, Names: false)
        );

        var delivery = await hec.SendAsync(HecScene.Events(4));

        Assert.Equal([2], Refused(delivery, Refusal.Event));
        Assert.Equal(HecScene.Ids(0, 1, 3), hec.Server.Taken);
    }

    [Fact]
    public async Task A_place_beyond_the_events_is_not_believed()
    {
        await using var hec = await HecScene.StartAsync();
        hec.Server.Script(new HecScript.Says(503, 9) { Takes = 3, Names = true });

        var delivery = await hec.SendAsync(HecScene.Events(3));

        Assert.All(delivery.Fates, fate => Assert.Equal(Accepted, fate));
        Assert.Equal(HecScene.Ids(0, 1, 2, 0, 1, 2), hec.Server.Taken);
    }

    [Fact]
    public async Task A_wrong_index_refuses_what_is_behind_it()
    {
        await using var hec = await HecScene.StartAsync();

        var delivery = await hec.SendAsync(HecScene.Events(5, (2, """{"event":"e2","index":"other"}""")));

        Assert.Equal([2, 3, 4], Refused(delivery, Refusal.Index));
        Assert.Equal(HecScene.Ids(0, 1), hec.Server.Taken);
        Assert.Single(hec.Server.Posts);
    }

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

    private static IEnumerable<int> Refused(HecDelivery delivery, Refusal kind) =>
        delivery.Fates.Index().Where(f => f.Item is Fate.Refused refused && refused.Kind == kind).Select(f => f.Index);
}
