using System.Globalization;
using Hosts.Tests.Support;

namespace Hosts.Tests.Local.EndToEnd;

/// <summary>
/// What a 2xx promised is kept though the process is killed at any moment. <c>CRASHES=1000 dotnet test</c> for more seeds,
/// <c>SEED</c> for the first of them.
/// </summary>
public sealed class KilledUnderLoad
{
    private static readonly int Count = Setting("CRASHES") ?? 10;

    private static readonly int First = Setting("SEED") ?? Random.Shared.Next(1_000_000);

    [Fact]
    public async Task What_was_acknowledged_is_told_as_it_ended_and_nothing_else()
    {
        await using var webhooks = await RecordingWebhooks.StartAsync();
        await Parallel.ForEachAsync(
            Enumerable.Range(First, Count),
            new ParallelOptions { MaxDegreeOfParallelism = 5 },
            async (seed, _) =>
            {
                await using var run = await CrashRun.StartAsync(seed, webhooks);
                await run.RunAsync();
            }
        );
    }

    private static int? Setting(string name) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value)
            ? value
            : null;
}
