using System.Globalization;

namespace Hosts.Tests.Differential;

/// <summary>
/// Runs scenarios until each has a verdict. The sides agree, or they differ in an attempt during which nothing stood
/// still. A difference in an attempt with a standstill says nothing: the scenario is run again, slower.
/// </summary>
internal static class Verdicts
{
    private const int Attempts = 6;

    /// <summary>How many run at once; more of them are run one batch after the other.</summary>
    private const int Batch = 150;

    /// <returns>For each scenario null, or how the sides differ.</returns>
    public static async Task<IReadOnlyDictionary<string, string?>> OfAsync(
        IReadOnlyList<Scenario> scenarios,
        Side a,
        Side b,
        Action<string> log
    )
    {
        var verdicts = new Dictionary<string, string?>();
        var batches = (scenarios.Count + Batch - 1) / Batch;
        foreach (var batch in scenarios.Chunk((scenarios.Count + batches - 1) / Math.Max(batches, 1)))
        {
            IReadOnlyList<Scenario> open = batch;
            for (var attempt = 1; open.Count > 0; attempt++)
            {
                var seen = await Round.RunAsync(open, a, b, factor: Math.Min(attempt, 3));
                var again = new List<Scenario>();
                foreach (var observation in seen)
                {
                    var difference = Comparison.Difference(observation, b.IsAlertHub);
                    if (difference is not null && !observation.IsCalm && attempt < Attempts)
                    {
                        again.Add(observation.Scenario);
                        log($"attempt {attempt}, {observation.Scenario.Name}, {observation.LateMs} ms: {difference}");
                        continue;
                    }

                    verdicts[observation.Scenario.Name] = difference is null ? null : Text(observation, difference);
                }

                log(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"attempt {attempt}: {seen.Count} scenarios, {seen.Sum(s => s.A.Webhooks.Count)} webhooks at A, {again.Count} to repeat, latest {seen.Max(s => s.LateMs)} ms"
                    )
                );
                open = again;
            }
        }

        return verdicts;
    }

    private static string Text(Observation seen, string difference)
    {
        var allowed = string.Concat(seen.Scenario.Allowed.Select(x => $"allowed: {x}\n"));
        return $"{seen.Scenario.Name}: {difference}\n{seen.Describe()}{allowed}configuration:\n{seen.Scenario.Config}";
    }
}
