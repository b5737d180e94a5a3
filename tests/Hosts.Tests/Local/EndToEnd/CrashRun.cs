using System.Collections.Concurrent;
using System.Globalization;
using Hosts.Tests.Support;

namespace Hosts.Tests.Local.EndToEnd;

/// <summary>
/// A hub under a load of alerts that come and go, killed at moments that a seed decides, and the model it is held against:
/// what was acknowledged. Whoever posts an alert repeats it until it is, as Prometheus does.
/// </summary>
internal sealed class CrashRun(int seed, RecordingWebhooks webhooks, LastingHub hub) : IAsyncDisposable
{
    private const int Groups = 4;
    private const int Producers = 3;
    private const int AlertsOfEach = 4;
    private const int Steps = 10;
    private const int Rounds = 2;

    private readonly string path = Path(seed);
    private readonly ConcurrentDictionary<(string Name, DateTimeOffset StartsAt, string Status), bool> posted = [];
    private int acknowledged;
    private int kills;

    private readonly Series[][] series =
    [
        .. Enumerable
            .Range(0, Producers)
            .Select(producer =>
                Enumerable.Range(0, AlertsOfEach).Select(i => new Series($"s{seed}p{producer}a{i}", i)).ToArray()
            ),
    ];

    public static async Task<CrashRun> StartAsync(int seed, RecordingWebhooks webhooks) =>
        new(
            seed,
            webhooks,
            await LastingHub.StartAsync(
                $$"""
                route: {receiver: hook, group_by: [group], group_wait: 50ms, group_interval: 200ms, repeat_interval: 1h}
                receivers: [{name: hook, webhook_configs: [{url: '{{webhooks.Address}}{{Path(seed)[1..]}}'}]}]
                """
            )
        );

    public async Task RunAsync()
    {
        var producing = Task.WhenAll(Enumerable.Range(0, Producers).Select(ProduceAsync));
        await KillAsync(producing);
        await producing;
        await UntilAsync(
            () => series.SelectMany(static s => s).All(IsTold),
            () =>
                $"these are not told as they are: {string.Join(", ", series.SelectMany(static s => s).Where(s => !IsTold(s)))}"
        );

        Assert.All(
            Told.Of(webhooks.Posts, path),
            told => Check(posted.ContainsKey((told.Name, told.StartsAt, told.Status)), () => $"never posted: {told}")
        );
        var twice = webhooks
            .Posts.Where(p => p.Path == path)
            .GroupBy(static p => p.Body)
            .Sum(static g => g.Count() - 1);
        Check(twice <= kills * Groups, () => $"{twice} were told twice");
        var alerts = (await hub.Api.AlertsAsync([])).Json.AsArray();
        Assert.Equal(
            series
                .SelectMany(static s => s)
                .Where(static s => s.Fires)
                .Select(static s => (s.Name, s.StartsAt))
                .Order(),
            alerts
                .Select(static a =>
                    (
                        $"{a!["labels"]!["alertname"]}",
                        DateTimeOffset.Parse($"{a["startsAt"]}", CultureInfo.InvariantCulture)
                    )
                )
                .Order()
        );
    }

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    private static string Path(int seed) => string.Create(CultureInfo.InvariantCulture, $"/seed/{seed}");

    private void Check(bool holds, Func<string> complaint)
    {
        if (!holds)
        {
            Assert.Fail(
                string.Create(CultureInfo.InvariantCulture, $"seed {seed}: {complaint()}\n{hub.Child.Written.Errors}")
            );
        }
    }

    /// <summary>After so many acknowledgements or notifications from now, again and again.</summary>
    private async Task KillAsync(Task producing)
    {
        var random = new Random(seed);
        for (var round = 0; round < Rounds; round++)
        {
            Func<int> count =
                random.Next(2) == 0 ? () => acknowledged : () => webhooks.Posts.Count(p => p.Path == path);
            var until = count() + random.Next(1, 8);
            await UntilAsync(() => count() >= until || producing.IsCompleted, () => "nothing goes on");
            await hub.KillAsync();
            kills++;
            if (random.Next(3) == 0)
            {
                await hub.StartInVainAsync(TimeSpan.FromMilliseconds(random.Next(600)));
                kills++;
            }

            await hub.RestartAsync();
        }
    }

    private async Task ProduceAsync(int producer)
    {
        var random = new Random((seed * 31) + producer);
        for (var step = 0; step < Steps; step++)
        {
            var one = series[producer][random.Next(AlertsOfEach)];
            var now = one.Tick();
            if (one.Fires)
            {
                await PostAsync(one, "resolved", $",\"endsAt\":\"{now:O}\"");
                one.Fires = false;
            }
            else
            {
                one.StartsAt = now;
                await PostAsync(one, "firing", "");
                one.Fires = true;
            }

            // Half of them come and go faster than they can be told.
            if (random.Next(2) == 0)
            {
                await UntilAsync(() => IsTold(one), () => $"not told as it is: {one}");
            }
        }
    }

    private async Task PostAsync(Series one, string status, string end)
    {
        posted[(one.Name, one.StartsAt, status)] = true;
        var body =
            $$$"""[{"labels":{"alertname":"{{{one.Name}}}","group":"{{{one.Group % Groups}}}"},"startsAt":"{{{one.StartsAt:O}}}"{{{end}}}}]""";
        await UntilAsync(PostedAsync, () => $"nobody took {body}");
        Interlocked.Increment(ref acknowledged);

        async Task<bool> PostedAsync()
        {
            try
            {
                var answer = await hub.Api.PostAlertsAsync(body);
                Check(answer.Status is 200 or 503, () => $"{body} was answered {answer}");
                return answer.Status == 200;
            }
            catch (HttpRequestException)
            {
                // It was killed, or is not there again yet.
                return false;
            }
        }
    }

    /// <summary>
    /// The last word about it is what is so. What came and went between two flushes needs none, and neither does what went
    /// and came again.
    /// </summary>
    private bool IsTold(Series one) =>
        Told.Of(webhooks.Posts, path).LastOrDefault(told => told.Name == one.Name)?.Status == "firing" == one.Fires;

    private Task UntilAsync(Func<bool> holds, Func<string> complaint) =>
        UntilAsync(() => Task.FromResult(holds()), complaint);

    private async Task UntilAsync(Func<Task<bool>> holds, Func<string> complaint)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await holds())
        {
            Check(!patience.IsCancellationRequested, complaint);
            await Task.Delay(5);
        }
    }

    private sealed class Series(string name, int group)
    {
        private long last;

        public string Name => name;

        public int Group => group;

        public DateTimeOffset StartsAt { get; set; }

        public bool Fires { get; set; }

        /// <summary>The time in milliseconds, as the API tells it; never the same twice.</summary>
        public DateTimeOffset Tick()
        {
            last = Math.Max(last + 1, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
            return DateTimeOffset.FromUnixTimeMilliseconds(last);
        }

        public override string ToString() => $"{Name} since {StartsAt:O}, {(Fires ? "fires" : "is over")}";
    }
}
