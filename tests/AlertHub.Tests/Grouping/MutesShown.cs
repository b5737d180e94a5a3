using AlertHub.Configuration;
using AlertHub.Grouping;
using AlertHub.Matching;
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

        Assert.Equal(["c (a b by mia)"], scene.Shown);
        // What was not said to fire the last time is news again, as to Alertmanager.
        Assert.Equal(["first notification: a b c", "new alerts added: c d", "new alerts added: b c d"], scene.Tellings);
        Assert.Equal(["", " (a b by mia)", " (a by mia)"], scene.Notifications.Select(each => scene.Mutes(each)));
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
    public void An_inhibition_by_an_alert_of_another_group_is_shown()
    {
        scene.Fire("a");
        scene.Pass(2 * Minute);
        scene.Post(new() { Labels = Some.Labels(("alertname", "B"), ("name", "above-a")) });
        scene.Pass(2 * Minute);
        scene.Post(new() { Labels = Some.Labels(("alertname", "B"), ("name", "above-a")), EndsAt = scene.Now });
        scene.Pass(2 * Minute);

        Assert.Equal(["a (a by others)", "a"], scene.Shown);
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
    public void What_could_not_be_shown_is_tried_anew_by_each_flush_and_leaves_no_dead_letter()
    {
        scene.Showing = new NextStep.GiveUp("it is down");
        scene.Fire("a");
        scene.Pass(2 * Minute);
        scene.Silence("a");
        scene.Pass(3 * Minute);
        Assert.Empty(scene.Only.Deliveries);
        Assert.Equal("1", scene.Only.Announcement(Webhook)!.Receipt);
        scene.Showing = new NextStep.Done();
        scene.Pass(10 * Minute);

        Assert.Equal(["a (a by mia)", "a (a by mia)", "a (a by mia)", "a (a by mia)"], scene.Shown);
    }

    [Fact]
    public void What_waits_to_be_shown_gives_way_to_news_and_counts_for_nothing()
    {
        FireSilenceAndWait();
        var waiting = scene.Only.Delivery(Webhook)!;
        var shown = scene.Only.Leased(Webhook, scene.Now, 5 * Minute)!;
        scene.Fire("b");
        var group = Joined(shown, "b");

        var told = Decide(group).Next!;
        var news = told.Delivery(Webhook)!;
        Assert.Equal((NotificationReason.NewAlertsAdded, 0, 0), (news.Reason, news.Attempts, news.Ambiguous));
        Assert.True(news.Since > waiting.Since);
        // One after the other.
        Assert.Equal(shown.Delivery(Webhook)!.Lease, news.Lease);
        Assert.Null(told.Leased(Webhook, news.Due, Minute));

        // Whoever shows it may never be heard of again, and says nothing of what was not sent.
        Assert.Equal(0, told.Leased(Webhook, news.Due + 5 * Minute, Minute)!.Delivery(Webhook)!.Ambiguous);
        foreach (var step in (NextStep[])[new NextStep.Done(), new NextStep.GiveUp("no")])
        {
            var settled = told.Settled(shown.Delivery(Webhook)!, step, mayHaveArrived: true, news.Due, "2")!;
            var free = settled.Delivery(Webhook)!;
            Assert.Equal(news with { Lease = null }, free);
            var known = settled.Announcement(Webhook)!;
            Assert.Equal(told.Announcement(Webhook)!.Firing, known.Firing);
            Assert.Equal(step is NextStep.Done ? ("2", 1) : ("1", 0), (known.Receipt, known.Muted.Count));
        }
    }

    [Fact]
    public void What_waits_to_be_shown_is_replaced_by_what_is_so_and_keeps_its_place_in_line()
    {
        FireSilenceAndWait();
        var waiting = scene.Only.Delivery(Webhook)!;
        scene.Pass(Minute);
        Assert.Equal(waiting, scene.Only.Delivery(Webhook));

        scene.Who = "bob";
        scene.Silence("a");
        scene.Pass(Minute);
        var next = scene.Only.Delivery(Webhook)!;
        Assert.Equal((waiting.Since, waiting.Due), (next.Since, next.Due));
        Assert.Equal("bob", next.Announcement.Muted.Single().SilencedBy);

        scene.Unsilence("a");
        scene.Pass(Minute);
        Assert.Empty(scene.Only.Deliveries);
    }

    [Fact]
    public void What_is_being_shown_is_waited_for_also_when_it_is_not_so_any_more()
    {
        FireSilenceAndWait();
        var shown = scene.Only.Leased(Webhook, scene.Now, 5 * Minute)!;
        scene.Unsilence("a");
        var flushed = Decide(shown).Next!;
        Assert.Equal(shown.Delivery(Webhook), flushed.Delivery(Webhook));

        // It arrived, which the next flush corrects.
        var settled = flushed.Settled(shown.Delivery(Webhook)!, new NextStep.Done(), false, scene.Now, "1")!;
        Assert.Empty(Decide(settled).Next!.Delivery(Webhook)!.Announcement.Muted);
    }

    [Fact]
    public void What_waits_to_be_shown_makes_nobody_believe_what_ended_long_ago()
    {
        scene.Fire("a", "b");
        scene.Pass(2 * Minute);
        scene.Resolve("b");
        scene.Pass(2 * Minute);
        scene.Silence("a", "b");
        scene.Showing = null;
        scene.Pass(2 * Minute);
        scene.Fire("b");
        scene.Pass(2 * Minute);
        scene.Resolve("b");
        scene.Pass(2 * Minute);

        Assert.Equal(["first notification: a b", "some alerts resolved: a -b"], scene.Tellings);
        Assert.All(scene.Shown, static shown => Assert.Equal("a (a by mia)", shown));
    }

    [Fact]
    public void Whoever_does_not_hear_of_ends_is_shown_what_is_silenced_after_one()
    {
        var quiet = new GroupScene(GroupScene.Config(sendResolved: false)) { Receipt = "1" };
        quiet.Fire("a", "b");
        quiet.Pass(2 * Minute);
        quiet.Silence("b");
        quiet.Resolve("a");
        quiet.Pass(5 * Minute);

        Assert.Equal(["first notification: a b"], quiet.Tellings);
        Assert.Equal(["b (b by mia)"], quiet.Shown);
    }

    [Fact]
    public void At_night_nothing_is_shown_and_in_the_morning_what_is_so_then()
    {
        var night = TimeIntervalText.Parse("times: 03:05-03:10");
        var dark = new GroupScene(
            GroupScene.Config(
                new()
                {
                    Receiver = "team",
                    Routes =
                    [
                        new RouteConfig
                        {
                            GroupBy = ["alertname"],
                            GroupInterval = Minute,
                            MuteTimeIntervals = ["night"],
                        },
                    ],
                },
                timeIntervals: new NamedTimeInterval { Name = "night", Intervals = [night] }
            )
        )
        {
            Receipt = "1",
        };
        dark.Fire("a");
        dark.PassTo(GroupScene.Start.AddMinutes(5));
        dark.Silence("a");
        dark.PassTo(GroupScene.Start.AddMinutes(9));
        Assert.Empty(dark.Shown);
        dark.PassTo(GroupScene.Start.AddMinutes(20));

        Assert.Equal(["a (a by mia)"], dark.Shown);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void After_a_reload_that_takes_alerts_away_it_is_decided_anew(bool isShown)
    {
        FireSilenceAndWait();
        if (isShown)
        {
            scene.Showing = new NextStep.Done();
            scene.Pass(Minute);
        }

        Assert.Equal(isShown ? 1 : 0, scene.Only.Announcement(Webhook)!.Muted.Count);
        scene.Reload(
            GroupScene.Config(
                new()
                {
                    Receiver = "team",
                    GroupBy = ["alertname"],
                    GroupInterval = Minute,
                    Routes =
                    [
                        new RouteConfig
                        {
                            Matchers = [Some.Matcher("name", MatchOperator.Equal, "a")],
                            GroupBy = ["name"],
                        },
                    ],
                }
            )
        );

        Assert.DoesNotContain(scene.Groups, static group => group.Delivery(Webhook) is { IsShown: true });
        Assert.All(scene.Groups, static group => Assert.Empty(group.Announcement(Webhook)?.Muted ?? []));
    }

    [Fact]
    public void Silences_that_say_the_same_are_one_and_more_than_three_are_counted()
    {
        string[] names = [.. "abcdefgh".Select(static c => $"{c}")];
        scene.Fire(names);
        scene.Pass(2 * Minute);
        foreach (var name in names[2..7])
        {
            scene.Who = name;
            scene.Silence(name);
        }

        scene.Who = "mia";
        scene.Silence("b", "h");
        scene.Fire("above-a");
        scene.Pass(2 * Minute);

        var muted = scene.Only.Announcement(Webhook)!.Muted;
        Assert.Equal(["mia", "c", "d", "", ""], muted.Select(static each => each.SilencedBy));
        Assert.Equal([2, 1, 1, 3, 1], muted.Select(static each => each.Alerts.Count));
        Assert.Equal([true, true, true, true, false], muted.Select(static each => each.Until is not null));
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

        Assert.Null(next.Integrations.Single().Shows);
        Assert.True(next.Next!.Delivery(Webhook)!.IsDead);
    }

    [Fact]
    public void Long_words_are_cut()
    {
        scene.Fire("a");
        scene.Pass(2 * Minute);
        (scene.Comment, scene.Who) = (new('x', 5000), new('y', 5000));
        scene.Silence("a");
        scene.Pass(2 * Minute);

        var muted = Assert.Single(scene.Only.Announcement(Webhook)!.Muted);
        Assert.Equal((200, 80), (muted.Comment.Length, muted.SilencedBy.Length));
    }

    private void FireSilenceAndWait()
    {
        scene.Showing = null;
        scene.Fire("a", "c");
        scene.Pass(2 * Minute);
        scene.Silence("a");
        scene.Pass(2 * Minute);
        Assert.True(scene.Only.Delivery(Webhook)!.IsShown);
    }

    private Group Joined(Group group, string name) =>
        Group.Join(group, group.Id, scene.Alert(name), scene.Routing.RouteOf(group.Id)!.Nodes[0].Options, scene.Now)!;

    private Flush Decide(Group group) =>
        Flush.Decide(group, group.Due, group.Due, scene.Routing.RouteOf(group.Id)!, scene.Muters)!;
}
