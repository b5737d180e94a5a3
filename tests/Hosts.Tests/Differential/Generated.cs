using System.Globalization;

namespace Hosts.Tests.Differential;

/// <summary>
/// Scenarios made at random from a seed: a few series fire, resolve, run out, are silenced and inhibited, one second
/// apart, between ticks. What AlertHub does on purpose otherwise is left out of them: nothing resolves that a silence
/// or a rule of the same scenario may hold back.
/// </summary>
internal sealed class Generated
{
    private const int Seconds = 8;

    private static readonly string[] Universe =
    [
        "A cluster=x severity=page",
        "A cluster=x severity=info",
        "A cluster=y severity=info",
        "A severity=info",
        "B cluster=x severity=page",
        "B cluster=y severity=info",
        "B cluster=x severity=info i=2",
    ];

    private static readonly (string Matcher, Func<string, bool> Holds)[] Silences =
    [
        ("alertname=A", s => s.StartsWith('A')),
        ("cluster=x", s => s.Contains("cluster=x", StringComparison.Ordinal)),
        ("cluster=~x|", s => !s.Contains("cluster=y", StringComparison.Ordinal)),
        ("severity!=page", s => !s.Contains("page", StringComparison.Ordinal)),
    ];

    private readonly Random random;
    private readonly HashSet<string> open = [];
    private readonly string[] series;
    private readonly (string Matcher, Func<string, bool> Holds)? silence;
    private readonly bool inhibits;
    private Scenario scenario;

    private Generated(int seed)
    {
        // Not the system's seeded generator alone: neighbouring seeds must not give neighbouring schedules.
        random = new(unchecked((int)((uint)seed * 2654435761)));
        series = [.. random.GetItems(Universe, 4).Distinct()];
        silence = random.Next(3) == 0 ? Pick(Silences) : null;
        inhibits = random.Next(3) == 0;
        scenario = Scenario.Of(string.Create(CultureInfo.InvariantCulture, $"generated_{seed}"), Config()) with
        {
            Sends = null,
        };
    }

    public static Scenario From(int seed) => new Generated(seed).Make();

    private Scenario Make()
    {
        var silenced = false;
        for (var ms = 0; ms < Seconds * 1000; ms += 1000)
        {
            var chosen = series.Where(_ => random.Next(ms == 0 ? 2 : 3) == 0).ToArray();
            Add(ms, chosen.Where(s => !open.Contains(s) || random.Next(3) == 0), resolve: false);
            Add(ms, chosen.Where(s => open.Contains(s) && !MayBeHeld(s)), resolve: true);
            if (silence is { Matcher: var matcher } && random.Next(3) == 0)
            {
                scenario = (silenced, random.Next(3)) switch
                {
                    (true, 0) => scenario.Unsilences(ms, "s"),
                    (true, _) => scenario,
                    _ => scenario.Silences(ms, "s", matcher, ms + 1000 * random.Next(1, 6)),
                };
                silenced = true;
            }
        }

        return scenario.Until(Seconds * 1000);
    }

    private void Add(int ms, IEnumerable<string> chosen, bool resolve)
    {
        string[] all = [.. chosen];
        if (all.Length == 0)
        {
            return;
        }

        if (resolve)
        {
            scenario = scenario.Resolves(ms, all);
            open.ExceptWith(all);
            return;
        }

        // Some are posted with an end that passes by itself; they count as over, so that nobody resolves them twice.
        string[] brief = [.. all.Where(s => !open.Contains(s) && !MayBeHeld(s) && random.Next(4) == 0)];
        if (all.Except(brief).ToArray() is { Length: > 0 } lasting)
        {
            scenario = scenario.Fires(ms, lasting);
            open.UnionWith(lasting);
        }

        if (brief.Length > 0)
        {
            var end = ms + 1000 * random.Next(1, 4);
            scenario = scenario.Posts(
                ms,
                [.. brief.Select(s => new PostedAlert(s) { StartsAtMs = ms, EndsAtMs = end })]
            );
        }
    }

    /// <summary>Whether a silence or a rule of this scenario is about it.</summary>
    private bool MayBeHeld(string one) =>
        silence is { Holds: var holds } && holds(one) || inhibits && one.Contains("info", StringComparison.Ordinal);

    private string Config() =>
        $"""
            route:
              group_by: [{Pick(["alertname", "alertname, cluster", "cluster", "'...'"])}]
              repeat_interval: {Pick(["1h", "2500ms"])}
              routes: [{Pick([
                "",
                "{matchers: [severity=\"page\"], receiver: pager}",
                "{matchers: [severity=\"page\"], receiver: pager, continue: true}, {matchers: [cluster=~\"x|\"]}",
                "{matchers: [cluster!=\"y\"], group_by: [cluster], routes: [{matchers: [alertname=\"A\"], receiver: pager}]}",
            ])}]
            receivers:
            - {"{"}name: hook, webhook_configs: [{Pick(["{}", "{}", "{send_resolved: false}", "{max_alerts: 2}"])}]{"}"}
            inhibit_rules: [{(
                inhibits
                    ? "{source_matchers: [severity=\"page\"], target_matchers: [severity=\"info\"], equal: [cluster]}"
                    : ""
            )}]
            """;

    private T Pick<T>(params T[] choices) => choices[random.Next(choices.Length)];
}
