using AlertHub.Configuration;

namespace AlertHub.Tests.Configuration;

/// <summary>What <c>&lt;&lt;</c> merges in and what stands beside it, as yaml.v2 puts them together (seen with amtool).</summary>
public sealed class Merges
{
    [Theory]
    [InlineData("matchers: [severity=critical]", "matchers: [team=x]", "severity=\"critical\" team=\"x\"")]
    [InlineData("match: {severity: critical}", "match: {team: x}", "severity=\"critical\" team=\"x\"")]
    [InlineData("match_re: {severity: critical}", "match_re: {team: x}", "severity=~\"critical\" team=~\"x\"")]
    [InlineData("matchers: [severity=critical]", "matchers: ~", "")]
    [InlineData("match: {severity: critical}", "match: ~", "")]
    public void Conditions_of_a_route_add_to_those_that_are_merged_in(string merged, string own, string all)
    {
        var config = AlertmanagerConfig.Load(
            $$"""
            route: {receiver: a, routes: [&m { {{merged}} }, {<<: *m, {{own}} }]}
            receivers: [{name: a}]
            """,
            "a.yml",
            out _
        );

        var route = config!.Route.Routes[1];
        Assert.Equal(all, string.Join(' ', [.. route.Match, .. route.MatchRe, .. route.Matchers]));
    }

    [Theory]
    [InlineData("&m {match: {severity: critical}}", "{<<: *m, match: {severity: warning}}", "match")]
    [InlineData("&m {match_re: {severity: critical}}", "{<<: *m, match_re: {severity: warning}}", "match_re")]
    [InlineData("{match: &m {severity: critical}}", "{match: {<<: *m, severity: warning}}", "match")]
    [InlineData("{match: &m {severity: critical}}", "{match: {severity: warning, <<: *m}}", "match")]
    public void A_name_that_a_map_has_from_a_merge_already_is_refused(string first, string second, string key)
    {
        AlertmanagerConfig.Load(
            $$"""
            route: {receiver: a, routes: [{{first}}, {{second}}]}
            receivers: [{name: a}]
            """,
            "a.yml",
            out var problems
        );

        var problem = Assert.Single(problems, static p => p.IsError);
        Assert.Equal($"route.routes[1].{key}.severity", problem.Path);
    }

    [Fact]
    public void What_is_no_map_is_replaced()
    {
        var config = AlertmanagerConfig.Load(
            """
            route: {receiver: a, routes: [&m {group_by: [x], group_wait: 1s}, {<<: *m, group_by: [y], group_wait: 2s}]}
            receivers: [{name: a}]
            """,
            "a.yml",
            out _
        );

        var route = config!.Route.Routes[1];
        Assert.Equal(["y"], route.GroupBy);
        Assert.Equal(TimeSpan.FromSeconds(2), route.GroupWait);
    }
}
