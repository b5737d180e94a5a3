using AlertHub.Grouping;
using AlertHub.Notifying;
using AlertHub.Tests.Support;

namespace AlertHub.Tests.Grouping;

/// <summary>A message that can be changed shows who silenced what it says, and nobody is told.</summary>
public sealed class MutesShown
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly IntegrationId Webhook = new("webhook", 0);

    private readonly GroupScene scene = new(GroupScene.Config(rules: [GroupScene.Inhibits("a")])) { Receipt = "1" };

    [Fact]
    public void A_silence_is_shown_and_so_is_its_end_and_nobody_is_told()
    {
        scene.Fire("a");
        scene.Pass(2 * Minute);
        scene.Silence("a");
        scene.Pass(10 * Minute);
        scene.Unsilence("a");
        scene.Pass(10 * Minute);

        Assert.Equal(["first notification: a"], scene.Tellings);
        Assert.Equal(["a (a by mia)", "a"], scene.Shown);
        Assert.Empty(scene.Only.Deliveries);
    }

    [Fact]
    public void Where_some_are_silenced_the_others_are_said_to_fire()
    {
        scene.Fire("a", "b", "c");
        scene.Pass(2 * Minute);
        scene.Silence("a", "b");
        scene.Pass(2 * Minute);
        scene.Fire("d");
        scene.Pass(2 * Minute);
        scene.Unsilence("b");
        scene.Pass(2 * Minute);

        Assert.Equal(["c (a by mia) (b by mia)"], scene.Shown);
        // What was not said to fire the last time is news again, as to Alertmanager.
        Assert.Equal(["first notification: a b c", "new alerts added: c d", "new alerts added: b c d"], scene.Tellings);
        Assert.Equal(
            ["", " (a by mia) (b by mia)", " (a by mia)"],
            scene.Notifications.Select(each => scene.Mutes(each))
        );
    }

    [Fact]
    public void An_inhibition_is_shown_without_a_name()
    {
        scene.Fire("a");
        scene.Pass(2 * Minute);
        scene.Fire("above-a");
        scene.Pass(2 * Minute);
        scene.Resolve("above-a");
        scene.Pass(2 * Minute);

        Assert.Equal(["", " (a by others)", ""], scene.Notifications.Select(each => scene.Mutes(each)));
        Assert.Empty(scene.Shown);
    }

    [Fact]
    public void Another_silence_in_the_place_of_one_is_shown()
    {
        scene.Fire("a");
        scene.Pass(2 * Minute);
        scene.Silence("a");
        scene.Pass(2 * Minute);
        scene.Silence("a");
        scene.Pass(2 * Minute);

        Assert.Equal(["a (a by mia)", "a (a by mia)"], scene.Shown);
    }

    [Fact]
    public void What_was_silenced_before_anybody_was_told_is_not_shown()
    {
        scene.Silence("b");
        scene.Fire("a", "b");
        scene.Pass(5 * Minute);

        Assert.Equal(["first notification: a"], scene.Tellings);
        Assert.Empty(scene.Shown);
    }

    [Fact]
    public void Where_nothing_can_be_changed_nothing_is_shown()
    {
        scene.Receipt = null;
        scene.Fire("a");
        scene.Pass(2 * Minute);
        scene.Silence("a");
        scene.Pass(5 * Minute);

        Assert.Empty(scene.Shown);
        Assert.Equal(Silent.AllMuted, scene.Kept[^1]);
    }

    [Fact]
    public void The_end_of_what_is_silenced_is_told_and_nothing_shown_after_it()
    {
        scene.Fire("a");
        scene.Pass(2 * Minute);
        scene.Silence("a");
        scene.Pass(2 * Minute);
        scene.Resolve("a");
        scene.Pass(2 * Minute);

        Assert.Equal(["first notification: a", "all alerts resolved: -a"], scene.Tellings);
        Assert.Equal(["a (a by mia)"], scene.Shown);
        Assert.Empty(scene.Groups);
    }

    [Fact]
    public void What_is_shown_does_not_put_off_the_next_repetition()
    {
        scene.Fire("a", "b");
        scene.Pass(30 * Minute);
        scene.Silence("a");
        scene.Pass(30 * Minute + TimeSpan.FromSeconds(45));

        Assert.Equal(["first notification: a b", "repeat interval elapsed: b"], scene.Tellings);
    }

    [Fact]
    public void What_cannot_be_shown_is_given_up_without_a_dead_letter_and_not_tried_again()
    {
        scene.Showing = new NextStep.GiveUp("the message is gone");
        scene.Fire("a");
        scene.Pass(2 * Minute);
        scene.Silence("a");
        scene.Pass(10 * Minute);

        Assert.Single(scene.Shown);
        Assert.Empty(scene.Only.Deliveries);
        Assert.Equal("1", scene.Only.Announcement(Webhook)!.Receipt);
    }

    [Fact]
    public void What_waits_to_be_shown_gives_way_to_news_and_counts_for_nothing()
    {
        scene.Showing = new NextStep.Again(TimeSpan.FromHours(1), "it is down");
        scene.Fire("a");
        scene.Pass(2 * Minute);
        scene.Silence("a");
        scene.Pass(2 * Minute);
        var waiting = scene.Only.Delivery(Webhook)!;
        Assert.Equal((true, 1, "it is down"), (waiting.IsShown, waiting.Attempts, waiting.Objection));

        scene.Fire("b");
        var flush = Decide(scene.Only);

        var news = flush.Next!.Delivery(Webhook)!;
        Assert.Equal((NotificationReason.NewAlertsAdded, 0, 0), (news.Reason, news.Attempts, news.Ambiguous));
        // It was asked to be left alone, and nobody has waited for news so far.
        Assert.Equal((waiting.Due, flush.Now), (news.Due, news.Since));
    }

    [Fact]
    public void What_waits_to_be_shown_is_shown_as_it_stands_then()
    {
        scene.Showing = new NextStep.Again(TimeSpan.Zero, "it is down");
        scene.Fire("a");
        scene.Pass(2 * Minute);
        scene.Silence("a");
        scene.Pass(2 * Minute);
        scene.Showing = new NextStep.Done();
        scene.Unsilence("a");
        scene.Pass(5 * Minute);

        Assert.Equal("a", scene.Shown[^1]);
        Assert.Empty(scene.Only.Deliveries);
        Assert.Empty(scene.Only.Announcement(Webhook)!.Muted);
    }

    [Fact]
    public void A_dead_letter_keeps_its_place()
    {
        scene.Fire("a");
        scene.Pass(2 * Minute);
        scene.Fire("b");
        var flush = Decide(scene.Only);
        var leased = flush.Next!.Leased(Webhook, flush.Now, Minute)!;
        var dead = leased.Settled(leased.Delivery(Webhook)!, new NextStep.GiveUp("no"), false, flush.Now)!;
        scene.Silence("a", "b");

        var next = Decide(dead);

        Assert.IsType<Decision.Keep>(next.Integrations.Single().Decision);
        Assert.True(next.Next!.Delivery(Webhook)!.IsDead);
    }

    [Fact]
    public void A_long_comment_is_cut()
    {
        scene.Fire("a");
        scene.Pass(2 * Minute);
        scene.Comment = new('x', 5000);
        scene.Silence("a");
        scene.Pass(2 * Minute);

        var muted = Assert.Single(scene.Only.Announcement(Webhook)!.Muted);
        Assert.Equal(MutedAlerts.LongestComment, muted.Comment.Length);
    }

    private Flush Decide(Group group) =>
        Flush.Decide(group, group.Due, group.Due, scene.Routing.RouteOf(group.Id)!, scene.Muters)!;
}
