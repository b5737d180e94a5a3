using Hosts.Tests.Support;

namespace Hosts.Tests.Local.EndToEnd;

/// <summary>A hub behind an Alertmanager, or another hub, that posts to its /webhook and repeats itself.</summary>
public sealed class BehindAnother : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("Alertmanager")]
    [InlineData("AlertHub")]
    public async Task What_the_other_repeats_is_told_once_and_so_is_its_end(string other)
    {
        await using var webhooks = await RecordingWebhooks.StartAsync();
        await using var hub = await LastingHub.StartAsync(
            $$"""
            route: {receiver: hook, group_by: [alertname], group_wait: 50ms, group_interval: 100ms, repeat_interval: 1h}
            receivers: [{name: hook, webhook_configs: [{url: '{{webhooks.Address}}'}]}]
            """
        );
        var config = folder.File("other.yml");
        await File.WriteAllTextAsync(
            config,
            $$"""
            route: {receiver: hub, group_by: [site], group_wait: 50ms, group_interval: 100ms, repeat_interval: 200ms}
            receivers: [{name: hub, webhook_configs: [{url: '{{hub.Address}}webhook'}]}]
            """
        );
        await using var upstream = await AlertmanagerProcess.StartAsync(
            other == "AlertHub" ? AlertmanagerProgram.AlertHub : AlertmanagerProgram.Real,
            config,
            folder.File("other")
        );

        await PostAsync(Alert("Goes"), Alert("Stays"));
        await webhooks.UntilAsync(static posts => Told.Of(posts).Count >= 2, "both");
        await RepeatedAsync();
        Assert.Equal(await FingerprintsAsync(upstream.Api), await FingerprintsAsync(hub.Api));
        var before = Told.Of(webhooks.Posts);
        Assert.Equal([("Goes", "firing"), ("Stays", "firing")], before.Select(static t => (t.Name, t.Status)).Order());

        await PostAsync(Alert("Goes", $",\"endsAt\":\"{DateTimeOffset.UtcNow:O}\""));
        await webhooks.UntilAsync(
            static posts => Told.Of(posts).Any(static told => told.Is("Goes", "resolved")),
            "the end"
        );
        await RepeatedAsync();
        // Recorded, too: killed before that, it would rightly tell it once more.
        await hub.Child.LineAsync("0 firing, 1 resolved");
        await hub.KillAsync();
        await hub.RestartAsync();
        await RepeatedAsync();

        var after = Told.Of(webhooks.Posts).Skip(2);
        Assert.Equal([("Goes", "resolved")], after.Select(static told => (told.Name, told.Status)));

        // More often than once after now, even if one is under way.
        async Task RepeatedAsync()
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            for (var until = await CountAsync() + 3; await CountAsync() < until; )
            {
                await Task.Delay(20, patience.Token);
            }
        }

        Task<double> CountAsync() =>
            upstream.Api.MetricAsync("alertmanager_notifications_total", "integration=\"webhook\"");

        async Task PostAsync(params string[] alerts)
        {
            var answer = await upstream.Api.PostAlertsAsync($"[{string.Join(',', alerts)}]");
            Assert.True(answer.Status == 200, $"{answer}");
        }

        static string Alert(string name, string end = "") =>
            $$$"""{"labels":{"alertname":"{{{name}}}","site":"north"},"startsAt":"2026-03-14T03:00:00Z"{{{end}}}}""";

        static async Task<IEnumerable<string>> FingerprintsAsync(AlertmanagerApi api) =>
            (await api.AlertsAsync([])).Json.AsArray().Select(static alert => $"{alert!["fingerprint"]}").Order();
    }
}
