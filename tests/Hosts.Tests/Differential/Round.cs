using Hosts.Tests.Support;

namespace Hosts.Tests.Differential;

/// <summary>Scenarios side by side, all at once, each program running as many as it can.</summary>
internal static class Round
{
    /// <summary>The starts are spread over this, so that not all groups tick at the same moment.</summary>
    private static readonly TimeSpan Spread = TimeSpan.FromSeconds(1);

    public static async Task<IReadOnlyList<Observation>> RunAsync(
        IReadOnlyList<Scenario> scenarios,
        Side a,
        Side b,
        int factor
    )
    {
        await using var webhooks = await RecordingWebhooks.StartAsync();
        var starting = Crowds(scenarios)
            .Select(crowd =>
                (
                    Crowd: crowd,
                    A: SideProcess.StartAsync(a, crowd, webhooks, factor),
                    B: SideProcess.StartAsync(b, crowd, webhooks, factor)
                )
            )
            .ToArray();
        var started = Task.WhenAll(starting.SelectMany(p => new[] { p.A, p.B }));
        try
        {
            await started;
            await Task.WhenAll(started.Result.Select(s => s.CalmAsync()));
            var start = DateTimeOffset.UtcNow + TimeSpan.FromMilliseconds(300);
            var runs = starting.SelectMany(p => p.Crowd.Select(s => (Scenario: s, A: p.A.Result, B: p.B.Result)));
            return await Task.WhenAll(
                runs.Select(
                    (run, i) =>
                    {
                        var pace = new Pace(Whole(start + Spread * factor * i / scenarios.Count), factor);
                        return RunAsync(run.Scenario, pace, (a, run.A), (b, run.B), webhooks);
                    }
                )
            );
        }
        finally
        {
            await started.ContinueWith(_ => { }, TaskScheduler.Default);
            foreach (var side in starting.SelectMany(p => new[] { p.A, p.B }).Where(s => s.IsCompletedSuccessfully))
            {
                await side.Result.DisposeAsync();
            }
        }
    }

    /// <summary>Those that share their programs.</summary>
    private static IEnumerable<Scenario[]> Crowds(IReadOnlyList<Scenario> scenarios)
    {
        Scenario[] together = [.. scenarios.Where(s => !s.Alone)];
        if (together.Length > 0)
        {
            yield return together;
        }

        foreach (var alone in scenarios.Where(s => s.Alone))
        {
            yield return [alone];
        }
    }

    /// <summary>One scenario at both sides.</summary>
    public static async Task<Observation> RunAsync(
        Scenario scenario,
        Pace pace,
        (Side Side, ISideProcess Process) a,
        (Side Side, ISideProcess Process) b,
        RecordingWebhooks webhooks
    )
    {
        foreach (var script in scenario.Scripts)
        {
            foreach (var side in new[] { a.Side, b.Side })
            {
                webhooks.Script(
                    ScenarioConfig.WebhookPath(side.Letter, scenario.Name, script.Receiver),
                    script.Answers.Select(x => x with { Delay = x.Delay * pace.Factor })
                );
            }
        }

        var (runA, runB) = (new SideRun(scenario, pace, a.Process), new SideRun(scenario, pace, b.Process));
        var answers = await Task.WhenAll(runA.RunAsync(), runB.RunAsync());
        var (from, to) = (pace.At(0), pace.At(scenario.EndMs));
        int[] late = [runA.LateMs, runB.LateMs, a.Process.LateMs(from, to), b.Process.LateMs(from, to)];
        return new(
            scenario,
            pace,
            new(a.Side.Program, answers[0], Arrived(a.Side)),
            new(b.Side.Program, answers[1], Arrived(b.Side)),
            late.Max() / pace.Factor
        );

        IReadOnlyList<Received> Arrived(Side side)
        {
            var prefix = ScenarioConfig.WebhookPath(side.Letter, scenario.Name, "");
            return
            [
                .. webhooks
                    .Posts.Where(p => p.Path.StartsWith(prefix, StringComparison.Ordinal) && p.At <= to)
                    .Select(p => Received.From(p, p.Path[prefix.Length..], pace)),
            ];
        }
    }

    /// <summary>A whole millisecond: what is posted and what comes back is then the same text.</summary>
    public static DateTimeOffset Whole(DateTimeOffset time) =>
        time.AddTicks(-(time.Ticks % TimeSpan.TicksPerMillisecond));
}
