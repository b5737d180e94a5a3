using System.Diagnostics;
using System.Globalization;
using System.Text;
using Tests.Support;

namespace Benchmarks;

/// <summary>
/// The engine beside Alertmanager 0.25, whole processes in turn: alerts accepted, memory, listing, start, and how late a
/// notification is. Ours has everything on the disk before it answers; Alertmanager keeps alerts in memory.
/// </summary>
internal static class EngineSideBySide
{
    private const int Notifications = 60;
    private static readonly TimeSpan GroupWait = TimeSpan.FromMilliseconds(300);

    private sealed record Contender(EngineProgram Program)
    {
        private readonly Dictionary<string, List<double>> measures = [];

        public void Add(string measure, double value)
        {
            if (!measures.TryGetValue(measure, out var values))
            {
                measures[measure] = values = [];
            }

            values.Add(value);
        }

        public IEnumerable<string> Measures => measures.Keys;

        public double Median(string measure) => measures[measure].Order().ElementAt(measures[measure].Count / 2);
    }

    public static async Task RunAsync(int rounds)
    {
        var root = Cdk.Root();
        var managed = Path.Combine(root, "artifacts/benchmarks/local");
        var native = Path.Combine(root, "artifacts/benchmarks/local-native");
        Publish(root, managed, "-p:UseAppHost=false");
        Publish(root, native, "-p:HubPackaging=native", "-p:HubTargetFramework=net9.0");
        List<Contender> contenders =
        [
            new(new EngineProgram("Alertmanager", "/usr/bin/prometheus-alertmanager", "--cluster.listen-address=")),
            new(new EngineProgram("managed", "dotnet", "exec", Path.Combine(managed, "AlertHub.Local.dll"))),
            new(new EngineProgram("native", Path.Combine(native, "AlertHub.Local"))),
        ];
        for (var round = -1; round < rounds; round++)
        {
            foreach (var contender in contenders)
            {
                // The first round fills the page cache and counts for nothing.
                await MeasureAsync(contender, counts: round >= 0);
            }
        }

        Print(contenders, rounds);
    }

    private static async Task MeasureAsync(Contender contender, bool counts)
    {
        var folder = Directory.CreateTempSubdirectory("engine-").FullName;
        await using var sink = await SlackSink.StartAsync();
        await File.WriteAllTextAsync(Path.Combine(folder, "alertmanager.yml"), Config(sink.Webhook));
        void Add(string measure, double value)
        {
            if (counts)
            {
                contender.Add(measure, value);
            }
        }

        using (var empty = await EngineContender.StartAsync(contender.Program, folder))
        {
            Add("start, empty, ms", empty.Start.TotalMilliseconds);
            await LateAsync(empty, sink, Add);
            await LoadAsync(empty, Add);
        }

        using var full = await EngineContender.StartAsync(contender.Program, folder);
        Add("start after 100,000 alerts (Alertmanager: none kept), ms", full.Start.TotalMilliseconds);
        Directory.Delete(folder, recursive: true);
    }

    private static async Task LoadAsync(EngineContender process, Action<string, double> add)
    {
        const int few = 9_984;
        const int half = 49_984;
        const int all = 99_968;
        var now = DateTimeOffset.UtcNow;
        await AlertLoad.Of(0, few, now, now).PostAsync(process.Port);
        await SettleAsync();
        add("resident at 10,000 alerts, MiB", process.ResidentMiB);
        add("GET /api/v2/alerts of 10,000, ms", await ListAsync(process.Port));

        // What is measured is the speed that lasts: .NET compiles what runs often a second time, when it has a moment.
        await AlertLoad.Of(few, half - few, now, now).PostAsync(process.Port);
        await SettleAsync();
        await MeasureAsync("new", AlertLoad.Of(half, all - half, now, now));
        add("resident at 100,000 alerts, MiB", process.ResidentMiB);

        await AlertLoad.Of(0, half, now, DateTimeOffset.UtcNow).PostAsync(process.Port);
        await SettleAsync();
        await MeasureAsync("re-sent", AlertLoad.Of(0, all, now, DateTimeOffset.UtcNow));
        add("resident after re-sends, MiB", process.ResidentMiB);

        async Task MeasureAsync(string kind, AlertLoad load)
        {
            var processor = process.Processor;
            var took = await load.PostAsync(process.Port);
            add($"{kind} alerts a second", load.Alerts / took.TotalSeconds);
            await SettleAsync();
            var spent = process.Processor - processor;
            add($"processor time per 1,000 {kind} alerts, ms", spent.TotalMilliseconds / load.Alerts * 1000);
        }
    }

    /// <summary>Alertmanager's dispatcher and our collector work on after the answer.</summary>
    private static Task SettleAsync() => Task.Delay(TimeSpan.FromSeconds(2));

    private static async Task<double> ListAsync(int port)
    {
        using var client = new HttpClient();
        var times = new List<double>();
        for (var i = 0; i < 11; i++)
        {
            var startedAt = Stopwatch.GetTimestamp();
            var body = await client.GetByteArrayAsync($"http://127.0.0.1:{port}/api/v2/alerts");
            times.Add(Stopwatch.GetElapsedTime(startedAt).TotalMilliseconds);
            if (body.Length < 1_000_000)
            {
                throw new InvalidOperationException($"{body.Length} bytes are not 10,000 alerts");
            }
        }

        return times.Order().ElementAt(times.Count / 2);
    }

    /// <summary>How long after group_wait a notification arrives, counted from when the alert was sent.</summary>
    private static async Task LateAsync(EngineContender process, SlackSink sink, Action<string, double> add)
    {
        using var client = new HttpClient();
        var late = new List<double>();
        for (var i = 0; i < Notifications; i++)
        {
            using var body = new StringContent(
                $$$"""[{"labels":{"alertname":"Late","tell":"yes","i":"{{{i}}}"}}]""",
                Encoding.UTF8,
                "application/json"
            );
            var sentAt = Stopwatch.GetTimestamp();
            using var answer = await client.PostAsync($"http://127.0.0.1:{process.Port}/api/v2/alerts", body);
            answer.EnsureSuccessStatusCode();
            late.Add((Stopwatch.GetElapsedTime(sentAt, sink.Next()) - GroupWait).TotalMilliseconds);
        }

        late.Sort();
        add("notification after group_wait, median, ms", late[late.Count / 2]);
        add("the slowest of 60, ms", late[^1]);
    }

    private static string Config(string webhook) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            route:
              receiver: sink
              group_by: [alertname]
              group_wait: 1h
              routes:
              - matchers: [tell="yes"]
                group_by: [i]
                group_wait: {{GroupWait.TotalMilliseconds}}ms
                group_interval: 1h
            receivers:
            - name: sink
              webhook_configs:
              - url: {{webhook}}
            """
        );

    private static void Publish(string root, string folder, params string[] properties)
    {
        using var publish = Process.Start(
            "dotnet",
            [
                "publish",
                Path.Combine(root, "functions/AlertHub.Local"),
                "-c",
                "Release",
                "-o",
                folder,
                "--nologo",
                "-v",
                "quiet",
                .. properties,
            ]
        );
        publish.WaitForExit();
        if (publish.ExitCode != 0)
        {
            throw new InvalidOperationException("dotnet publish failed");
        }
    }

    private static void Print(List<Contender> contenders, int rounds)
    {
        Console.WriteLine($"\nMedians of {rounds} rounds.\n");
        Console.WriteLine(
            $"| | {string.Join(" | ", contenders.Select(static c => c.Program.Name))} | ratio to Alertmanager |"
        );
        Console.WriteLine($"|---|{string.Concat(contenders.Select(static _ => "---|"))}---|");
        foreach (var measure in contenders[0].Measures)
        {
            var values = contenders.Select(c => c.Median(measure)).ToArray();
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {measure} | {string.Join(" | ", values.Select(static v => v.ToString(v < 100 ? "F1" : "N0", CultureInfo.InvariantCulture)))} | {string.Join(", ", values.Skip(1).Select(v => (v / values[0]).ToString("F2", CultureInfo.InvariantCulture)))} |"
                )
            );
        }
    }
}
