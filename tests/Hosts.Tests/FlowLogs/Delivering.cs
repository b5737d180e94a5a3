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

    private static IEnumerable<int> Refused(HecDelivery delivery, Refusal kind) =>
        delivery.Fates.Index().Where(f => f.Item is Fate.Refused refused && refused.Kind == kind).Select(f => f.Index);
}
