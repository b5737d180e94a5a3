using System.Globalization;
using AlertHub;
using AlertHub.Lambda.Configuration;
using Amazon.DynamoDBv2.Model;
using Hosts.Tests.Support;

namespace Hosts.Tests.Lambda.Configuration;

[Collection(SharedDynalite.Name)]
public sealed class StoredConfigurations(Dynalite dynalite) : IAsyncLifetime
{
    private ConfigScene scene = null!;

    public async Task InitializeAsync() => scene = await ConfigScene.StartAsync(dynalite);

    public async Task DisposeAsync() => await scene.DisposeAsync();

    private async Task<List<string>> KeysAsync() =>
        [.. (await scene.Client.ScanAsync(new ScanRequest(scene.Table))).Items.Select(static item => item["sk"].S)];

    private Task<ConfigEntry?> AppendAsync(ConfigHistory history, string receiver) =>
        scene.Store.AppendAsync(history, ConfigScene.Text(receiver), new("ann", $"for {receiver}"), default);

    [Fact]
    public async Task Before_the_first_there_is_none()
    {
        var history = await scene.Store.HistoryAsync(default);

        Assert.Null(history.Current);
        Assert.Null(history.Revision);
        Assert.Null(history.Seed);
    }

    [Fact]
    public async Task What_is_put_is_read_again_with_whose_it_is()
    {
        var text = ConfigScene.Text("a") with
        {
            Hub = "",
            Templates = new Dictionary<string, string> { ["slack.tmpl"] = "{{ define \"é\" }}𝄞{{ end }}" },
        };

        var entry = await scene.Store.AppendAsync(new(), text, new("deployment", "first", "0123"), default);
        await AppendAsync(await scene.Store.HistoryAsync(default), "b");

        var history = await scene.Store.HistoryAsync(default);
        Assert.Equal([1L, 2L], history.Entries.Select(static each => each.Version));
        Assert.Equal(entry, history.Find(1));
        Assert.Equal(("deployment", "first", ConfigScene.Start), (entry!.By, entry.Note, entry.At));
        Assert.Equal(("ann", "for b"), (history.Current!.By, history.Current.Note));
        Assert.Equal("0123", history.Seed);
        var read = await scene.Store.ReadAsync(entry, default);
        Assert.Equal(text with { Templates = read!.Templates }, read);
        Assert.Equal(text.Templates, read.Templates);
    }

    [Fact]
    public async Task Of_two_who_put_one_at_once_the_later_is_told_and_leaves_nothing()
    {
        var history = await scene.Store.HistoryAsync(default);

        Assert.NotNull(await AppendAsync(history, "a"));
        Assert.Null(await AppendAsync(history, "b"));

        var now = await scene.Store.HistoryAsync(default);
        Assert.Equal("for a", Assert.Single(now.Entries).Note);
        Assert.Equal(["history", now.Current!.Sort], await KeysAsync());
    }

    [Fact]
    public async Task Whoever_does_not_hear_that_it_is_in_force_finds_out()
    {
        scene.Gate.Verdict = static (operation, before) =>
            operation == "PutItem" && before == 1 ? new GateVerdict.Unheard() : GateVerdict.Pass;

        var entry = await AppendAsync(new(), "a");

        Assert.Equal("BatchWriteItem PutItem PutItem BatchGetItem", string.Join(' ', scene.Gate.Operations));
        Assert.Equal(entry, (await scene.Store.HistoryAsync(default)).Current);
        Assert.NotNull(await scene.Store.ReadAsync(entry!, default));
    }

    [Fact]
    public async Task It_is_in_force_whether_or_not_an_old_one_can_be_deleted()
    {
        await FillAsync(ConfigStore.MostKept);
        scene.Gate.Reset();
        scene.Gate.Verdict = static (operation, before) =>
            operation == "BatchWriteItem" && before > 1
                ? new GateVerdict.Refused(400, "AccessDeniedException")
                : GateVerdict.Pass;

        Assert.NotNull(await AppendAsync(await scene.Store.HistoryAsync(default), "last"));
        Assert.Equal("BatchGetItem BatchWriteItem PutItem BatchWriteItem", string.Join(' ', scene.Gate.Operations));
    }

    [Fact]
    public async Task The_oldest_are_deleted_and_what_was_last_deployed_is_remembered()
    {
        var first = await scene.Store.AppendAsync(new(), ConfigScene.Text("a"), new("deployment", "", "0123"), default);
        await FillAsync(ConfigStore.MostKept + 1);

        var history = await scene.Store.HistoryAsync(default);
        Assert.Equal(
            Enumerable.Range(3, ConfigStore.MostKept).Select(static version => (long)version),
            history.Entries.Select(static entry => entry.Version)
        );
        Assert.Equal("0123", history.Seed);
        Assert.Null(await scene.Store.ReadAsync(first!, default));
        Assert.Equal(ConfigStore.MostKept + 1, (await KeysAsync()).Count);
    }

    /// <summary>Each environment does it each five seconds: 1 unit is 4 KB.</summary>
    [Fact]
    public async Task To_look_at_a_long_history_costs_one_read_unit_and_with_a_long_note_each_two()
    {
        await FillAsync(ConfigStore.MostKept);
        scene.Gate.Reset();
        await scene.Store.HistoryAsync(default);
        Assert.Equal(1, scene.Gate.ReadUnits);

        await FillAsync(
            ConfigStore.MostKept,
            static i =>
            {
                var random = new Random(i);
                return string.Join(' ', Enumerable.Range(0, 30).Select(_ => Words[random.Next(Words.Length)]))
                    .PadRight(ConfigOrigin.LongestNote)[..ConfigOrigin.LongestNote];
            }
        );
        scene.Gate.Reset();
        await scene.Store.HistoryAsync(default);
        Assert.InRange(scene.Gate.ReadUnits, 1, 2);
    }

    private static readonly string[] Words =
        "the of and to routes alerts for team database silence because page on call after incident repeat interval longer shorter receiver rename remove add template slack channel quiet during maintenance window old new fix".Split(
            ' '
        );

    private async Task FillAsync(int count, Func<int, string>? note = null)
    {
        var history = await scene.Store.HistoryAsync(default);
        for (var i = 0; i < count; i++)
        {
            scene.Clock.Advance(TimeSpan.FromSeconds((i * 7919) + 1));
            await scene.Store.AppendAsync(
                history,
                ConfigScene.Text("a"),
                new(
                    "someone-with-a-name",
                    note?.Invoke(i) ?? string.Create(CultureInfo.InvariantCulture, $"change {i}")
                ),
                default
            );
            history = await scene.Store.HistoryAsync(default);
        }
    }

    [Theory]
    [InlineData("no attribute", "the history of configurations is damaged", "it has no entries")]
    [InlineData("no revision", "the history of configurations is damaged", "it has no revision")]
    [InlineData("noise", "the history of configurations is damaged", "restore the table")]
    [InlineData("cut", "the history of configurations is damaged", "restore the table")]
    [InlineData("another form", "the history of configurations is damaged or was written by a newer AlertHub", "")]
    public async Task A_damaged_history_is_said_to_be(string damage, params string[] words)
    {
        await AppendAsync(new(), "a");
        await DamageAsync("history", "entries", damage);

        var e = await Assert.ThrowsAsync<FormatException>(() => scene.Store.HistoryAsync(default));

        Assert.All(words, word => Assert.Contains(word, e.Message, StringComparison.Ordinal));
        Assert.Contains(scene.Table, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no attribute", "it has no body")]
    [InlineData("noise", "restore the table")]
    [InlineData("cut", "restore the table")]
    [InlineData("another form", "written by a newer AlertHub")]
    public async Task A_damaged_version_is_said_to_be(string damage, string words)
    {
        var entry = await AppendAsync(new(), "a");
        await DamageAsync(entry!.Sort, "body", damage);

        var e = await Assert.ThrowsAsync<FormatException>(() => scene.Store.ReadAsync(entry, default));

        Assert.Contains("version 1 of the configuration is damaged", e.Message, StringComparison.Ordinal);
        Assert.Contains(words, e.Message, StringComparison.Ordinal);
    }

    private async Task DamageAsync(string sort, string attribute, string damage)
    {
        var key = new Dictionary<string, AttributeValue> { ["pk"] = new("config"), ["sk"] = new(sort) };
        var item = (await scene.Client.GetItemAsync(scene.Table, key, consistentRead: true)).Item;
        var bytes = item[attribute].B.ToArray();
        _ = damage switch
        {
            "no attribute" => item.Remove(attribute),
            "no revision" => item.Remove("rev"),
            "noise" => Put([0xFF, 0x01, 0xFE, 0x02, 0x03]),
            "cut" => Put(bytes[..(bytes.Length / 2)]),
            _ => Put(Packed.Of(new RollbackBody { Version = 1 }, ConfigBodyJson.Default.RollbackBody)),
        };
        await scene.Client.PutItemAsync(scene.Table, item);

        bool Put(byte[] damaged)
        {
            item[attribute] = new() { B = new MemoryStream(damaged) };
            return true;
        }
    }

    [Fact]
    public async Task Where_nothing_can_be_written_nothing_is_in_force()
    {
        scene.Gate.Verdict = static (operation, _) =>
            operation == "PutItem" ? new GateVerdict.Refused(400, "AccessDeniedException") : GateVerdict.Pass;

        await Assert.ThrowsAsync<StorageUnavailableException>(() => AppendAsync(new(), "a"));

        Assert.Null((await scene.Store.HistoryAsync(default)).Current);
    }

    [Fact]
    public void Another_text_has_another_hash_and_the_order_of_templates_makes_none()
    {
        static ConfigText Of(string alertmanager, string? hub, params (string, string)[] templates) =>
            new()
            {
                Alertmanager = alertmanager,
                Hub = hub,
                Templates = templates.ToDictionary(static t => t.Item1, static t => t.Item2),
            };

        string[] hashes =
        [
            Of("a", null).Hash(),
            Of("", "a").Hash(),
            Of("a", "b").Hash(),
            Of("ab", null).Hash(),
            Of("a", "b", ("c", "d")).Hash(),
            Of("a", "b", ("cd", "")).Hash(),
            Of("a", "b", ("c", "d"), ("e", "f")).Hash(),
        ];

        Assert.Equal(hashes.Length, hashes.Distinct().Count());
        Assert.Equal(hashes[^1], Of("a", "b", ("e", "f"), ("c", "d")).Hash());
        Assert.All(hashes, static hash => Assert.Equal(16, hash.Length));
    }
}
