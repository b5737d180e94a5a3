using AlertHub.Configuration;

namespace AlertHub.Tests.Configuration;

/// <summary>Warnings about what is accepted but probably not meant.</summary>
public sealed class Lints
{
    [Fact]
    public void A_file_without_oddities_has_none() =>
        Assert.Equal(
            [],
            Warnings(
                """
                route:
                  receiver: a
                  routes:
                  - {matchers: [severity=page, team=x], receiver: b, active_time_intervals: [office]}
                  - {matchers: [severity=page], receiver: b}
                  - {matchers: [severity=~"page|warn", team!=x]}
                  - {matchers: [severity=page, team=y], continue: true}
                receivers: [{name: a}, {name: b}]
                time_intervals: [{name: office, time_intervals: [{weekdays: [monday:friday]}]}]
                """,
                except: 7
            )
        );

    [Fact]
    public void What_is_read_otherwise_than_it_looks_is_named() =>
        Assert.Equal(
            [
                "2 global.smtp_hello: nothing stands here, since # begins a comment",
                "3 global.smtp_auth_password: variables of the environment are not expanded here",
                "7 route.routes[0].matchers[0]: typographic quotes are part of the value",
                "8 route.routes[1]: this route is never reached: \"team\" cannot be \"db\" and \"db2\" at once",
                "10 : a second document begins here",
            ],
            Warnings(
                    """
                    global:
                      smtp_hello: #db
                      smtp_auth_password: ${PASSWORD}
                    route:
                      receiver: a # a comment
                      routes:
                      - matchers: [team=“db”]
                      - matchers: [team="db", team="db2"]
                    receivers: [{name: a}]
                    ---
                    route: {}
                    """
                )
                .Select(static w => w.Split(';')[0])
        );

    [Theory]
    [InlineData("---\n{0}")]
    [InlineData("# a\n---\n{0}---\n# nothing\n")]
    [InlineData("{0}...\n")]
    public void One_document_is_no_second(string form) =>
        Assert.Equal(
            [],
            Warnings(form.Replace("{0}", "route: {receiver: a}\nreceivers: [{name: a}]\n", StringComparison.Ordinal))
        );

    [Fact]
    public void Older_spellings_are_named_with_the_newer_ones() =>
        Assert.Equal(
            [
                "3 route.routes[0].match: \"match\" is deprecated; write its conditions under \"matchers\"",
                "4 inhibit_rules[0].target_match_re: \"target_match_re\" is deprecated; write its conditions under "
                    + "\"target_matchers\"",
                "6 mute_time_intervals: this section is deprecated; call it time_intervals",
            ],
            Warnings(
                """
                route:
                  receiver: a
                  routes: [{match: {a: b}, mute_time_intervals: [t]}]
                inhibit_rules: [{source_matchers: [a=b], target_match_re: {a: c}}]
                receivers: [{name: a}]
                mute_time_intervals: [{name: t}]
                """
            )
        );

    [Fact]
    public void Who_and_what_nobody_uses_is_named() =>
        Assert.Equal(
            [
                "2 receivers[1]: no route uses the receiver \"b\"",
                "3 time_intervals[0]: no route uses the time interval \"t\"",
            ],
            Warnings(
                """
                route: {receiver: a}
                receivers: [{name: a}, {name: b}]
                time_intervals: [{name: t}]
                """
            )
        );

    [Theory]
    [InlineData("[a=1]", "[a=1]", true)]
    [InlineData("[a=1]", "[a=1, b=2]", true)]
    [InlineData("[]", "[a=1]", true)]
    [InlineData("['a=~\"1|2\"']", "[a=1]", true)]
    [InlineData("[a!=2]", "[a=1]", true)]
    [InlineData("[a=1, b=2]", "[a=1]", false)]
    [InlineData("[a=1]", "[a=2]", false)]
    [InlineData("['a=~\"1|2\"']", "[a=3]", false)]
    [InlineData("['a=~\"1|2\"']", "['a=~\"1|2\"']", true)]
    public void A_route_that_an_earlier_one_takes_all_alerts_from_is_never_reached(
        string first,
        string second,
        bool unreachable
    )
    {
        var yaml =
            $"route: {{receiver: a, routes: [{{matchers: {first}}}, {{matchers: {second}}}]}}\nreceivers: [{{name: a}}]";

        Assert.Equal(unreachable, Warnings(yaml).Any(w => w.Contains("routes[1]: this route is never reached")));
        Assert.Empty(Warnings(yaml.Replace($"{first}}}", $"{first}, continue: true}}", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_template_that_does_not_parse_is_named_where_a_parser_is_given()
    {
        const string Yaml = """
            route: {receiver: a}
            receivers: [{name: a, webex_configs: [{room_id: r, message: "{{ x", http_config: {bearer_token: t}}]}]
            """;

        Assert.NotNull(
            AlertmanagerConfig.Load(
                Yaml,
                "a.yml",
                out var problems,
                static option => [new(option.File, option.At, "it does not end") { IsSyntax = true }]
            )
        );
        Assert.Contains(problems, p => !p.IsError && p.Path.EndsWith("message", StringComparison.Ordinal));
    }

    private static string[] Warnings(string yaml, int except = 0)
    {
        Assert.NotNull(AlertmanagerConfig.Load(yaml, "a.yml", out var problems));
        return [.. problems.Where(p => p.At.Line != except).Select(p => $"{p.At.Line} {p.Path}: {p.Message}")];
    }
}
