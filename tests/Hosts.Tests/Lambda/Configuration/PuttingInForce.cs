using AlertHub;
using AlertHub.Lambda.Configuration;
using Hosts.Tests.Support;

namespace Hosts.Tests.Lambda.Configuration;

[Collection(SharedDynalite.Name)]
public sealed class PuttingInForce(Dynalite dynalite) : IAsyncLifetime
{
    private static readonly ConfigOrigin Ann = new("ann", "why");

    private ConfigScene scene = null!;

    public async Task InitializeAsync() => scene = await ConfigScene.StartAsync(dynalite);

    public async Task DisposeAsync() => await scene.DisposeAsync();

    private async Task<IReadOnlyList<ConfigEntry>> EntriesAsync() => (await scene.Store.HistoryAsync(default)).Entries;

    [Fact]
    public async Task What_can_be_used_is_prepared_for_under_its_number_put_in_force_and_worked_by()
    {
        var inForce = scene.Open();
        var versions = scene.Versions(inForce.CatchUpAsync);

        var first = await versions.PutAsync(ConfigScene.Text("a"), Ann, null, default);
        var second = await versions.PutAsync(ConfigScene.Text("b"), Ann, null, default);

        Assert.Equal(1, Assert.IsType<ConfigOutcome.Accepted>(first).Entry.Version);
        Assert.Equal(2, Assert.IsType<ConfigOutcome.Accepted>(second).Entry.Version);
        Assert.Equal([1, 2], scene.Prepared.Select(static rules => rules.Version));
        Assert.Equal([1, 2], scene.Used.Select(static used => used.Settings.Rules.Version));
        Assert.Equal(2, (await inForce.GetAsync(default)).Settings.Rules.Version);
    }

    [Fact]
    public async Task Nothing_is_put_in_force_that_is_not_prepared_for()
    {
        var versions = scene.Versions(prepare: static () => throw new StorageUnavailableException("no"));

        await Assert.ThrowsAsync<StorageUnavailableException>(() =>
            versions.PutAsync(ConfigScene.Text("a"), Ann, null, default)
        );

        Assert.Empty(await EntriesAsync());
    }

    [Fact]
    public async Task What_cannot_be_used_is_refused_with_all_that_is_wrong_and_nothing_is_stored()
    {
        var text = ConfigScene.Text("a") with
        {
            Alertmanager = """
                route: {receiver: b}
                receivers: [{name: a, slack_configs: [{api_url: 'https://hooks.slack.com/services/x', channel: c}]}]
                templates: ['*.tmpl']
                """,
            Hub = "routes: [{name: x}]",
        };

        var outcome = await scene.Versions().PutAsync(text, Ann, null, default);

        var objections = Assert.IsType<ConfigOutcome.Refused>(outcome).Objections;
        Assert.True(objections.Count >= 3);
        Assert.Contains(objections, static o => o.StartsWith("alertmanager.yml:1:", StringComparison.Ordinal));
        Assert.Contains(objections, static o => o.StartsWith("hub.yml:1:", StringComparison.Ordinal));
        Assert.DoesNotContain(objections, static o => o.Contains("services/x", StringComparison.Ordinal));
        Assert.Equal(objections, scene.Versions().Check(text).Objections);
        Assert.Empty(await EntriesAsync());
        Assert.Empty(scene.Prepared);
    }

    [Fact]
    public async Task What_its_author_should_know_is_said_when_it_is_checked_and_when_it_is_put_in_force()
    {
        var text = new ConfigText
        {
            Alertmanager =
                "route: {receiver: a}\nreceivers: [{name: a, discord_configs: [{webhook_url: 'ssm:/alerthub/secrets/d'}]}]\ntemplates: [none]",
        };

        var check = scene.Versions().Check(text);
        var outcome = await scene.Versions().PutAsync(text, Ann, null, default);

        Assert.Empty(check.Objections);
        Assert.Contains(check.Warnings, static w => w.Contains("discord", StringComparison.Ordinal));
        Assert.Contains(check.Warnings, static w => w.Contains("no template file", StringComparison.Ordinal));
        Assert.Equal(check.Warnings, Assert.IsType<ConfigOutcome.Accepted>(outcome).Warnings);
    }

    [Fact]
    public async Task Whoever_expects_another_version_in_force_is_told_which_is()
    {
        var versions = scene.Versions();

        Assert.Null(
            Assert
                .IsType<ConfigOutcome.Outdated>(await versions.PutAsync(ConfigScene.Text("a"), Ann, 1, default))
                .Current
        );
        await versions.PutAsync(ConfigScene.Text("a"), Ann, null, default);
        Assert.IsType<ConfigOutcome.Accepted>(await versions.PutAsync(ConfigScene.Text("b"), Ann, 1, default));
        var late = await versions.PutAsync(ConfigScene.Text("c"), Ann, 1, default);

        Assert.Equal(2, Assert.IsType<ConfigOutcome.Outdated>(late).Current!.Version);
        Assert.Equal(2, (await EntriesAsync()).Count);
    }

    [Fact]
    public async Task Whoever_is_overtaken_is_told()
    {
        var overtaken = scene.Versions(prepare: () =>
            scene.AppendAsync(ConfigScene.Text("b"), "ben").GetAwaiter().GetResult()
        );

        Assert.IsType<ConfigOutcome.Conflict>(await overtaken.PutAsync(ConfigScene.Text("a"), Ann, null, default));

        Assert.Equal("ben", Assert.Single(await EntriesAsync()).By);
    }

    [Fact]
    public async Task What_is_too_large_to_be_stored_is_said_to_be()
    {
        var noise = Convert.ToBase64String(new Random(1).GetItems(Bytes, ConfigStore.LongestPackedBytes + 10_000));

        var outcome = await scene
            .Versions()
            .PutAsync(ConfigScene.Text("a") with { Hub = $"# {noise}" }, Ann, null, default);

        var large = Assert.IsType<ConfigOutcome.TooLarge>(outcome);
        Assert.Contains($"{large.Bytes} bytes", large.Reason, StringComparison.Ordinal);
        Assert.Empty(await EntriesAsync());
    }

    private static readonly byte[] Bytes = [.. Enumerable.Range(0, 256).Select(static i => (byte)i)];

    [Fact]
    public async Task A_rollback_is_a_new_version_with_what_the_old_one_says()
    {
        var versions = scene.Versions();
        await versions.PutAsync(ConfigScene.Text("a"), Ann, null, default);
        await versions.PutAsync(ConfigScene.Text("b"), Ann, null, default);

        var outcome = await versions.RollbackAsync(1, new("ben", "b was wrong"), default);

        var entry = Assert.IsType<ConfigOutcome.Accepted>(outcome).Entry;
        Assert.Equal((3, "ben", "b was wrong"), (entry.Version, entry.By, entry.Note));
        Assert.Equal(ConfigScene.Text("a").Alertmanager, (await versions.ReadAsync(entry, default))!.Alertmanager);
        Assert.IsType<ConfigOutcome.Unknown>(await versions.RollbackAsync(4, Ann, default));
        Assert.IsType<ConfigOutcome.Unknown>(await versions.RollbackAsync(0, Ann, default));
    }

    [Fact]
    public async Task A_rollback_to_what_cannot_be_used_any_more_is_refused()
    {
        await scene.AppendAsync(new() { Alertmanager = "of_long_ago: true" });
        await scene.AppendAsync(ConfigScene.Text("a"));

        Assert.IsType<ConfigOutcome.Refused>(await scene.Versions().RollbackAsync(1, Ann, default));
        Assert.Equal(2, (await EntriesAsync()).Count);
    }

    [Fact]
    public async Task It_is_in_force_whether_or_not_this_environment_can_find_out_at_once()
    {
        var versions = scene.Versions(static (_, _) => throw new StorageUnavailableException("not now"));

        Assert.IsType<ConfigOutcome.Accepted>(await versions.PutAsync(ConfigScene.Text("a"), Ann, null, default));
    }
}
