using Hosts.Tests.Support;

namespace Hosts.Tests.Differential;

/// <summary>
/// A piece of configuration and what happens when. Ticks of groups fall on half seconds where nothing else is said, so steps stand on whole ones: half a second apart, which is what the comparison of
/// times leans on. Times are in milliseconds from the scenario's start.
/// </summary>
internal sealed record Scenario
{
    /// <summary>How far apart the two sides may be, at the pace of the first attempt.</summary>
    public const int ToleranceMs = 300;

    public required string Name { get; init; }

    /// <summary>
    /// alertmanager.yml for this scenario alone: route, receivers, inhibit_rules, time_intervals. Where the route does
    /// not say it, its receiver is <c>hook</c>, it groups by alertname, waits 500 ms and then 1 s, and repeats nothing.
    /// A receiver that is not described is one webhook.
    /// </summary>
    public required string Config { get; init; }

    public IReadOnlyList<(int AtMs, Step Step)> Steps { get; init; } = [];

    /// <summary>What the real Alertmanager sends; null where that is not known beforehand.</summary>
    public IReadOnlyList<Sent>? Sends { get; init; }

    /// <summary>What AlertHub sends in place of all that.</summary>
    public IReadOnlyList<Sent>? Instead { get; init; }

    public IReadOnlyList<Allowance> Allowed { get; init; } = [];

    /// <summary>Alertmanager does not always do the same here, so the sides are not compared with each other.</summary>
    public bool Varies { get; init; }

    public IReadOnlyList<Script> Scripts { get; init; } = [];

    /// <summary>What comes later is not looked at.</summary>
    public int EndMs { get; init; }

    /// <summary>More tolerance, for what an allowance says.</summary>
    public int ExtraToleranceMs { get; init; }

    /// <summary>Needs programs of its own, because what it does to one would be felt by all its scenarios.</summary>
    public bool Alone =>
        Steps.Any(s => s.Step is Step.Reload or Step.Restart) || Config.Contains("global:", StringComparison.Ordinal);

    public static Scenario Of(string name, string config = "{}") =>
        new()
        {
            Name = name,
            Config = config,
            Sends = [],
        };

    public Scenario At(int ms, params Step[] steps) => this with { Steps = [.. Steps, .. steps.Select(s => (ms, s))] };

    public Scenario Fires(int ms, params string[] series) =>
        At(ms, new Step.Post([.. series.Select(s => Firing(s, ms))]));

    public Scenario Resolves(int ms, params string[] series) =>
        At(ms, new Step.Post([.. series.Select(s => Firing(s, ms) with { EndsAtMs = ms })]));

    public Scenario Posts(int ms, params PostedAlert[] alerts) => At(ms, new Step.Post(alerts));

    public Scenario Silences(int ms, string name, string matchers, int toMs, int? fromMs = null) =>
        At(ms, new Step.Silence(name, matchers, fromMs ?? ms, toMs));

    public Scenario Unsilences(int ms, string name) => At(ms, new Step.Unsilence(name));

    public Scenario Looks(int ms) => At(ms, new Step.Look());

    public Scenario Answers(string receiver, params WebhookAnswer[] answers) =>
        this with
        {
            Scripts = [.. Scripts, new(receiver, answers)],
        };

    public Scenario Sending(int ms, string receiver, string alerts) =>
        this with
        {
            Sends = [.. Sends ?? [], new(ms, receiver, alerts)],
        };

    public Scenario Sending(int ms, string alerts) => Sending(ms, "hook", alerts);

    /// <summary>What AlertHub sends, in place of everything that Alertmanager 0.25 does.</summary>
    public Scenario InsteadSending(Allowance allowance, params Sent[] sends) =>
        this with
        {
            Allowed = [.. Allowed, allowance],
            Instead = sends,
        };

    public Scenario Allows(Allowance allowance, int extraToleranceMs = 0) =>
        this with
        {
            Allowed = [.. Allowed, allowance],
            ExtraToleranceMs = extraToleranceMs,
        };

    public Scenario Until(int ms) => this with { EndMs = ms };

    /// <summary>Firing since it was first posted and not resolved in between, as Prometheus says it.</summary>
    private PostedAlert Firing(string series, int ms)
    {
        var last = Steps
            .SelectMany(s => s.Step is Step.Post post ? post.Alerts : [])
            .LastOrDefault(a => a.Series == series);
        return new(series) { StartsAtMs = last is { StartsAtMs: { } since, EndsAtMs: null } ? since : ms };
    }
}
