using System.Globalization;
using Hosts.Tests.Support;

namespace Hosts.Tests.Differential;

/// <summary>What the comparison finds, without programs.</summary>
public sealed class ComparisonTests
{
    private static readonly Pace Pace = new(new(2026, 3, 14, 3, 0, 0, TimeSpan.Zero), 1);

    private static readonly Scenario Any = Scenario.Of("any") with { Sends = null };

    [Fact]
    public void The_same_a_little_later_is_no_difference() =>
        Assert.Null(Difference([(500, Webhook()), (1500, Webhook())], [(510, Webhook()), (1790, Webhook())]));

    [Fact]
    public void Much_later_is_one() =>
        Assert.Contains("A sends at 500 ms, B at 801 ms", Difference([(500, Webhook())], [(801, Webhook())]), Ordinal);

    [Fact]
    public void One_too_few_and_one_too_many_are_found()
    {
        Assert.Contains("only A sends", Difference([(500, Webhook()), (1500, Webhook())], [(500, Webhook())]), Ordinal);
        Assert.Contains("only B sends", Difference([], [(500, Webhook())]), Ordinal);
    }

    [Fact]
    public void Groups_are_compared_each_by_itself()
    {
        var (one, other) = (Webhook(), Webhook(group: "{}:{x=\"1\"}"));

        Assert.Null(Difference([(500, one), (501, other)], [(502, other), (503, one)]));
        Assert.Contains("{}:{x=\"1\"}", Difference([(500, one), (501, other)], [(502, one), (503, one)]), Ordinal);
    }

    [Theory]
    [InlineData("\"version\":\"4\"", "\"version\":\"5\"", "version is \"4\" at A and \"5\" at B")]
    [InlineData("\"truncatedAlerts\":0,", "", "truncatedAlerts is only at A")]
    [InlineData("\"truncatedAlerts\":0,", "\"truncatedAlerts\":0,\"more\":1,", "more is only at B")]
    [InlineData("\"truncatedAlerts\":0,", "\"truncatedAlerts\":0,\"routeLabels\":{},", null)]
    [InlineData(
        "\"generatorURL\":\"\"",
        "\"generatorURL\":\"\",\"routeLabels\":{}",
        "alerts[0].routeLabels is only at B"
    )]
    [InlineData("03:00:00.25Z", "03:00:00.251Z", "alerts[0].startsAt is")]
    [InlineData("03:00:00.25Z", "03:00:00.250000001Z", "alerts[0].startsAt is")]
    public void The_content_is_compared_to_the_last_member(string member, string other, string? found)
    {
        var difference = Difference([(500, Webhook())], [(500, Webhook().Replace(member, other, Ordinal))]);

        if (found is null)
        {
            Assert.Null(difference);
        }
        else
        {
            Assert.Contains(found, difference, Ordinal);
        }
    }

    [Fact]
    public void A_start_that_nobody_posted_may_differ_as_the_clocks_do()
    {
        var (one, near, far) = ("03:00:00.1234567Z", "03:00:00.2345678Z", "03:00:00.5345678Z");

        Assert.Null(Difference([(500, Webhook(one))], [(500, Webhook(near))]));
        Assert.NotNull(Difference([(500, Webhook(one))], [(500, Webhook(far))]));
    }

    [Fact]
    public void Answers_are_compared_but_for_what_is_allowed()
    {
        var seen = Observed([], []) with
        {
            A = new(AlertmanagerProgram.Real, ["delete silence x: 500"], []),
            B = new(AlertmanagerProgram.AlertHub, ["delete silence x: 404"], []),
        };

        Assert.Contains("A answered", Comparison.Difference(seen, isAlertHub: true), Ordinal);
        var allowed = seen with { Scenario = Any.Allows(Allowance.UnknownSilence) };
        Assert.Null(Comparison.Difference(allowed, isAlertHub: true));
    }

    [Fact]
    public void AlertHub_has_to_keep_what_is_promised_instead()
    {
        var seen = Observed([(500, Webhook())], [(500, Webhook()), (1500, Webhook())]) with
        {
            Scenario = Scenario
                .Of("any")
                .Sending(500, "A firing")
                .InsteadSending(Allowance.ExactRepeat, new(500, "hook", "A firing"), new(1500, "hook", "A firing")),
        };

        Assert.Null(Comparison.Difference(seen, isAlertHub: true));
        Assert.Contains("only B sends", Comparison.Difference(seen, isAlertHub: false), Ordinal);
        Assert.Contains(
            "B is not as promised: there is no \"A firing\" to hook at 1500 ms",
            Comparison.Difference(seen with { B = seen.A }, isAlertHub: true),
            Ordinal
        );
    }

    [Fact]
    public void Alertmanager_has_to_do_what_is_written()
    {
        var seen = Observed([(900, Webhook())], [(900, Webhook())]) with
        {
            Scenario = Scenario.Of("any").Sending(500, "A firing"),
        };

        Assert.Contains("A is not as written", Comparison.Difference(seen, isAlertHub: false), Ordinal);
    }

    private const StringComparison Ordinal = StringComparison.Ordinal;

    private static string? Difference((int, string)[] a, (int, string)[] b) =>
        Comparison.Difference(Observed(a, b), isAlertHub: false);

    private static Observation Observed((int AtMs, string Body)[] a, (int AtMs, string Body)[] b)
    {
        return new(Any, Pace, Side(AlertmanagerProgram.Real, a), Side(AlertmanagerProgram.AlertHub, b), LateMs: 0);

        static SideObservation Side(AlertmanagerProgram program, (int AtMs, string Body)[] webhooks) =>
            new(
                program,
                [],
                [.. webhooks.Select(w => Received.From(new("", Pace.At(w.AtMs), w.Body, 200), "hook", Pace))]
            );
    }

    private static string Webhook(string start = "03:00:00.25Z", string group = "{}:{}") =>
        string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            {"version":"4","groupKey":"{{group.Replace("\"", "\\\"", Ordinal)}}","truncatedAlerts":0,"status":"firing",
             "alerts":[{"status":"firing","labels":{"alertname":"A","scenario":"any"},
                        "startsAt":"2026-03-14T{{start}}","generatorURL":""}]}
            """
        );
}
