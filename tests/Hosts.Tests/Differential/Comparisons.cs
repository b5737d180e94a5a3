using System.Globalization;
using Hosts.Tests.Differential.Scenarios;

namespace Hosts.Tests.Differential;

/// <summary>
/// All scenarios, run at once before the tests that look at their verdicts. <c>DIFFERENTIAL_ONLY=text</c> runs those
/// whose names hold a text; <c>DIFFERENTIAL_SCHEDULES=n</c> makes so many at random, from <c>DIFFERENTIAL_SEED</c> on.
/// </summary>
public sealed class Comparisons : IAsyncLifetime
{
    private const int UsualSchedules = 30;

    private readonly List<string> log = [];
    private IReadOnlyDictionary<string, string?> verdicts = new Dictionary<string, string?>();

    internal static IReadOnlyList<Scenario> WrittenScenarios { get; } =
    [.. Written.All.Where(s => s.Name.Contains(Setting("ONLY") ?? "", StringComparison.OrdinalIgnoreCase))];

    internal int FirstSeed { get; } = Number("SEED") ?? Random.Shared.Next(1_000_000_000);

    internal IReadOnlyList<string> Schedules { get; private set; } = [];

    /// <summary>What was repeated and how restless the machine was.</summary>
    internal string Log => string.Join('\n', log);

    public async Task InitializeAsync()
    {
        var generated = Enumerable
            .Range(FirstSeed, Number("SCHEDULES") ?? (Setting("ONLY") is null ? UsualSchedules : 0))
            .Select(Generated.From)
            .ToArray();
        Schedules = [.. generated.Select(s => s.Name)];
        verdicts = await Verdicts.OfAsync([.. WrittenScenarios, .. generated], Side.A, Side.B, log.Add);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    /// <summary>How the sides differ in a scenario; null where they do not.</summary>
    internal string? Difference(string scenario) => verdicts[scenario];

    private static int? Number(string name) =>
        Setting(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;

    private static string? Setting(string name) => Environment.GetEnvironmentVariable($"DIFFERENTIAL_{name}");
}
