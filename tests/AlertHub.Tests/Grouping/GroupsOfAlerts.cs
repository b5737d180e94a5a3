using AlertHub.Configuration;
using AlertHub.Grouping;
using AlertHub.Muting;
using AlertHub.Tests.Support;

namespace AlertHub.Tests.Grouping;

public sealed class GroupsOfAlerts
{
    [Fact]
    public void An_alert_joins_a_group_for_every_route_it_reaches()
    {
        var routing = Compile(
            Route("ops", "team=\"ops\"") with
            {
                Continue = true,
            },
            Route("all") with
            {
                GroupBy = ["..."],
            }
        );

        var groups = routing.GroupsOf(Some.Labels(("alertname", "A"), ("team", "ops")));

        Assert.Equal(
            ["ops/{}/{team=\"ops\"}:{alertname=\"A\"}", "all/{}/{}:{alertname=\"A\", team=\"ops\"}"],
            groups.Select(group => group.Id.ToString())
        );
        Assert.All(groups, group => Assert.Contains(group.Route, routing.RouteOf(group.Id)!.Nodes));
    }

    [Fact]
    public void Routes_of_the_same_matchers_and_receiver_share_their_groups()
    {
        var routing = Compile(Route("ops", "team=\"ops\"") with { Continue = true }, Route("ops", "team=\"ops\""));

        var group = Assert.Single(routing.GroupsOf(Some.Labels(("team", "ops"))));
        Assert.Equal(2, routing.RouteOf(group.Id)!.Nodes.Count);
    }

    [Fact]
    public void Of_routes_that_share_groups_the_first_that_is_not_muted_has_the_word()
    {
        var config = Config(
            Route("ops", "team=\"ops\"") with
            {
                Continue = true,
                ActiveTimeIntervals = ["day"],
            },
            Route("ops", "team=\"ops\"") with
            {
                ActiveTimeIntervals = ["night"],
            }
        ) with
        {
            TimeIntervals =
            [
                new() { Name = "day", Intervals = [TimeIntervalText.Parse("times: 08:00-20:00")] },
                new() { Name = "night", Intervals = [TimeIntervalText.Parse("times: 22:00-24:00")] },
            ],
        };
        var routing = GroupRouting.Compile(config);
        var route = routing.RouteOf(routing.GroupsOf(Some.Labels(("team", "ops")))[0].Id)!;
        var intervals = NamedTimeIntervals.Of(config);
        var midnight = new DateTimeOffset(2026, 11, 20, 0, 0, 0, TimeSpan.Zero);

        Assert.Equal((route.Nodes[0], null), route.At(intervals, midnight.AddHours(12)));
        Assert.Equal((route.Nodes[1], null), route.At(intervals, midnight.AddHours(23)));
        Assert.Equal(["day"], Assert.IsType<TimeMute.Inactive>(route.At(intervals, midnight).Mute).Intervals);
    }

    [Fact]
    public void Integrations_are_counted_by_kind()
    {
        var receiver = new Receiver
        {
            Name = "r",
            Integrations = [new GroupScene.Told(), new Other(), new GroupScene.Told()],
        };
        var routing = GroupRouting.Compile(
            new AlertmanagerConfig
            {
                Route = new() { Receiver = "r" },
                Receivers = [receiver],
            }
        );
        var group = routing.GroupsOf(Some.Labels(("a", "b")))[0].Id;

        Assert.Equal(
            ["webhook[0]", "other[0]", "webhook[1]"],
            routing.RouteOf(group)!.Integrations.Select(i => i.Id.ToString())
        );
    }

    [Fact]
    public void After_a_reload_that_changes_nothing_nothing_is_told_twice()
    {
        var scene = Told("a", "b");
        var group = scene.Only;
        scene.Reload(GroupScene.Config());

        Assert.Equal(group, scene.Only);
        scene.Pass(TimeSpan.FromMinutes(5));
        Assert.Single(scene.Tellings);
    }

    [Fact]
    public void A_route_that_only_moves_in_the_file_keeps_its_groups()
    {
        var config = GroupScene.Config();
        var scene = new GroupScene(Below(config, config.Route with { Matchers = Some.Matchers("alertname=\"A\"") }));
        scene.Fire("a");
        scene.Pass(TimeSpan.FromMinutes(1));
        scene.Reload(
            Below(
                config,
                new() { Matchers = Some.Matchers("x=\"y\"") },
                config.Route with
                {
                    Matchers = Some.Matchers("alertname=\"A\""),
                }
            )
        );
        scene.Pass(TimeSpan.FromMinutes(5));

        Assert.Single(scene.Tellings);
    }

    [Fact]
    public void A_group_whose_route_is_gone_ends_and_its_alerts_are_told_by_their_new_route()
    {
        var scene = Told("a", "b");
        var config = GroupScene.Config();
        scene.Reload(Below(config, config.Route with { Matchers = Some.Matchers("name=\"b\"") }));
        scene.Pass(TimeSpan.FromMinutes(1));

        Assert.Equal(2, scene.Groups.Count);
        Assert.Equal(["first notification: a", "first notification: b"], scene.Tellings.Skip(1).Order());
    }

    [Fact]
    public void Shorter_intervals_hold_at_once()
    {
        var config = GroupScene.Config();
        var scene = new GroupScene(config with { Route = config.Route with { GroupInterval = TimeSpan.FromHours(9) } });
        scene.Fire("a");
        scene.Pass(TimeSpan.FromMinutes(1));
        scene.Reload(config);

        Assert.Equal(scene.Now.AddMinutes(1), scene.Only.Due);
    }

    private sealed record Other : Integration
    {
        public override string Kind => "other";
    }

    private static GroupScene Told(params string[] names)
    {
        var scene = new GroupScene(GroupScene.Config());
        scene.Fire(names);
        scene.Pass(TimeSpan.FromMinutes(1));
        return scene;
    }

    private static AlertmanagerConfig Below(AlertmanagerConfig config, params RouteConfig[] routes) =>
        config with
        {
            Route = new()
            {
                Receiver = "team",
                GroupInterval = TimeSpan.FromMinutes(1),
                RepeatInterval = TimeSpan.FromHours(1),
                Routes = routes,
            },
        };

    private static GroupRouting Compile(params RouteConfig[] routes) => GroupRouting.Compile(Config(routes));

    private static AlertmanagerConfig Config(params RouteConfig[] routes) =>
        new()
        {
            Route = new()
            {
                Receiver = "root",
                GroupBy = ["alertname"],
                Routes = routes,
            },
            Receivers = [new() { Name = "root" }, new() { Name = "ops" }, new() { Name = "all" }],
        };

    private static RouteConfig Route(string receiver, string matchers = "") =>
        new() { Receiver = receiver, Matchers = matchers.Length == 0 ? [] : Some.Matchers(matchers) };
}
