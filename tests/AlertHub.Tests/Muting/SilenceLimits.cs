using AlertHub.Matching;
using AlertHub.Muting;
using AlertHub.Tests.Support;

namespace AlertHub.Tests.Muting;

public sealed class SilenceLimits
{
    [Fact]
    public void A_list_of_a_thousand_hosts_is_taken() =>
        Assert.IsType<SilenceOutcome.Kept>(
            Apply(Regex(string.Join('|', Enumerable.Range(0, 1000).Select(static i => $"host-{i}\\.example\\.com"))))
        );

    [Fact]
    public void So_is_one_of_five_hundred_whose_dots_are_not_escaped() =>
        Assert.IsType<SilenceOutcome.Kept>(
            Apply(Regex(string.Join('|', Enumerable.Range(0, 500).Select(static i => $"host-{i}.example.com"))))
        );

    [Fact]
    public void So_is_what_people_write() =>
        Assert.IsType<SilenceOutcome.Kept>(Apply(Regex("(db|web)-[0-9]{1,3}\\.(eu|us)-[a-z]+-[0-9]\\..*")));

    [Fact]
    public void An_expression_that_costs_too_much_is_refused() =>
        Assert.Contains(
            "too large",
            Refused(Regex(string.Concat(Enumerable.Repeat("(.*a){900}", 10)))),
            StringComparison.Ordinal
        );

    [Fact]
    public void Many_that_cost_too_much_together_are_refused() =>
        Assert.Contains(
            "too large",
            Refused([.. Enumerable.Range(0, 40).Select(static _ => Regex("([a-z]x?.*){100}"))]),
            StringComparison.Ordinal
        );

    [Fact]
    public void A_value_without_end_is_refused() =>
        Assert.Contains("longer than 32768", Refused(Regex(new string('a', 32 * 1024 + 1))), StringComparison.Ordinal);

    [Fact]
    public void Matchers_without_end_are_refused() =>
        Assert.Contains("at most 50", Refused([.. Enumerable.Repeat(Regex("a"), 51)]), StringComparison.Ordinal);

    private static string Refused(params IReadOnlyList<Matcher> matchers) =>
        Assert.IsType<SilenceOutcome.Refused>(Apply(matchers)).Objection;

    private static Matcher Regex(string value) => Some.Matcher("instance", MatchOperator.Regex, value);

    private static SilenceOutcome Apply(params IReadOnlyList<Matcher> matchers) =>
        new SilenceRequest { Matchers = matchers, EndsAt = Some.Now.AddHours(1) }.Apply(null, "id", Some.Now);
}
