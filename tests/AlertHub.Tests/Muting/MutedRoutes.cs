using AlertHub.Configuration;
using AlertHub.Muting;
using AlertHub.Routing;
using AlertHub.Tests.Support;

namespace AlertHub.Tests.Muting;

public sealed class MutedRoutes
{
    private static readonly DateTimeOffset FridayNoon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset FridayNight = FridayNoon.AddHours(11);
    private static readonly DateTimeOffset SaturdayNoon = FridayNoon.AddDays(1);

    private static readonly NamedTimeIntervals Intervals = NamedTimeIntervals.Of(
        new()
        {
            Route = new(),
            Receivers = [],
            TimeIntervals =
            [
                Named("weekend", "weekdays: saturday sunday"),
                Named("office", "times: 09:00-17:00; weekdays: monday:friday"),
                Named("nothing"),
            ],
            MuteTimeIntervals = [Named("night", "times: 22:00-24:00", "times: 00:00-06:00")],
        }
    );

    [Fact]
    public void A_route_without_intervals_is_never_muted() => Assert.Null(Mute(new(), SaturdayNoon));

    [Fact]
    public void In_one_of_its_mute_intervals_it_is_muted_by_those_that_hold()
    {
        var route = new RouteConfig { MuteTimeIntervals = ["weekend", "night"] };

        Assert.Null(Mute(route, FridayNoon));
        Assert.Equal(["night"], Assert.IsType<TimeMute.Muted>(Mute(route, FridayNight)).Intervals);
        Assert.Equal(["weekend"], Assert.IsType<TimeMute.Muted>(Mute(route, SaturdayNoon)).Intervals);
        Assert.Equal(["weekend", "night"], Mute(route, SaturdayNoon.AddHours(-8))!.Intervals);
    }

    [Fact]
    public void Outside_of_all_its_active_intervals_it_is_inactive()
    {
        var route = new RouteConfig { ActiveTimeIntervals = ["office", "weekend"] };

        Assert.Null(Mute(route, FridayNoon));
        Assert.Null(Mute(route, SaturdayNoon));
        Assert.Equal(["office", "weekend"], Assert.IsType<TimeMute.Inactive>(Mute(route, FridayNight)).Intervals);
    }

    [Fact]
    public void Active_intervals_are_asked_first()
    {
        var route = new RouteConfig { ActiveTimeIntervals = ["office"], MuteTimeIntervals = ["night"] };

        Assert.IsType<TimeMute.Inactive>(Mute(route, FridayNight));
    }

    [Fact]
    public void A_name_without_times_holds_no_moment() =>
        Assert.NotNull(Mute(new() { ActiveTimeIntervals = ["nothing"] }, FridayNoon));

    private static TimeMute? Mute(RouteConfig route, DateTimeOffset now) =>
        Intervals.Mutes(RoutingTree.Compile(route).Root.Options, now);

    private static NamedTimeInterval Named(string name, params string[] intervals) =>
        new() { Name = name, Intervals = [.. intervals.Select(TimeIntervalText.Parse)] };
}
