using System.Collections.Concurrent;
using System.Globalization;
using Hosts.Tests.Support;

namespace Hosts.Tests.Local;

public sealed class Crashes : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task What_was_accepted_is_delivered_though_the_process_is_killed_at_any_moment()
    {
        const int rounds = 4;
        const int producers = 8;
        const int seed = 20260314;
        var random = new Random(seed);
        await using var slack = await RecordingSlack.StartAsync();
        var accepted = new ConcurrentBag<string>();
        for (var round = 0; round < rounds; round++)
        {
            await using var hub = await HubProcess.StartAsync(folder.Path, slack.Webhook);
            var killAfter = accepted.Count + random.Next(5, 60);
            var producing = Task.WhenAll(
                Enumerable.Range(0, producers).Select(producer => ProduceAsync(hub, $"r{round}p{producer}"))
            );
            await ReachedAsync(() => accepted.Count >= killAfter);
            hub.Child.Signal(ChildProcess.Kill);
            await hub.Child.ExitAsync();
            await producing;
        }

        await using var last = await HubProcess.StartAsync(folder.Path, slack.Webhook);
        await slack.UntilAsync(
            posts => accepted.All(name => posts.Any(p => p.Taken && p.Shows($"{name}x"))),
            string.Create(
                CultureInfo.InvariantCulture,
                $"delivery of all {accepted.Count} accepted messages (seed {seed})"
            )
        );
        // At least once: only what was under way at the moment of a kill may come twice.
        var twice = accepted.Count(name => slack.Posts.Count(p => p.Taken && p.Shows($"{name}x")) > 1);
        Assert.InRange(twice, 0, rounds);

        async Task ProduceAsync(HubProcess hub, string producer)
        {
            try
            {
                for (var i = 0; ; i++)
                {
                    // The x ends the name: a1 is not a10.
                    var name = string.Create(CultureInfo.InvariantCulture, $"{producer}m{i}");
                    using var body = Webhook.Body($"{name}x");
                    if ((await hub.PostAsync("/webhook", body)).Status == 200)
                    {
                        accepted.Add(name);
                    }
                }
            }
            catch (HttpRequestException)
            {
                // It was killed.
            }
        }
    }

    [Fact]
    public async Task Where_the_disk_takes_no_more_the_producer_is_told_and_what_was_accepted_stays()
    {
        await using var slack = await RecordingSlack.StartAsync();
        var dead = slack.Webhook.Replace("B00000000", "B99999999", StringComparison.Ordinal);
        var accepted = 0;
        await using (var hub = OnSmallDisk(dead))
        {
            using var http = await ClientAsync(hub);
            for (var i = 0; ; i++)
            {
                Assert.True(i < 100, "the limit was never reached");
                using var body = new StringContent(new string('x', 256 * 1024));
                using var response = await http.PostAsync(new Uri("/webhook", UriKind.Relative), body);
                if (!response.IsSuccessStatusCode)
                {
                    Assert.Equal(503, (int)response.StatusCode);
                    var text = await response.Content.ReadAsStringAsync();
                    Assert.StartsWith("Not stored, send it again later: the disk of", text, StringComparison.Ordinal);
                    break;
                }

                accepted++;
            }
        }

        await using var roomy = await HubProcess.StartAsync(folder.Path, slack.Webhook);
        Assert.EndsWith(
            $"{accepted} messages waiting from before",
            roomy.Child.Written.Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_disk_that_fills_up_during_a_delivery_does_not_make_it_a_flood()
    {
        await using var slack = await RecordingSlack.StartAsync();
        var release = new TaskCompletionSource();
        slack.Script(new SlackAnswer.Hold(release.Task));
        await using var hub = OnSmallDisk(slack.Webhook);
        using var http = await ClientAsync(hub);
        using var first = Webhook.Body("First");
        using var _ = await http.PostAsync(new Uri("/webhook", UriKind.Relative), first);
        await slack.CountAsync(1);

        for (var i = 0; await IsReadyAsync(); i++)
        {
            Assert.True(i < 10_000, "the limit was never reached");
            using var body = new StringContent(new string('x', 256 * 1024));
            using var response = await http.PostAsync(new Uri("/webhook", UriKind.Relative), body);
        }

        release.SetResult();
        await hub.LineAsync("Message 1: what became of it was not recorded, 3 in a row: the disk of");

        Assert.Single(slack.Posts, p => p.Taken);
        Assert.DoesNotContain(slack.Posts, p => !p.Shows("First"));

        // Ready means that a page could be written: until not even that can.
        async Task<bool> IsReadyAsync()
        {
            using var response = await http.GetAsync(new Uri("/-/ready", UriKind.Relative));
            return response.IsSuccessStatusCode;
        }
    }

    /// <summary>
    /// No file may grow beyond 4 MiB (the nearest to a full disk that needs no privileges); the signal that would end
    /// the process is ignored, so that the write fails instead. The runtime's own large mappings are switched off.
    /// </summary>
    private ChildProcess OnSmallDisk(string webhook)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "AlertHub.Local.dll");
        return ChildProcess.Start(
            "bash",
            [
                "-c",
                $"trap '' XFSZ; ulimit -f 4096; exec dotnet exec {program} --web.listen-address 127.0.0.1:0 --storage.path {folder.Path}",
            ],
            new Dictionary<string, string?> { ["SLACK_WEBHOOK_URL"] = webhook, ["DOTNET_EnableWriteXorExecute"] = "0" }
        );
    }

    private static async Task<HttpClient> ClientAsync(ChildProcess hub) =>
        new() { BaseAddress = new((await hub.LineAsync("listens on")).Split(' ', ',')[3]) };

    private static async Task ReachedAsync(Func<bool> holds)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        using var bound = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!holds())
        {
            await timer.WaitForNextTickAsync(bound.Token);
        }
    }
}
