namespace Hosts.Tests.Differential;

/// <summary>
/// A comparison that finds nothing proves nothing, unless it finds what is there: here the second side is given another
/// configuration than the first.
/// </summary>
[Collection(nameof(RealTime))]
public sealed class Controls
{
    private static readonly (string Scenario, string From, string To, string Found)[] Cases =
    [
        ("Alerts_within_group_wait_go_together", "group_wait: 1s", "group_wait: 1500ms", "A sends at"),
        (
            "A_partial_resolve_is_not_told_without_send_resolved",
            "send_resolved: false",
            "send_resolved: true",
            "B \"A i=1 resolved"
        ),
        ("Continue_reaches_two_receivers", "continue: true", "continue: false", "only A sends"),
        ("More_than_max_alerts_are_cut_off", "max_alerts: 2", "max_alerts: 1", "1 more\", B \""),
        ("A_group_key_quotes_and_sorts", "'alertname!~\"C\"'", "'alertname!~\"D\"'", "alertname!~\"C\""),
        ("A_mute_interval_that_holds_keeps_silent", "[always]", "[never]", "only B sends"),
        ("A_source_inhibits_targets_with_equal_labels", "equal: [cluster]", "equal: []", "cluster=y"),
        ("A_reload_of_an_invalid_file_changes_nothing", "{}", "route: {group_by: [i]}", "only"),
    ];

    [Fact]
    public async Task Each_side_that_is_set_differently_is_found_out()
    {
        var scenarios = Cases.Select(c => Scenarios.Written.All.Single(s => s.Name == c.Scenario)).ToArray();
        var tampered = Side.A with
        {
            Letter = "b",
            Tamper = (name, config) =>
                Cases
                    .Where(c => c.Scenario == name)
                    .Aggregate(config, (text, c) => text.Replace(c.From, c.To, StringComparison.Ordinal)),
        };

        var verdicts = await Verdicts.OfAsync(scenarios, Side.A, tampered, _ => { });

        Assert.All(
            Cases,
            c =>
            {
                var difference = verdicts[c.Scenario] ?? "no difference";
                Assert.DoesNotContain("A is not as written", difference, StringComparison.Ordinal);
                Assert.Contains(c.Found, difference.Split('\n')[0], StringComparison.Ordinal);
            }
        );
    }
}
