using AlertHub.Grouping;
using AlertHub.Tests.Support;

namespace AlertHub.Tests.Grouping;

public sealed class Joining
{
    private static readonly TimeSpan GroupWait = TimeSpan.FromSeconds(30);
    private readonly GroupScene scene = new(GroupScene.Config());

    [Fact]
    public void A_new_group_waits()
    {
        scene.Fire("a");

        Assert.Equal(scene.Now + GroupWait, scene.Only.Due);
        Assert.False(scene.Only.HasFlushed);
    }

    [Fact]
    public void A_group_does_not_wait_again_for_what_joins_it()
    {
        scene.Fire("a");
        scene.Pass(TimeSpan.FromSeconds(20));
        scene.Fire("b");
        scene.Pass(TimeSpan.FromSeconds(10));

        Assert.Equal(["first notification: a b"], scene.Tellings);
    }

    [Fact]
    public void An_alert_that_was_held_up_elsewhere_is_told_at_once()
    {
        scene.Post(new() { Labels = GroupScene.Labels("a"), StartsAt = scene.Now - GroupWait - TimeSpan.FromTicks(1) });

        Assert.Equal(scene.Now, scene.Only.Due);
    }

    [Fact]
    public void An_alert_that_fired_for_exactly_as_long_as_the_group_would_wait_waits()
    {
        scene.Post(new() { Labels = GroupScene.Labels("a"), StartsAt = scene.Now - GroupWait });

        Assert.Equal(scene.Now + GroupWait, scene.Only.Due);
    }

    [Fact]
    public void A_group_that_waits_is_hurried_by_an_alert_that_was_held_up()
    {
        scene.Fire("a");
        scene.Pass(TimeSpan.FromSeconds(3));
        scene.Post(new() { Labels = GroupScene.Labels("b"), StartsAt = GroupScene.Start.AddDays(-1) });

        Assert.Equal(scene.Now, scene.Only.Due);
    }

    [Fact]
    public void After_its_first_flush_nothing_hurries_a_group()
    {
        scene.Fire("a");
        scene.Pass(GroupWait);
        scene.Post(new() { Labels = GroupScene.Labels("b"), StartsAt = GroupScene.Start.AddDays(-1) });

        Assert.Equal(scene.Now.AddMinutes(1), scene.Only.Due);
    }

    [Fact]
    public void What_has_ended_makes_no_group()
    {
        scene.Resolve("a");

        Assert.Empty(scene.Groups);
    }

    [Fact]
    public void What_has_ended_before_the_group_waited_is_told_to_nobody()
    {
        scene.Fire("a");
        scene.Pass(TimeSpan.FromSeconds(1));
        scene.Resolve("a");
        scene.Pass(TimeSpan.FromHours(2));

        Assert.Empty(scene.Tellings);
        Assert.Empty(scene.Groups);
        Assert.Equal([Silent.NothingAnnounced], scene.Kept);
    }

    [Fact]
    public void An_older_version_or_the_same_again_changes_nothing()
    {
        scene.Fire("a");
        var group = scene.Only;
        var route = scene.Routing.Tree.Root.Options;
        var alert = scene.Alert("a");

        Assert.Same(group, Group.Join(group, group.Id, alert, route, scene.Now.AddMinutes(1)));
        Assert.Same(
            group,
            Group.Join(group, group.Id, alert with { UpdatedAt = alert.UpdatedAt.AddTicks(-1) }, route, scene.Now)
        );
        Assert.Equal(
            group.Version + 1,
            Group.Join(group, group.Id, alert with { UpdatedAt = scene.Now.AddTicks(1) }, route, scene.Now)!.Version
        );
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_ends_of_time_are_no_trouble(bool last)
    {
        scene.Post(
            new()
            {
                Labels = GroupScene.Labels("a"),
                StartsAt = last ? DateTimeOffset.MaxValue : DateTimeOffset.MinValue,
                EndsAt = DateTimeOffset.MaxValue,
            }
        );
        scene.Pass(TimeSpan.FromHours(1));

        Assert.NotEmpty(scene.Tellings);
    }
}
