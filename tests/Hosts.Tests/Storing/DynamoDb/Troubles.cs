using AlertHub;
using AlertHub.Alerts;
using AlertHub.Grouping;
using AlertHub.Lambda.Storage;
using AlertHub.Muting;
using AlertHub.Notifying;
using AlertHub.Storing;
using AlertHub.Tests.Storing;
using Hosts.Tests.Support;

namespace Hosts.Tests.Storing.DynamoDb;

/// <summary>What networks, throttled tables, dying processes and other processes do to a store.</summary>
[Collection(SharedDynalite.Name)]
public sealed class Troubles(Dynalite dynalite) : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 3, 14, 3, 0, 0, TimeSpan.Zero);

    private readonly HubRules rules = HubRules.Compile(RandomChanges.Config(sendsAll: false));
    private static readonly HubRules NewRules = HubRules.Compile(RandomChanges.Config(sendsAll: true), 1);
    private DynamoGate gate = null!;

    public async Task InitializeAsync() => gate = await DynamoGate.StartAsync(dynalite);

    public async Task DisposeAsync() => await gate.DisposeAsync();

    private static TrackedAlert Alert(int number, string name = "A", string team = "c", string summary = "") =>
        new()
        {
            Alert = new()
            {
                Labels = Labels.Of(new("alertname", name), new("n", $"{number}"), new("team", team)),
                Annotations = Labels.Of(new Label("summary", summary)),
                StartsAt = Start,
            },
            UpdatedAt = Start,
        };

    /// <summary>Text that does not pack, so that a few alerts are a large group.</summary>
    private static string Noise(int seed) => Convert.ToBase64String(new Random(seed).GetItems(Bytes, 1000));

    private static readonly byte[] Bytes = [.. Enumerable.Range(0, 256).Select(static i => (byte)i)];

    /// <summary>All kinds of changes: what inhibits, small groups, a large one that is written in parts, messages, silences, other rules.</summary>
    private async Task LiveAsync(DynamoAlertStore store)
    {
        await store.IngestAsync(
            [new("one", [Alert(1, team: "a"), Alert(2, team: "b")]), new("two", [Alert(3), Alert(4, "B")])],
            Start,
            default
        );
        foreach (var some in Enumerable.Range(0, 12).Chunk(3))
        {
            await store.IngestAsync(
                [new(null, [.. some.Select(i => Alert(i, "Large", summary: Noise(i)))])],
                Start,
                default
            );
        }

        var id = rules.Routing.GroupsOf(Alert(0, "Large").Labels)[0].Id;
        await store.DecideAsync(id, (group, muters) => Decided(group, id, muters), default);
        await store.UpdateAsync(
            id,
            static group => group?.Leased(RandomChanges.Webhook, Start.AddHours(1), TimeSpan.FromMinutes(2)) ?? group,
            default
        );
        await store.UpdateSilencesAsync(
            static silences =>
                silences.Find("one") is null
                    ?
                    [
                        new()
                        {
                            Id = "one",
                            Matchers = [AlertHub.Matching.Matcher.Equal("team", "b")],
                            StartsAt = Start,
                            EndsAt = Start.AddHours(1),
                            UpdatedAt = Start,
                        },
                    ]
                    : [],
            default
        );
        await store.UseAsync(NewRules, Start, default);
        await store.RegroupAsync(default);
        await store.PruneAsync(new(), Start.AddMinutes(1), default);
    }

    /// <summary>Whoever comes a second time finds it decided.</summary>
    private Group? Decided(Group? group, GroupId id, Muters muters) =>
        group is { HasFlushed: false }
            ? Flush.Decide(group, group.Due, group.Due, rules.Routing.RouteOf(id)!, muters)!.Next
            : group;

    /// <summary>A process that finds newer rules than its own goes on with them.</summary>
    private async Task LiveOnAsync(DynamoStores stores)
    {
        try
        {
            await LiveAsync(stores.Open(rules, new FixedTime(Start)));
        }
        catch (RulesOutdatedException)
        {
            await LiveAsync(stores.Open(NewRules, new FixedTime(Start)));
        }
    }

    private async Task<string> TextAsync(DynamoStores stores) =>
        StateText.Of(await stores.Open(rules, new FixedTime(Start)).ReadAsync(default));

    private async Task<(string Text, int Requests)> UndisturbedAsync()
    {
        var stores = await DynamoStores.CreateAsync(gate.NewClient());
        gate.Reset();
        await LiveAsync(stores.Open(rules, new FixedTime(Start)));
        var requests = gate.Operations.Count;
        return (await TextAsync(stores), requests);
    }

    private async Task<DynamoStores> FreshAsync()
    {
        gate.Verdict = static (_, _) => GateVerdict.Pass;
        var stores = await DynamoStores.CreateAsync(gate.NewClient());
        gate.Reset();
        return stores;
    }

    [Theory]
    [InlineData("lost")]
    [InlineData("unheard")]
    [InlineData("throttled")]
    [InlineData("failed")]
    [InlineData("halved")]
    public async Task Whichever_request_goes_wrong_for_a_moment_nobody_notices(string kind)
    {
        var (expected, requests) = await UndisturbedAsync();
        for (var at = 0; at < requests; at++)
        {
            var stores = await FreshAsync();
            var wrong = at;
            gate.Verdict = (operation, before) =>
                before == wrong && (kind != "halved" || operation.StartsWith("Batch", StringComparison.Ordinal))
                    ? Verdict(kind)
                    : GateVerdict.Pass;

            await LiveAsync(stores.Open(rules, new FixedTime(Start)));

            gate.Verdict = static (_, _) => GateVerdict.Pass;
            Assert.Equal(expected, await TextAsync(stores));
        }
    }

    /// <summary>A process that dies does no request any more. Who asked sends again, to another process.</summary>
    [Fact]
    public async Task Wherever_a_process_dies_another_one_finishes_what_it_began()
    {
        var (expected, requests) = await UndisturbedAsync();
        for (var at = 0; at < requests; at++)
        {
            var stores = await FreshAsync();
            var dies = at;
            // The request that it died in may have been done or not.
            gate.Verdict = (_, before) =>
                before < dies ? GateVerdict.Pass
                : before == dies && dies % 2 == 0 ? new GateVerdict.Unheard()
                : new GateVerdict.Lost();
            await Assert.ThrowsAsync<StorageUnavailableException>(() =>
                LiveAsync(stores.Open(rules, new FixedTime(Start)))
            );

            gate.Verdict = static (_, _) => GateVerdict.Pass;
            await stores.Open(rules, new FixedTime(Start)).ReadAsync(default);
            await LiveOnAsync(stores);
            Assert.Equal(expected, await TextAsync(stores));
        }
    }

    [Theory]
    [InlineData(400, "ResourceNotFoundException", "there is no table")]
    [InlineData(400, "AccessDeniedException", "may not be used by this role")]
    [InlineData(400, "ValidationException", "answered ValidationException")]
    [InlineData(400, "ThrottlingException", "answered ThrottlingException")]
    public async Task What_stays_wrong_is_said_in_a_sentence(int status, string type, string sentence)
    {
        var stores = await FreshAsync();
        gate.Verdict = (_, _) => new GateVerdict.Refused(status, type);

        var refused = await Assert.ThrowsAsync<StorageUnavailableException>(() =>
            stores.Open(rules).IngestAsync([new(null, [Alert(1)])], Start, default)
        );

        Assert.Contains(sentence, refused.Message, StringComparison.Ordinal);
        Assert.Contains(stores.State, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_processes_that_change_the_same_groups_at_once_lose_nothing()
    {
        var stores = await FreshAsync();
        var processes = Enumerable.Range(0, 4).Select(_ => stores.Open(rules, new FixedTime(Start))).ToArray();

        // Each sends every alert: most find that another was faster, of some groups many times.
        await Task.WhenAll(
            processes.Select(
                (store, process) =>
                    Task.Run(async () =>
                    {
                        foreach (var some in Enumerable.Range(0, 60).Chunk(5))
                        {
                            await store.IngestAsync(
                                [new(null, [.. some.Select(i => Alert(i + (process * 60), i % 2 == 0 ? "A" : "B"))])],
                                Start,
                                default
                            );
                        }
                    })
            )
        );

        var state = await stores.Open(rules).ReadAsync(default);
        Assert.Equal(240, state.Alerts.Count);
        Assert.Equal(240, state.Groups.Values.Sum(static group => group.Alerts.Count));
    }

    [Fact]
    public async Task Of_a_delivery_that_several_processes_want_to_send_one_has_the_lease()
    {
        var stores = await FreshAsync();
        var first = stores.Open(rules, new FixedTime(Start));
        var id = (await first.IngestAsync([new(null, [Alert(1)])], Start, default)).Groups[0].Id;
        await first.DecideAsync(id, (group, muters) => Decided(group, id, muters), default);

        var leased = await Task.WhenAll(
            Enumerable
                .Range(0, 6)
                .Select(_ =>
                    Task.Run(async () =>
                    {
                        Group? mine = null;
                        await stores
                            .Open(rules, new FixedTime(Start))
                            .UpdateAsync(
                                id,
                                group =>
                                    (
                                        mine = group?.Leased(
                                            RandomChanges.Webhook,
                                            Start.AddHours(1),
                                            TimeSpan.FromMinutes(2)
                                        )
                                    ) ?? group,
                                default
                            );
                        return mine is not null;
                    })
                )
        );

        Assert.Single(leased, true);
        Assert.NotNull((await first.FindAsync(id, default))!.Delivery(RandomChanges.Webhook)!.Lease);
    }

    [Fact]
    public async Task Who_comes_late_with_an_old_lease_is_not_heard()
    {
        var stores = await FreshAsync();
        var (slow, other) = (stores.Open(rules, new FixedTime(Start)), stores.Open(rules, new FixedTime(Start)));
        var id = (await slow.IngestAsync([new(null, [Alert(1)])], Start, default)).Groups[0].Id;
        await slow.DecideAsync(id, (group, muters) => Decided(group, id, muters), default);
        var begun = await slow.UpdateAsync(
            id,
            static group => group!.Leased(RandomChanges.Webhook, Start.AddHours(1), TimeSpan.FromMinutes(2)),
            default
        );
        await other.UpdateAsync(
            id,
            static group => group!.Leased(RandomChanges.Webhook, Start.AddHours(2), TimeSpan.FromMinutes(2)),
            default
        );

        await slow.UpdateAsync(
            id,
            group =>
                group!.Settled(begun!.Delivery(RandomChanges.Webhook)!, new NextStep.Done(), false, Start.AddHours(2)),
            default
        );

        var waiting = (await other.FindAsync(id, default))!.Delivery(RandomChanges.Webhook)!;
        Assert.Equal(Start.AddHours(2) + TimeSpan.FromMinutes(2), waiting.Lease!.Until);
        Assert.Equal(1, waiting.Ambiguous);
    }

    [Fact]
    public async Task A_process_with_older_rules_than_a_group_does_not_decide_about_it()
    {
        var stores = await FreshAsync();
        var (old, other) = (stores.Open(rules, new FixedTime(Start)), stores.Open(rules, new FixedTime(Start)));
        var id = (await old.IngestAsync([new(null, [Alert(1)])], Start, default)).Groups[0].Id;
        await other.UseAsync(HubRules.Compile(RandomChanges.Config(sendsAll: false), 7), Start, default);
        await other.RegroupAsync(default);

        await Assert.ThrowsAsync<RulesOutdatedException>(() =>
            old.DecideAsync(id, static (group, _) => group, default)
        );
        await Assert.ThrowsAsync<RulesOutdatedException>(() =>
            old.IngestAsync([new(null, [Alert(2)])], Start, default)
        );
    }

    [Fact]
    public async Task What_a_dead_process_left_of_a_part_is_removed_by_who_reads_the_group_an_hour_later()
    {
        var stores = await FreshAsync();
        TrackedAlert[] large = [.. Enumerable.Range(0, 8).Select(static i => Alert(i, "Large", summary: Noise(i)))];
        gate.Verdict = static (operation, _) => operation == "PutItem" ? new GateVerdict.Lost() : GateVerdict.Pass;
        await Assert.ThrowsAsync<StorageUnavailableException>(() =>
            stores.Open(rules, new FixedTime(Start)).IngestAsync([new(null, large)], Start, default)
        );
        gate.Verdict = static (_, _) => GateVerdict.Pass;
        await stores.Open(rules, new FixedTime(Start)).IngestAsync([new(null, large)], Start, default);
        Assert.Equal(3, await ItemsAsync());

        var id = rules.Routing.GroupsOf(large[0].Labels)[0].Id;
        await stores.Open(rules, new FixedTime(Start.AddMinutes(59))).FindAsync(id, default);
        Assert.Equal(3, await ItemsAsync());
        await stores.Open(rules, new FixedTime(Start.AddMinutes(61))).FindAsync(id, default);
        Assert.Equal(2, await ItemsAsync());
        Assert.Equal(8, (await stores.Open(rules).FindAsync(id, default))!.Alerts.Count);

        async Task<int> ItemsAsync()
        {
            var client = gate.NewClient();
            return (await client.ScanAsync(new(stores.State))).Count ?? 0;
        }
    }

    private static GateVerdict Verdict(string kind) =>
        kind switch
        {
            "lost" => new GateVerdict.Lost(),
            "unheard" => new GateVerdict.Unheard(),
            "throttled" => new GateVerdict.Refused(400, "ProvisionedThroughputExceededException"),
            "failed" => new GateVerdict.Refused(500, "InternalServerError"),
            _ => new GateVerdict.Halved(),
        };
}
