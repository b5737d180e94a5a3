using AlertHub.Lambda;
using Hosts.Tests.Differential;
using Hosts.Tests.Differential.Scenarios;
using Hosts.Tests.Support;
using Xunit.Abstractions;

namespace Hosts.Tests.Box.Hub;

/// <summary>
/// The written scenarios of the engine at one process and at the stacks in a box: the same answers and the same webhooks at
/// the same times, as near as whole seconds of delay allow.
/// </summary>
public abstract class SameAsOneProcess(AppAssembly assembly, ITestOutputHelper output)
{
    /// <summary>
    /// How much slower than written. Steps and ticks of a scenario are half a second apart, so that a second more of SQS's
    /// is a quarter of that. The last is for a machine that is busy with something else: what is another outcome is so at any pace.
    /// </summary>
    private static readonly int[] Factors = [8, 14, 24];

    private static readonly Side OneProcess = Side.B with { Letter = "a" };

    [Fact]
    public async Task Written_scenarios_come_out_the_same()
    {
        // A scenario whose outcome is a matter of chance, or that has the program for itself, proves nothing here.
        Scenario[] open = [.. Written.All.Where(static scenario => !scenario.Alone && !scenario.Varies)];
        var differences = new Dictionary<string, string>();
        foreach (var factor in Factors)
        {
            differences.Clear();
            foreach (var seen in await RunAsync(open, factor))
            {
                var alike = seen with { Scenario = seen.Scenario with { Sends = null, Instead = null } };
                if (Comparison.Difference(alike, isAlertHub: false) is { } difference)
                {
                    differences[seen.Scenario.Name] = $"{seen.Scenario.Name}: {difference}\n{seen.Describe()}";
                }
            }

            output.WriteLine($"{open.Length} scenarios, {differences.Count} differ at 1/{factor}");
            open = [.. open.Where(scenario => differences.ContainsKey(scenario.Name))];
            if (open.Length == 0)
            {
                break;
            }
        }

        Assert.True(differences.Count == 0, string.Join("\n\n", differences.Values));
    }

    private async Task<IReadOnlyList<Observation>> RunAsync(Scenario[] scenarios, int factor)
    {
        await using var webhooks = await RecordingWebhooks.StartAsync();
        await using var process = await SideProcess.StartAsync(OneProcess, scenarios, webhooks, factor);
        await using var box = await SideBox.StartAsync(
            await HubBox.StartAsync(
                assembly,
                static options =>
                    options with
                    {
                        Environments = static _ => 2,
                        // As the other side is told.
                        Variables = static _ => new Dictionary<string, string>
                        {
                            [Names.ExternalUrlVariable] = "http://alerts.example",
                        },
                    }
            ),
            ScenarioConfig.Write(
                scenarios.Select(static scenario => (scenario.Name, scenario.Config)),
                webhooks.Address,
                Side.B.Letter,
                factor
            )
        );
        var start = DateTimeOffset.UtcNow + TimeSpan.FromSeconds(1);
        var seen = await Task.WhenAll(
            scenarios.Select(
                (scenario, i) =>
                    Round.RunAsync(
                        scenario,
                        new Pace(Round.Whole(start + (TimeSpan.FromSeconds(factor) * i / scenarios.Length)), factor),
                        (OneProcess, process),
                        (Side.B, box),
                        webhooks
                    )
            )
        );
        return seen;
    }
}

[Collection(nameof(RealTime))]
public sealed class ManagedSameAsOneProcess(ManagedAssembly assembly, ITestOutputHelper output)
    : SameAsOneProcess(assembly, output),
        IClassFixture<ManagedAssembly>;

[Collection(nameof(RealTime))]
public sealed class NativeSameAsOneProcess(NativeAssembly assembly, ITestOutputHelper output)
    : SameAsOneProcess(assembly, output),
        IClassFixture<NativeAssembly>;
