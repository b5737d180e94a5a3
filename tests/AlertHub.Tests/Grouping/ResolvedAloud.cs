using System.Globalization;
using AlertHub.Configuration;
using AlertHub.Grouping;
using AlertHub.Tests.Support;

namespace AlertHub.Tests.Grouping;

/// <summary>
/// What was announced is resolved aloud, and what fires again is told again, whatever muted it meanwhile. Alertmanager
/// forgets it (prometheus/alertmanager issue 226).
/// </summary>
public sealed class ResolvedAloud
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public void What_ends_under_a_silence_is_told_to_have_ended()
    {
        var scene = Told("a");
        scene.Silence("a");
        scene.Pass(Minute);
        scene.Resolve("a");
        scene.Pass(Minute);

        Assert.Equal("all alerts resolved: -a", scene.Tellings[^1]);
        Assert.Empty(scene.Groups);
    }

    [Fact]
    public void What_ends_under_an_inhibition_is_told_to_have_ended()
    {
        var scene = new GroupScene(GroupScene.Config(rules: [GroupScene.Inhibits("a")]));
        scene.Fire("a", "b");
        scene.Pass(Minute);
        scene.Fire("above-a");
        scene.Pass(Minute);
        scene.Resolve("a");
        scene.Pass(Minute);

        Assert.Equal(
            ["first notification: a b", "new alerts added: above-a b", "some alerts resolved: -a above-a b"],
            scene.Tellings
        );
    }

    [Fact]
    public void What_was_never_announced_ends_in_silence()
    {
        var scene = new GroupScene(GroupScene.Config());
        scene.Silence("a");
        scene.Fire("a");
        scene.Pass(Minute);
        scene.Resolve("a");
        scene.Pass(Minute);

        Assert.Empty(scene.Tellings);
        Assert.Empty(scene.Groups);
    }

    [Fact]
    public void What_was_left_out_when_all_the_others_ended_is_still_owed_its_end()
    {
        var scene = Told("a", "b");
        scene.Silence("b");
        scene.Pass(Minute);
        scene.Resolve("a");
        scene.Pass(Minute);
        Assert.Equal("all alerts resolved: -a", scene.Tellings[^1]);

        scene.Resolve("b");
        scene.Pass(Minute);
        Assert.Equal("all alerts resolved: -b", scene.Tellings[^1]);
        Assert.Empty(scene.Groups);
    }

    [Fact]
    public void What_was_left_out_when_all_the_others_ended_is_told_again_after_its_silence()
    {
        var scene = Told("a", "b");
        scene.Silence("b");
        scene.Resolve("a");
        scene.Pass(Minute);
        scene.Unsilence("b");
        scene.Pass(Minute);

        Assert.Equal("first notification: b", scene.Tellings[^1]);
    }

    [Fact]
    public void What_ends_just_after_its_silence_is_told_to_have_ended()
    {
        var scene = Told("a", "b");
        scene.Silence("b");
        scene.Resolve("a");
        scene.Pass(Minute);
        scene.Unsilence("b");
        scene.Resolve("b");
        scene.Pass(Minute);

        Assert.Equal("all alerts resolved: -b", scene.Tellings[^1]);
    }

    [Fact]
    public void Its_end_is_told_once()
    {
        var scene = Told("a", "b");
        scene.Silence("a");
        scene.Resolve("a");
        scene.Pass(Minute);
        scene.Resolve("a");
        scene.Pass(TimeSpan.FromMinutes(30));

        Assert.Equal(["first notification: a b", "some alerts resolved: -a b"], scene.Tellings);
    }

    [Fact]
    public void What_fires_again_after_it_ended_under_a_silence_is_told_when_the_silence_is_over()
    {
        var scene = Told("a");
        scene.Silence("a");
        scene.Resolve("a");
        scene.Pass(Minute);
        scene.Fire("a");
        scene.Pass(Minute);
        scene.Unsilence("a");
        scene.Pass(Minute);

        Assert.Equal(["first notification: a", "all alerts resolved: -a", "first notification: a"], scene.Tellings);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("a", "b")]
    public void It_is_told_again_also_to_whoever_does_not_want_to_hear_of_ends(params string[] names)
    {
        var scene = new GroupScene(GroupScene.Config(sendResolved: false));
        scene.Fire(names);
        scene.Pass(Minute);
        scene.Silence("a");
        scene.Resolve("a");
        scene.Pass(Minute);
        Assert.Equal(Silent.ResolvedUnwanted, scene.Kept[^1]);

        scene.Fire("a");
        scene.Pass(Minute);
        scene.Unsilence("a");
        scene.Pass(Minute);
        Assert.Equal(2, scene.Tellings.Count);
        Assert.EndsWith(string.Join(' ', names), scene.Tellings[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_silence_over_something_that_goes_on_firing_ends_as_with_Alertmanager()
    {
        var scene = Told("a");
        scene.Silence("a");
        scene.Pass(Minute);
        scene.Unsilence("a");
        scene.Pass(TimeSpan.FromMinutes(50));
        Assert.Single(scene.Tellings);

        scene.Pass(TimeSpan.FromMinutes(10));
        Assert.Equal("repeat interval elapsed: a", scene.Tellings[^1]);
    }

    [Fact]
    public void What_ends_while_nobody_may_be_told_is_told_at_the_first_flush_after()
    {
        var scene = AtNight(route => route with { MuteTimeIntervals = ["night"] });
        scene.Fire("a", "b");
        scene.PassTo(At("03:09"));
        scene.Resolve("a");
        scene.PassTo(At("03:11"));
        scene.Resolve("b");
        scene.Fire("c");
        scene.PassTo(At("03:15"));
        scene.Resolve("c");
        scene.PassTo(At("03:20"));
        Assert.Equal(["first notification: a b", "some alerts resolved: -a b"], scene.Tellings);
        Assert.Equal(Silent.TimeMuted, scene.Kept[^1]);

        // c came and went unheard.
        Assert.Equal(["b"], scene.Only.Alerts.Values.Select(alert => alert.Labels["name"]));
        scene.PassTo(At("03:21"));
        Assert.Equal("all alerts resolved: -b", scene.Tellings[^1]);
        Assert.Empty(scene.Groups);
    }

    [Fact]
    public void Outside_of_active_intervals_it_is_the_same()
    {
        var scene = AtNight(route => route with { ActiveTimeIntervals = ["day"] });
        scene.Fire("a");
        scene.PassTo(At("03:09"));
        scene.Resolve("a");
        scene.Silence("a");
        scene.PassTo(At("03:09"));
        scene.PassTo(At("03:10"));
        Assert.Equal(["first notification: a", "all alerts resolved: -a"], scene.Tellings);

        scene.Fire("b");
        scene.PassTo(At("03:30"));
        Assert.Equal("first notification: b", scene.Tellings[^1]);
        Assert.Equal(At("03:20").AddSeconds(30), scene.Notifications[^1].Now);
    }

    private static GroupScene Told(params string[] names)
    {
        var scene = new GroupScene(GroupScene.Config());
        scene.Fire(names);
        scene.Pass(Minute);
        return scene;
    }

    private static GroupScene AtNight(Func<RouteConfig, RouteConfig> change)
    {
        var config = GroupScene.Config();
        return new(
            config with
            {
                Route = new() { Receiver = "team", Routes = [change(config.Route)] },
                TimeIntervals =
                [
                    new() { Name = "night", Intervals = [TimeIntervalText.Parse("times: 03:10-03:20")] },
                    new()
                    {
                        Name = "day",
                        Intervals =
                        [
                            TimeIntervalText.Parse("times: 00:00-03:10"),
                            TimeIntervalText.Parse("times: 03:20-24:00"),
                        ],
                    },
                ],
            }
        );
    }

    private static DateTimeOffset At(string time) =>
        new(GroupScene.Start.UtcDateTime.Date + TimeSpan.Parse(time, CultureInfo.InvariantCulture), TimeSpan.Zero);
}
