using System.Globalization;
using Xunit.Abstractions;

namespace Hosts.Tests.Differential;

/// <summary>The machine is theirs while they run: they live by the clock.</summary>
[CollectionDefinition(nameof(RealTime), DisableParallelization = true)]
public sealed class RealTime;

/// <summary>The same events at a real Alertmanager and at what takes its place: the same webhooks.</summary>
[Collection(nameof(RealTime))]
public sealed class SameAsAlertmanager(Comparisons comparisons, ITestOutputHelper output) : IClassFixture<Comparisons>
{
    public static TheoryData<string> Names => [.. Comparisons.WrittenScenarios.Select(s => s.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_written_scenario_comes_out_the_same(string name)
    {
        var difference = comparisons.Difference(name);
        Assert.True(difference is null, difference);
    }

    [Fact]
    public void Schedules_made_at_random_come_out_the_same()
    {
        output.WriteLine(comparisons.Log);
        string[] differences = [.. comparisons.Schedules.Select(comparisons.Difference).OfType<string>()];
        Assert.True(
            differences.Length == 0,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{differences.Length} of {comparisons.Schedules.Count}; DIFFERENTIAL_SEED={comparisons.FirstSeed} makes them again.\n\n"
            ) + string.Join("\n\n", differences)
        );
    }
}
