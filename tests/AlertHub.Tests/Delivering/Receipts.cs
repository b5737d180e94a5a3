using AlertHub.Alerts;
using AlertHub.Grouping;
using AlertHub.Notifying;
using AlertHub.Tests.Support;

namespace AlertHub.Tests.Delivering;

/// <summary>What a channel gives for a message, it has again with the next of the group.</summary>
public sealed class Receipts
{
    private readonly HubScene scene = new(HubScene.Config(integrations: 1));

    [Fact]
    public void A_receipt_comes_back_with_each_next_message_until_the_group_is_gone()
    {
        scene.Fire("a");
        scene.Pass(60);
        scene.Fire("b");
        scene.Pass(60);
        scene.Resolve("a");
        scene.Resolve("b");
        scene.Pass(120);
        Assert.Empty(scene.State.Groups);
        scene.Fire("a");
        scene.Pass(60);

        Assert.Equal([null, "1", "2", null], Given());
        Assert.Equal([0, 1, 2, 0], Arrived.Select(static each => each.Former?.Firing.Count ?? 0));
        Assert.Equal(FingerprintSet.Of(GroupScene.Labels("a").Fingerprint), Arrived[1].Former!.Firing);
    }

    [Fact]
    public void The_receipt_of_a_message_that_was_superseded_while_it_was_under_way_is_kept()
    {
        scene.Channel.Answer = Answer.TakesAndHangs;
        scene.Fire("a");
        scene.Pass(31);
        scene.Fire("b");
        scene.Pass(60);
        scene.Channel.Answer = Answer.Takes;
        scene.Channel.Release(isHeard: true);
        scene.Pass(1);

        Assert.Equal([null, "1"], Given());
        Assert.Single(Arrived[1].Former!.Firing);
    }

    [Theory]
    [InlineData("crash")]
    [InlineData("reload")]
    [InlineData("down")]
    [InlineData("refused")]
    [InlineData("lost")]
    public void A_receipt_survives(string what)
    {
        scene.Fire("a");
        scene.Pass(60);
        switch (what)
        {
            case "crash":
                scene.Crash();
                break;
            case "reload":
                scene.Reload(HubScene.Config(integrations: 2));
                break;
            default:
                scene.Channel.Answer =
                    what == "down" ? Answer.IsDown
                    : what == "lost" ? Answer.LosesIt
                    : Answer.Refuses;
                scene.Fire("c");
                scene.Pass(60);
                scene.Channel.Answer = Answer.Takes;
                break;
        }

        scene.Fire("b");
        scene.Pass(180);

        Assert.Equal("1", Given()[1]);
    }

    [Fact]
    public void What_arrived_in_part_leaves_its_receipt_and_is_tried_until_all_of_it_did()
    {
        scene.Channel.Answer = Answer.TakesPart;
        scene.Fire("a");
        scene.Pass(50);
        var parts = scene.Channel.Sent;
        Assert.True(parts > Retry.MostAmbiguous);
        Assert.False(scene.Waiting!.IsDead);
        Assert.Equal((1, 0), (scene.Waiting.Ambiguous, scene.Only.Announcement(HubScene.First)!.Firing.Count));
        scene.Channel.Answer = Answer.Takes;
        scene.Pass(60);

        Assert.Equal(Enumerable.Range(0, parts + 1).Select(static n => n == 0 ? null : $"{n}"), Given());
        Assert.Empty(scene.Only.Deliveries);
    }

    [Fact]
    public void The_end_of_what_arrived_in_part_and_was_refused_then_is_told()
    {
        scene.Channel.Answer = Answer.TakesPart;
        scene.Fire("a");
        scene.Pass(31);
        scene.Channel.Answer = Answer.Refuses;
        scene.Pass(10);
        Assert.True(scene.Waiting!.IsDead);
        scene.Resolve("a");
        scene.Channel.Answer = Answer.Takes;
        scene.Pass(120);

        Assert.Empty(scene.Channel.Believed);
    }

    [Theory]
    [InlineData(DeliveryResult.LongestReceipt, true)]
    [InlineData(DeliveryResult.LongestReceipt + 1, false)]
    public void A_receipt_that_is_too_long_is_none(int length, bool isKept)
    {
        var group = new GroupScene(GroupScene.Config());
        group.Fire("a");
        group.Pass(TimeSpan.FromSeconds(10));
        var flush = Flush.Decide(
            group.Only,
            group.Only.Due,
            group.Only.Due,
            group.Routing.RouteOf(group.Only.Id)!,
            group.Muters
        )!;
        var leased = flush.Next!.Leased(HubScene.First, group.Only.Due, TimeSpan.FromMinutes(1))!;
        var receipt = new string('x', length);

        var settled = leased.Settled(
            leased.Delivery(HubScene.First)!,
            new NextStep.Done(),
            mayHaveArrived: false,
            group.Only.Due,
            receipt
        )!;

        Assert.Equal(isKept ? receipt : null, settled.Announcement(HubScene.First)!.Receipt);
    }

    private IReadOnlyList<Notification> Arrived => [.. scene.Channel.Arrived.Select(static each => each.Notification)];

    /// <summary>Of each message that arrived, the number of the one whose receipt it had.</summary>
    private IReadOnlyList<string?> Given() => [.. Arrived.Select(static each => each.Former?.Receipt?.Split(' ')[^1])];
}
