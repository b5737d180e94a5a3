using AlertHub.Alerts;
using AlertHub.Grouping;
using AlertHub.Notifying;
using AlertHub.Tests.Support;

namespace AlertHub.Tests.Grouping;

public sealed class Flushes
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private readonly GroupScene scene = new(GroupScene.Config());

    [Fact]
    public void What_changes_is_told_at_the_next_interval_and_not_before()
    {
        Told("a");
        scene.Fire("b");
        scene.Pass(Minute - TimeSpan.FromTicks(1));
        Assert.Equal(["first notification: a"], scene.Tellings);

        scene.Pass(TimeSpan.FromTicks(1));
        scene.Resolve("a");
        scene.Pass(Minute);
        scene.Resolve("b");
        scene.Pass(Minute);

        Assert.Equal(
            ["first notification: a", "new alerts added: a b", "some alerts resolved: -a b", "all alerts resolved: -b"],
            scene.Tellings
        );
        Assert.Empty(scene.Groups);
    }

    [Fact]
    public void What_fires_again_after_everybody_was_told_of_its_end_is_a_new_group_that_waits()
    {
        Told("a");
        scene.Resolve("a");
        scene.Pass(Minute);
        scene.Fire("a");
        Assert.False(scene.Only.HasFlushed);

        scene.Pass(Minute);
        Assert.Equal("first notification: a", scene.Tellings[^1]);
    }

    [Fact]
    public void The_same_is_repeated_exactly_when_its_time_has_come()
    {
        Told("a");
        var first = scene.Now;
        scene.Pass(TimeSpan.FromHours(3));

        Assert.Equal(
            [first, first.AddHours(1), first.AddHours(2), first.AddHours(3)],
            scene.Notifications.Select(n => n.Now)
        );
        Assert.All(scene.Tellings.Skip(1), told => Assert.Equal("repeat interval elapsed: a", told));
    }

    [Fact]
    public void A_flush_that_is_a_little_late_delays_neither_the_next_one_nor_the_repetition()
    {
        Told("a");
        var first = scene.Now;
        for (var i = 1; i <= 61; i++)
        {
            scene.Now = first.AddMinutes(i).AddSeconds(i % 50);
            Assert.NotNull(scene.FlushNow(scene.Only));
            Assert.Equal(first.AddMinutes(i + 1), scene.Only.Due);
        }

        Assert.Equal(2, scene.Tellings.Count);
        Assert.Equal(first.AddHours(1).AddSeconds(10), scene.Notifications[^1].Now);
    }

    [Fact]
    public void A_flush_that_is_very_late_is_not_made_up_for()
    {
        Told("a");
        var first = scene.Now;
        scene.Fire("b");
        scene.Now = first.AddMinutes(150).AddSeconds(1);
        var flush = scene.FlushNow(scene.Only)!;

        Assert.Equal((first.AddMinutes(150), first.AddMinutes(151)), (flush.Tick, scene.Only.Due));
        Assert.Null(scene.FlushNow(scene.Only));
        Assert.Equal("new alerts added: a b", scene.Tellings[^1]);
    }

    [Fact]
    public void At_exactly_one_interval_late_the_flush_that_was_missed_is_the_one_that_is_done()
    {
        Told("a");
        var first = scene.Now;
        scene.Now = first.AddMinutes(2);
        scene.FlushNow(scene.Only);

        Assert.Equal(first.AddMinutes(3), scene.Only.Due);
    }

    [Fact]
    public void A_flush_that_was_done_finds_nothing_to_do()
    {
        scene.Fire("a");
        var stored = scene.Only;
        scene.Pass(TimeSpan.FromSeconds(30));
        var again = Flush.Decide(scene.Only, stored.Due, scene.Now, scene.Routing.RouteOf(stored.Id)!, scene.Muters);

        Assert.Null(again);
        Assert.Single(scene.Tellings);
    }

    [Fact]
    public void What_is_not_due_is_not_flushed()
    {
        scene.Fire("a");

        Assert.Null(scene.FlushNow(scene.Only));
    }

    [Fact]
    public void Deciding_twice_about_the_same_group_decides_the_same()
    {
        scene.Fire("a", "b");
        var group = scene.Only;
        var route = scene.Routing.RouteOf(group.Id)!;
        var first = Flush.Decide(group, group.Due, group.Due, route, scene.Muters)!;
        var second = Flush.Decide(group, group.Due, group.Due, route, scene.Muters)!;

        Assert.Equal(first.Next, second.Next);
        Assert.Equal(group.Version + 1, first.Next!.Version);
    }

    [Fact]
    public void An_alert_whose_end_passes_is_told_to_have_ended_then()
    {
        scene.Post(new() { Labels = GroupScene.Labels("a"), EndsAt = scene.Now.AddMinutes(5) });
        scene.Pass(TimeSpan.FromMinutes(20));

        Assert.Equal(["first notification: a", "all alerts resolved: -a"], scene.Tellings);
        Assert.Equal(GroupScene.Start.AddMinutes(5), scene.Notifications[^1].Alerts[0].EndsAt);
        Assert.Null(scene.Notifications[0].Alerts[0].EndsAt);
    }

    [Fact]
    public void Who_does_not_want_to_hear_of_ends_hears_what_Alertmanager_would_tell()
    {
        var quiet = new GroupScene(GroupScene.Config(sendResolved: false));
        quiet.Fire("a", "b");
        quiet.Pass(Minute);
        quiet.Resolve("a");
        quiet.Pass(Minute);
        Assert.Equal(Silent.ResolvedUnwanted, quiet.Kept[^1]);

        quiet.Resolve("b");
        quiet.Pass(Minute);
        Assert.Equal(Silent.ResolvedUnwanted, quiet.Kept[^1]);

        quiet.Fire("a");
        quiet.Pass(Minute);
        Assert.Equal(["first notification: a b", "first notification: a"], quiet.Tellings);
    }

    [Fact]
    public void Every_integration_is_told_by_what_it_knows()
    {
        var config = GroupScene.Config();
        var two = config with
        {
            Receivers =
            [
                new()
                {
                    Name = "team",
                    Integrations =
                    [
                        new GroupScene.Told { SendResolved = true },
                        new GroupScene.Told { SendResolved = false },
                    ],
                },
            ],
        };
        var both = new GroupScene(config);
        both.Fire("a");
        both.Pass(Minute);
        both.Reload(two);
        both.Pass(Minute);
        both.Resolve("a");
        both.Pass(Minute);

        Assert.Equal(["first notification: a", "first notification: a", "all alerts resolved: -a"], both.Tellings);
    }

    [Fact]
    public void A_telling_says_whom_it_is_for_and_of_what()
    {
        Told("a");
        var notification = scene.Notifications.Single();

        Assert.Equal(("team", "{}:{alertname=\"A\"}"), (notification.Receiver, notification.GroupKey));
        Assert.Equal(NotificationReason.FirstNotification, notification.Reason);
        Assert.Equal(Some.Labels(("alertname", "A")), notification.GroupLabels);
        Assert.Equal(AlertStatus.Firing, notification.Status);
    }

    private void Told(params string[] names)
    {
        scene.Fire(names);
        scene.Pass(TimeSpan.FromSeconds(30));
    }
}
