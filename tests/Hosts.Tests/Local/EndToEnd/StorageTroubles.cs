using Hosts.Tests.Support;

namespace Hosts.Tests.Local.EndToEnd;

/// <summary>While nothing can be stored, producers are told to come again; nothing is half done, and no restart is needed.</summary>
public sealed class StorageTroubles
{
    private const string Refused = """[{"labels":{"alertname":"Refused"}}]""";

    [Fact]
    public async Task While_another_program_locks_the_storage()
    {
        await using var webhooks = await RecordingWebhooks.StartAsync();
        await using var hub = await LastingHub.StartAsync(Config(webhooks));
        await hub.PostAsync("""[{"labels":{"alertname":"Before"}}]""");
        // Recorded, too, or it would rightly be told once more.
        await hub.Child.LineAsync(": delivered");

        await using (var other = Storage.Open(Path.Combine(hub.Storage, "alerthub.db")))
        await using (var transaction = other.BeginTransaction(deferred: false))
        {
            await RefusesAsync(hub, "is locked by another program; close that");
            await transaction.RollbackAsync();
        }

        await RecoversAsync(hub, webhooks);
    }

    /// <summary>
    /// No file may grow, the nearest to a full disk that needs no privileges. The signal that would end the process is
    /// ignored, so that the write fails instead, and the runtime's own large mappings are switched off.
    /// </summary>
    [Fact]
    public async Task While_the_disk_is_full()
    {
        await using var webhooks = await RecordingWebhooks.StartAsync();
        await using var hub = await LastingHub.StartAsync(
            Config(webhooks),
            new(
                "AlertHub on a small disk",
                "bash",
                "-c",
                "trap '' XFSZ; export DOTNET_EnableWriteXorExecute=0; exec dotnet \"$@\"",
                "bash",
                "exec",
                AlertmanagerProgram.AlertHub.Arguments[^1]
            )
        );
        await hub.PostAsync("""[{"labels":{"alertname":"Before"}}]""");
        // Recorded, too, or it would rightly be told once more.
        await hub.Child.LineAsync(": delivered");

        await LimitAsync("4096");
        await RefusesAsync(hub, hub.Storage);
        await LimitAsync("unlimited");

        await RecoversAsync(hub, webhooks);

        async Task LimitAsync(string bytes)
        {
            await using var prlimit = ChildProcess.Start("prlimit", ["--pid", $"{hub.Child.Id}", $"--fsize={bytes}:"]);
            Assert.True(await prlimit.ExitAsync() == 0, prlimit.Written.Errors);
        }
    }

    private static async Task RefusesAsync(LastingHub hub, string reason)
    {
        var answer = await hub.Api.PostAlertsAsync(Refused);
        Assert.True(answer.Status == 503, $"{answer}");
        Assert.Contains(reason, answer.Body, StringComparison.Ordinal);
        var silence = await hub.Api.PostSilenceAsync(
            """
            {"matchers":[{"name":"alertname","value":"Before","isRegex":false}],"startsAt":"2026-01-01T00:00:00Z",
             "endsAt":"2036-01-01T00:00:00Z","createdBy":"me","comment":"refused"}
            """
        );
        Assert.True(silence.Status == 503, $"{silence}");
        var ready = await hub.Api.GetAsync("-/ready");
        Assert.True(ready.Status == 503, $"{ready}");
        Assert.Contains(reason, ready.Body, StringComparison.Ordinal);
        Assert.Equal(200, (await hub.Api.GetAsync("-/healthy")).Status);

        // What it has it still shows, and nothing of what it refused.
        Assert.Equal(["Before"], await NamesAsync(hub));
        Assert.Empty((await hub.Api.SilencesAsync([])).Json.AsArray());
    }

    private static async Task RecoversAsync(LastingHub hub, RecordingWebhooks webhooks)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while ((await hub.Api.GetAsync("-/ready", patience.Token)).Status != 200)
        {
            await Task.Delay(20, patience.Token);
        }

        await hub.PostAsync("""[{"labels":{"alertname":"After"}}]""");
        await webhooks.ArrivedAsync("After");
        await hub.Child.LineAsync("\"After\\\"}, webhook[0]: delivered");
        await hub.KillAsync();
        await hub.RestartAsync();
        Assert.Equal(["After", "Before"], await NamesAsync(hub));
        await hub.PostAsync("""[{"labels":{"alertname":"Last"}}]""");
        await webhooks.ArrivedAsync("Last");
        Assert.Equal(["Before", "After", "Last"], Told.Of(webhooks.Posts).Select(static told => told.Name));
    }

    private static async Task<IEnumerable<string>> NamesAsync(LastingHub hub) =>
        (await hub.Api.AlertsAsync([]))
            .Json.AsArray()
            .Select(static alert => $"{alert!["labels"]!["alertname"]}")
            .Order();

    private static string Config(RecordingWebhooks webhooks) =>
        $$"""
            route: {receiver: hook, group_by: [alertname], group_wait: 0s, group_interval: 100ms, repeat_interval: 1h}
            receivers: [{name: hook, webhook_configs: [{url: '{{webhooks.Address}}'}]}]
            """;
}
