using AlertHub.Alerts;
using AlertHub.Grouping;
using AlertHub.Notifying;
using AlertHub.Tests.Support;

namespace AlertHub.Tests.Grouping;

/// <summary>What only says that something happened has no open state: it is told once, and its end is no news.</summary>
public sealed class MessagesToldOnce
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly GroupScene scene = new(GroupScene.Config());

    [Fact]
    public void A_message_is_told_and_nothing_is_said_when_its_time_is_over()
    {
        Say("m");
        scene.Pass(3 * Hour);

        Assert.Equal(["first notification: m"], scene.Tellings);
        Assert.Empty(scene.Groups);
    }

    [Fact]
    public void Another_message_is_told_without_the_one_before()
    {
        Say("m");
        scene.Pass(2 * Minute);
        Say("n");
        scene.Pass(3 * Hour);

        Assert.Equal(["first notification: m", "new alerts added: n"], scene.Tellings);
    }

    [Fact]
    public void A_message_that_comes_twice_is_told_once()
    {
        Say("m");
        scene.Pass(2 * Minute);
        Say("m");
        scene.Pass(Hour);

        Assert.Equal(["first notification: m"], scene.Tellings);
    }

    [Fact]
    public void What_is_wrong_in_the_same_group_is_repeated_and_ends_without_the_messages()
    {
        Say("m");
        scene.Fire("a");
        scene.Pass(2 * Minute);
        Say("n");
        scene.Pass(Hour + 10 * Minute);
        scene.Resolve("a");
        scene.Pass(Hour);

        Assert.Equal(
            [
                "first notification: a m",
                "new alerts added: a n",
                "repeat interval elapsed: a",
                "all alerts resolved: -a",
            ],
            scene.Tellings
        );
        Assert.Empty(scene.Groups);
    }

    [Fact]
    public void The_end_of_what_was_never_told_is_no_news_because_a_message_was()
    {
        Say("m");
        scene.Pass(Minute);
        scene.Silence("a");
        scene.Fire("a");
        scene.Pass(10 * Minute);
        scene.Unsilence("a");
        scene.Resolve("a");
        scene.Pass(Hour);

        Assert.Equal(["first notification: m"], scene.Tellings);
    }

    [Fact]
    public void A_message_whose_time_was_over_before_anybody_could_be_told_is_told()
    {
        Say("m");
        scene.Now += 10 * Minute;
        scene.FlushNow(scene.Only with { Due = scene.Now });

        Assert.Equal(["first notification: m"], scene.Tellings);
        Assert.All(scene.Notifications, each => Assert.Equal(AlertStatus.Firing, each.Status));
    }

    [Fact]
    public void A_silenced_message_is_told_to_nobody()
    {
        scene.Silence("m");
        Say("m");
        scene.Pass(Hour);

        Assert.Empty(scene.Tellings);
        Assert.Empty(scene.Groups);
    }

    [Fact]
    public void A_message_that_waits_to_be_delivered_is_in_what_takes_its_place()
    {
        Say("m");
        var waiting = FlushUndelivered(scene.Only);
        Say("n");
        waiting = FlushUndelivered(Joined(waiting, "n"), 10 * Minute);

        Assert.Equal(["m", "n"], waiting.Deliveries.Single().Alerts.Select(static alert => alert.Labels["name"]));
    }

    [Fact]
    public void A_message_that_was_given_up_is_not_told_again_once_its_time_is_over()
    {
        Say("m");
        var waiting = FlushUndelivered(scene.Only);
        var id = waiting.Deliveries.Single().Integration;
        var leased = waiting.Leased(id, scene.Now, Minute)!;
        var dead = leased.Settled(leased.Delivery(id)!, new NextStep.GiveUp("gone"), mayHaveArrived: false, scene.Now)!;
        scene.Now += 10 * Minute;
        var flush = Decide(dead with { Due = scene.Now });

        Assert.IsType<Decision.Keep>(flush.Integrations.Single().Decision);
        Assert.Empty(flush.Next!.Alerts);
        Assert.True(flush.Next.Deliveries.Single().IsDead);
    }

    [Fact]
    public void A_message_that_waits_to_be_told_goes_where_a_new_configuration_sends_it()
    {
        Say("m");
        var waiting = FlushUndelivered(scene.Only);
        var elsewhere = GroupRouting.Compile(
            GroupScene.Config(
                new()
                {
                    Receiver = "team",
                    GroupBy = ["name"],
                    GroupInterval = Minute,
                }
            )
        );
        scene.Now += 10 * Minute;
        var regrouping = Regrouping.Of(waiting, elsewhere, scene.Now);
        var moved = Assert.Single(regrouping.Moves).Apply(null, scene.Now)!;
        var flush = Flush.Decide(moved, moved.Due, moved.Due, elsewhere.RouteOf(moved.Id)!, scene.Muters)!;

        var tell = Assert.IsType<Decision.Tell>(flush.Integrations.Single().Decision);
        Assert.Equal("m", Assert.Single(tell.Alerts).Labels["name"]);
    }

    /// <summary>A message that the hub believes for five minutes.</summary>
    private void Say(string name) =>
        scene.Take(
            new()
            {
                Alert = new()
                {
                    Labels = GroupScene.Labels(name).With(Some.Labels((Label.Message, name))),
                    StartsAt = scene.Now,
                    EndsAt = scene.Now + 5 * Minute,
                },
                UpdatedAt = scene.Now,
                IsTimeout = true,
            }
        );

    private Group Joined(Group group, string name) =>
        Group.Join(
            group,
            group.Id,
            scene.Alerts.Values.Single(alert => alert.Labels["name"] == name),
            scene.Routing.RouteOf(group.Id)!.At(scene.Muters.Intervals, scene.Now).Route.Options,
            scene.Now
        )!;

    private Group FlushUndelivered(Group group, TimeSpan later = default)
    {
        scene.Now = (scene.Now > group.Due ? scene.Now : group.Due) + later;
        return Decide(group with { Due = scene.Now }).Next!;
    }

    private Flush Decide(Group group) =>
        Flush.Decide(group, group.Due, scene.Now, scene.Routing.RouteOf(group.Id)!, scene.Muters)!;
}
