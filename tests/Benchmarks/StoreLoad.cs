using System.Diagnostics;
using System.Globalization;
using AlertHub;
using AlertHub.Alerts;
using AlertHub.Local.Storage;
using AlertHub.Storing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Benchmarks;

/// <summary>
/// How many alerts a second the stores take from four writers that send 64 at a time: new ones, then the same again and
/// again; and how long SQLite takes to open with all of them.
/// </summary>
internal static class StoreLoad
{
    private const int Writers = 4;
    private const int Together = 64;
    private const int Requests = 400;

    private static readonly HubRules Rules = HubRules.Compile(
        new()
        {
            Alertmanager = new()
            {
                Route = new() { Receiver = "team", GroupBy = ["alertname", "job"] },
                Receivers = [new() { Name = "team" }],
            },
            Receivers = [new() { Name = "team" }],
        }
    );

    public static async Task RunAsync(int rounds)
    {
        for (var round = 0; round < rounds; round++)
        {
            await MeasureAsync("memory", new MemoryStore(Rules));

            var folder = Directory.CreateTempSubdirectory("alerthub-benchmark-").FullName;
            await using (
                var store = await SqliteStore.OpenAsync(
                    folder,
                    Rules,
                    TimeProvider.System,
                    NullLogger<SqliteStore>.Instance,
                    default
                )
            )
            {
                await MeasureAsync("sqlite", store);
            }

            // A process of its own: one that has run for a while has compiled everything.
            using (var other = Process.Start("dotnet", [typeof(StoreLoad).Assembly.Location, "store", "open", folder]))
            {
                await other.WaitForExitAsync();
            }

            Console.WriteLine($"{new DirectoryInfo(folder).EnumerateFiles().Sum(f => f.Length) / 1024 / 1024} MiB");
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>How long a start waits for what is stored.</summary>
    public static async Task OpenAsync(string folder)
    {
        var started = Stopwatch.GetTimestamp();
        await using var store = await SqliteStore.OpenAsync(
            folder,
            Rules,
            TimeProvider.System,
            NullLogger<SqliteStore>.Instance,
            default
        );
        Console.WriteLine(
            $"sqlite opens with {(await store.ReadAsync(default)).Alerts.Count} alerts in {Stopwatch.GetElapsedTime(started).TotalMilliseconds:0} ms"
        );
    }

    private static async Task MeasureAsync(string name, IAlertStore store)
    {
        var gc = GC.GetTotalPauseDuration();
        foreach (var what in (string[])["new", "again", "again"])
        {
            var before = GC.GetTotalAllocatedBytes();
            var started = Stopwatch.GetTimestamp();
            await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(() => SendAsync(store, writer))));
            var elapsed = Stopwatch.GetElapsedTime(started);
            var count = Writers * Together * Requests;
            Console.WriteLine(
                $"{name} {what}: {count / elapsed.TotalSeconds:N0} alerts/s, {(GC.GetTotalAllocatedBytes() - before) / count:N0} bytes each, in {elapsed.TotalMilliseconds:0} ms"
            );
        }

        Console.WriteLine(
            $"{name}: paused {(GC.GetTotalPauseDuration() - gc).TotalMilliseconds:0} ms, {GC.CollectionCount(0)} collections so far"
        );
    }

    private static async Task SendAsync(IAlertStore store, int writer)
    {
        for (var request = 0; request < Requests; request++)
        {
            var now = DateTimeOffset.UtcNow;
            var alerts = new TrackedAlert[Together];
            for (var i = 0; i < Together; i++)
            {
                alerts[i] = Alert(string.Create(CultureInfo.InvariantCulture, $"{writer}-{request}-{i}"), i, now);
            }

            await store.IngestAsync([new(null, alerts)], now, default);
        }
    }

    private static readonly DateTimeOffset Since = DateTimeOffset.UtcNow;

    private static TrackedAlert Alert(string name, int i, DateTimeOffset now) =>
        new()
        {
            Alert = new()
            {
                Labels = Labels.Of(
                    new Label("alertname", "HighLatency"),
                    new Label("cluster", "eu-west-1"),
                    new Label("instance", $"node-{name}.example.com:9100"),
                    new Label("job", $"service-{i % 20}"),
                    new Label("severity", "warning")
                ),
                Annotations = Labels.Of(
                    new Label("summary", "Latency is high"),
                    new Label("description", $"The 99th percentile on {name} has been above 500 ms for ten minutes.")
                ),
                StartsAt = Since,
                EndsAt = now.AddMinutes(4),
                GeneratorUrl = new("http://prometheus.example.com:9090/graph?g0.expr=latency%3E0.5&g0.tab=1"),
            },
            UpdatedAt = now,
        };
}
