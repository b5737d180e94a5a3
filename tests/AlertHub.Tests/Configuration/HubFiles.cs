using System.Text;
using AlertHub.Configuration;
using AlertHub.Configuration.Receivers;
using AlertHub.Configuration.Yaml;
using AlertHub.Routing;

namespace AlertHub.Tests.Configuration;

/// <summary>hub.yml beside an alertmanager.yml with two receivers and three routes.</summary>
public sealed class HubFiles
{
    private const string Alertmanager = """
        route:
          receiver: ops
          routes:
          - matchers: [severity="critical"]
          - matchers: [team="db"]
            receiver: db
            continue: true
          - matchers: [team="db"]
        receivers:
        - name: ops
          webhook_configs: [{url: https://example.org/hook}]
        - name: db
        """;

    [Fact]
    public void Without_it_there_is_alertmanagers_configuration_alone()
    {
        var (config, problems) = Load(null);

        Assert.Empty(problems);
        Assert.Equal(config?.Alertmanager.Receivers, config?.Receivers);
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing yet\n")]
    [InlineData("receivers:\nroutes: []\n")]
    public void Nothing_in_it_is_required(string hub)
    {
        var (config, problems) = Load(hub);

        Assert.Empty(problems);
        Assert.NotNull(config);
        Assert.Empty(config.Routes);
    }

    [Fact]
    public void What_it_adds_to_a_receiver_stands_after_the_receivers_own()
    {
        var (config, problems) = Load("receivers: [{name: ops, console_configs: [{send_resolved: false}, {}]}]");

        Assert.Empty(problems);
        Assert.NotNull(config);
        Assert.Equal(["ops", "db"], config.Receivers.Select(r => r.Name));
        Assert.Equal(["webhook", "console", "console"], config.Receivers[0].Integrations.Select(i => i.Kind));
        Assert.Equal(
            [false, true],
            config.Receivers[0].Integrations.OfType<ConsoleConfig>().Select(c => c.SendResolved)
        );
        Assert.DoesNotContain("console", config.Alertmanager.Print(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_rule_of_autosilence_needs_little()
    {
        var (config, problems) = Load("autosilence: [{name: m, matchers: [maintenance=\"true\"], duration: 4h}]");

        Assert.Empty(problems);
        var rule = Assert.Single(config!.Autosilence);
        Assert.Equal((TimeSpan.FromHours(4), "alerthub"), (rule.Duration, rule.CreatedBy));
        Assert.Equal(["alertname", "instance"], rule.Equal);
    }

    [Fact]
    public void A_rule_of_severities_says_which_alerts_and_how_bad()
    {
        var (config, problems) = Load(
            "severities: [{matchers: [source=\"guardduty\", severity=\"info\"], severity: none}, {}]"
        );

        Assert.Null(config);
        Assert.Collection(
            problems,
            static first =>
                Assert.Contains(
                    "severities[1].matchers: say which alerts are meant, such as [source=\"guardduty\", severity=\"info\"]",
                    first
                ),
            static second => Assert.Contains("severities[1].severity: say how bad they are, such as warning", second)
        );
    }

    [Theory]
    [InlineData("{}", "name: a rule needs a name")]
    [InlineData("{name: m, duration: 4h}", "matchers: say which alerts are meant")]
    [InlineData("{name: m, matchers: [a=b]}", "duration: say how long")]
    [InlineData("{name: m, matchers: [a!=b], duration: 4h}", "matchers: all of them hold for alerts without")]
    [InlineData("{name: m, matchers: [a=b], duration: 4h, equal: []}", "equal: without a label")]
    [InlineData("{name: m, matchers: [a=b], duration: 4h, equal: ['']}", "equal[0]: a label's name is missing")]
    [InlineData(
        "{name: m, matchers: [a=b], duration: 4h}, {name: m, matchers: [a=b], duration: 4h}",
        "names a rule already"
    )]
    public void A_rule_of_autosilence_that_cannot_be_meant_is_refused(string rules, string problem)
    {
        var (config, problems) = Load($"autosilence: [{rules}]");

        Assert.Null(config);
        Assert.Contains(problems, p => p.ToString().Contains(problem, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{}/{severity="critical"}""", """{}/{severity="critical"}/0""")]
    [InlineData("{}", "{}")]
    [InlineData("""{}/{team="db"}/2""", """{}/{team="db"}/2""")]
    public void A_route_is_called_by_its_key_or_its_id(string written, string id)
    {
        var (config, problems) = Load($"routes: [{{name: a, route: '{written}'}}]");

        Assert.Empty(problems);
        Assert.Equal([new NamedRoute { Name = "a", Route = id }], config?.Routes);
    }

    [Theory]
    [InlineData(
        "receivers: [{name: opps}]",
        "receivers[0].name: \"opps\" is no receiver of alertmanager.yml; did you mean \"ops\"?"
    )]
    [InlineData("receivers: [{}]", "receivers[0].name: say which receiver")]
    [InlineData("receivers: [{name: ops}, {name: ops}]", "receivers[1].name: \"ops\" stands here twice")]
    [InlineData(
        "receivers: [{name: ops, slack_configs: []}]",
        "unknown key \"slack_configs\" in a receiver of hub.yml; it takes name and console_configs"
    )]
    [InlineData("receivers: [{name: ops, console_configs: [{color: red}]}]", "unknown key \"color\" in console_config")]
    [InlineData("receivers: [{name: ops, console_configs: [~]}]", "console_configs[0]: nothing stands here")]
    [InlineData(
        """routes: [{name: a, route: '{}/{severity="critcal"}'}]""",
        """'{}/{severity="critcal"}' is no route of alertmanager.yml ("routes FILE --keys" lists them); did you mean '{}/{severity="critical"}'?"""
    )]
    [InlineData("receivers: [{name: pager}]", "add it there by its name alone")]
    [InlineData("global: {}", "hub.yml:1:1: error: this looks like alertmanager.yml")]
    [InlineData("routes:\n- name: a\n  route: {}/{team=\"db\"}", "put the route's key in single quotes")]
    [InlineData(
        """routes: [{name: a, route: '{}/{team="db"}'}]""",
        """2 routes have the key '{}/{team="db"}'; write the id of one: '{}/{team="db"}/1' or '{}/{team="db"}/2'"""
    )]
    [InlineData(
        "routes: [{name: a, route: '{}'}, {name: a, route: '{}'}]",
        "routes[1].name: \"a\" names a route already"
    )]
    [InlineData("routes: [{name: a}]", "routes[0].route: say which route")]
    [InlineData("routes: [{name: a, route: {}}]", "routes[0].route: expected text, found a mapping")]
    [InlineData("route: [{name: a}]", "unknown key \"route\" in hub.yml; did you mean \"routes\"?")]
    [InlineData("a: b: c", "put the whole value in them")]
    public void What_is_wrong_with_it_is_told_as_of_alertmanagers(string hub, string problem)
    {
        var (config, problems) = Load(hub);

        Assert.Null(config);
        Assert.Contains(
            problems,
            p => p.StartsWith("hub.yml:", StringComparison.Ordinal) && p.Contains(problem, StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("""{}/{team="db",env=~"dev|test"}""", """{}/{env=~"dev|test",team="db"}""")]
    [InlineData("""{}/{team="db", env=~"^(?:dev|test)$"}/2""", """{}/{env=~"dev|test",team="db"}""")]
    [InlineData("""{ } / {team="db"}""", """{}/{team="db"}""")]
    [InlineData("""{}/{team="db"}:{alertname="Up"}""", """{}/{team="db"}""")]
    [InlineData("""{}/{team="db"}/{severity="critical"}""", """{}/{team="db"}/{severity="page"}""")]
    [InlineData("""{}/{team="storage"}""", """{}/{team="db"}""")]
    [InlineData("""{}/{path="a}b"}""", null)]
    [InlineData("""{}/{region="west"}""", null)]
    [InlineData("the database", null)]
    [InlineData("{", "{}")]
    public void Of_a_wrong_key_the_right_one_is_told(string written, string? meant)
    {
        var tree = RoutingTree.Compile(
            AlertmanagerConfig
                .Load(
                    Encoding.UTF8.GetBytes(
                        """
                        route:
                          receiver: a
                          routes:
                          - matchers: [team="db"]
                            routes:
                            - matchers: [severity="page"]
                          - matchers: [team="db", env=~"dev|test"]
                          - matchers: [region="north"]
                          - matchers: [region="south"]
                        receivers: [{name: a}]
                        """
                    ),
                    "alertmanager.yml",
                    out _
                )!
                .Route
        );

        // As a route prints itself; how it prints a regular expression is not the matter here.
        Assert.Equal(
            meant,
            RouteKey.Meant(written, [.. tree.Routes])?.Replace("^(?:dev|test)$", "dev|test", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("""{}/{team="db"}""", """'{}/{team="db"}'""")]
    [InlineData("""{}/{team="d'b"}""", """'{}/{team="d''b"}'""")]
    [InlineData("{}/{team=\"d\u0001b\"}", "\"{}/{team=\\\"d\\u0001b\\\"}\"")]
    public void A_key_is_printed_as_yaml(string key, string yaml)
    {
        Assert.Equal(yaml, RouteKey.Quote(key));
        var read = Assert.IsType<YamlNode.Scalar>(YamlReader.Read(yaml, out _, out _));
        Assert.Equal(key, read.Text);
    }

    [Fact]
    public void A_second_name_of_a_route_is_warned_of()
    {
        var (config, problems) = Load("routes: [{name: a, route: '{}'}, {name: b, route: '{}'}]");

        Assert.NotNull(config);
        Assert.Contains("this route is called \"a\" already", Assert.Single(problems), StringComparison.Ordinal);
    }

    [Fact]
    public void One_given_as_alertmanagers_is_recognised()
    {
        Assert.Null(HubConfig.Load(File("a.yml", "routes: [{name: a, route: '{}'}]"), null, out var problems));
        Assert.Contains("this looks like hub.yml", $"{Assert.Single(problems)}", StringComparison.Ordinal);
    }

    [Fact]
    public void Problems_of_both_files_are_told_at_once()
    {
        var config = HubConfig.Load(
            File("alertmanager.yml", Alertmanager.Replace("receiver: db", "receiver: bd", StringComparison.Ordinal)),
            File("hub.yml", "receivers: [{nane: ops}]"),
            out var problems
        );

        Assert.Null(config);
        Assert.Equal(["alertmanager.yml", "hub.yml"], problems.Select(p => p.File).Distinct());
    }

    /// <summary>amtool must accept alertmanager.yml as it is, and it reads that file alone.</summary>
    [Fact]
    public void Routes_of_alertmanager_cannot_lead_to_what_only_hub_defines()
    {
        var config = HubConfig.Load(
            File(
                "alertmanager.yml",
                Alertmanager.Replace("receiver: db", "receiver: screen", StringComparison.Ordinal)
            ),
            File("hub.yml", "receivers: [{name: screen, console_configs: [{}]}]"),
            out var problems
        );

        Assert.Null(config);
        Assert.Contains(problems, p => p.File == "alertmanager.yml" && p.Path == "route.routes[1].receiver");
    }

    private static (HubConfig? Config, string[] Problems) Load(string? hub)
    {
        var config = HubConfig.Load(
            File("alertmanager.yml", Alertmanager),
            hub is null ? null : File("hub.yml", hub),
            out var problems
        );
        return (config, [.. problems.Select(static p => $"{p}")]);
    }

    private static ConfigFile File(string name, string text) => new(name, Encoding.UTF8.GetBytes(text));
}
