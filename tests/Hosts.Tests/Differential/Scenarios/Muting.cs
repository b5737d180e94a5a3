namespace Hosts.Tests.Differential.Scenarios;

internal static class Muting
{
    private const string Intervals = """

        time_intervals:
        - {name: always, time_intervals: [{years: ['2020:2100']}]}
        - {name: never, time_intervals: [{years: ['2000:2001']}]}
        - {name: weekdays, time_intervals: [{weekdays: ['monday:friday']}, {weekdays: [saturday, sunday]}]}
        """;

    public static IEnumerable<Scenario> All =>
        [
            Scenario
                .Of(
                    "A_mute_interval_that_holds_keeps_silent",
                    "route: {routes: [{mute_time_intervals: [always]}]}" + Intervals
                )
                .Fires(0, "A")
                .Looks(1000)
                .Until(2500),
            Scenario
                .Of(
                    "Of_several_mute_intervals_one_is_enough",
                    "route: {routes: [{mute_time_intervals: [never, weekdays]}]}" + Intervals
                )
                .Fires(0, "A")
                .Until(2500),
            Scenario
                .Of(
                    "A_mute_interval_that_does_not_hold_is_nothing",
                    "route: {routes: [{mute_time_intervals: [never]}]}" + Intervals
                )
                .Fires(0, "A")
                .Sending(500, "A firing")
                .Until(1500),
            Scenario
                .Of(
                    "An_active_interval_that_holds_lets_through",
                    "route: {routes: [{active_time_intervals: [never, always]}]}" + Intervals
                )
                .Fires(0, "A")
                .Sending(500, "A firing")
                .Until(1500),
            Scenario
                .Of(
                    "Outside_its_active_intervals_a_route_is_silent",
                    "route: {routes: [{active_time_intervals: [never]}]}" + Intervals
                )
                .Fires(0, "A")
                .Until(2500),
            Scenario
                .Of(
                    "Mute_beats_active",
                    "route: {routes: [{active_time_intervals: [always], mute_time_intervals: [weekdays]}]}" + Intervals
                )
                .Fires(0, "A")
                .Until(2500),
            Scenario
                .Of(
                    "Intervals_are_not_inherited",
                    """
                    route:
                      routes:
                      - mute_time_intervals: [always]
                        receiver: muted
                        routes:
                        - {matchers: [i="1"]}
                    """ + Intervals
                )
                .Fires(0, "A i=1", "A i=2")
                .Sending(500, "muted", "A i=1 firing")
                .Until(1500),
        ];
}
