using System.Globalization;
using System.Text;
using AlertHub;
using AlertHub.Alerts;
using AlertHub.Configuration;
using AlertHub.Grouping;
using AlertHub.Lambda.Storage;
using AlertHub.Notifying;
using AlertHub.Storing;
using AlertHub.Tests.Storing;
using Hosts.Tests.Support;

namespace Hosts.Tests.Storing.DynamoDb;

/// <summary>What alerts cost, in requests and in the units that DynamoDB bills. functions/AlertHub.Lambda/README.md says it.</summary>
[Collection(SharedDynalite.Name)]
public sealed class Costs(Dynalite dynalite) : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 3, 14, 3, 0, 0, TimeSpan.Zero);

    private const string Configuration = """
        route: {receiver: team, group_by: [alertname]}
        receivers: [{name: team, webhook_configs: [{url: 'http://127.0.0.1:9/'}]}]
        """;

    private readonly HubRules rules = HubRules.Compile(
        HubConfig.Load(new("alertmanager.yml", Encoding.UTF8.GetBytes(Configuration)), null, out _)!
    );
    private DynamoGate gate = null!;
    private DynamoAlertStore store = null!;
    private DynamoStores stores = null!;

    public async Task InitializeAsync()
    {
        gate = await DynamoGate.StartAsync(dynalite);
        stores = await DynamoStores.CreateAsync(gate.NewClient());
        store = stores.Open(rules, new FixedTime(Start));
        gate.Reset();
    }

    public async Task DisposeAsync() => await gate.DisposeAsync();

    /// <summary>As Prometheus writes them, by the number.</summary>
    private static TrackedAlert Alert(int number, DateTimeOffset? at = null, string name = "A") =>
        new()
        {
            Alert = new()
            {
                Labels = Labels.Of(
                    new("alertname", name),
                    new("cluster", "eu-central-1"),
                    new("instance", $"node-{number}.example.com:9100"),
                    new("job", "node"),
                    new("namespace", "monitoring"),
                    new("severity", "warning")
                ),
                Annotations = Labels.Of(
                    new("description", $"node-{number} has used nearly all of its memory for five minutes"),
                    new("summary", $"Memory of node-{number} is nearly full")
                ),
                StartsAt = Start,
                EndsAt = (at ?? Start) + TimeSpan.FromMinutes(4),
                GeneratorUrl = new("http://prometheus.example:9090/graph?g0.expr=memory&g0.tab=1"),
            },
            UpdatedAt = at ?? Start,
        };

    private async Task<(string Operations, double Writes, double Reads)> CostAsync(Func<Task> act)
    {
        gate.Reset();
        await act();
        return (string.Join(' ', gate.Operations), gate.WriteUnits, gate.ReadUnits);
    }

    private Task<Taken> IngestAsync(params IEnumerable<TrackedAlert> alerts)
    {
        TrackedAlert[] all = [.. alerts];
        return store.IngestAsync([new(null, all)], all[0].UpdatedAt, default);
    }

    /// <summary>Two writes for taking it in and deciding, two for each message that goes out; more reads, a fifth of the price each.</summary>
    [Fact]
    public async Task The_life_of_an_alert_costs_four_writes_and_with_its_end_eight()
    {
        var (writes, operations) = (0.0, new List<string>());
        async Task AddAsync(Func<Task> act)
        {
            var cost = await CostAsync(act);
            writes += cost.Writes;
            operations.Add(cost.Operations);
        }

        await AddAsync(() => IngestAsync(Alert(1)));
        var id = Assert.Single((await store.ReadAsync(default)).Groups.Keys);
        await AddAsync(() => FlushAsync(id));
        await AddAsync(() => DeliverAsync(id));
        Assert.Equal(["BatchGetItem PutItem", "BatchGetItem PutItem", "BatchGetItem PutItem PutItem"], operations);
        Assert.Equal(4, writes);

        await AddAsync(() =>
            IngestAsync(Alert(1) with { Alert = Alert(1).Alert with { EndsAt = Start }, UpdatedAt = Start })
        );
        await AddAsync(() => FlushAsync(id));
        await AddAsync(() => DeliverAsync(id));
        // The group's last commit leaves what is known of the alert, and when it may be forgotten.
        Assert.Equal(8, writes);
    }

    [Fact]
    public async Task A_message_with_an_id_costs_a_write_and_a_read_more()
    {
        var cost = await CostAsync(() => store.IngestAsync([new("id", [Alert(1)])], Start, default));

        Assert.Equal(("BatchGetItem BatchGetItem PutItem BatchWriteItem", 2.0), (cost.Operations, cost.Writes));
    }

    /// <summary>Sixty-four alerts as Prometheus sends them at once.</summary>
    [Fact]
    public async Task Alerts_of_one_group_that_come_together_cost_what_one_does_and_of_many_groups_each()
    {
        var together = await CostAsync(() => IngestAsync(Enumerable.Range(0, 64).Select(i => Alert(i))));
        var apart = await CostAsync(() => IngestAsync(Enumerable.Range(0, 64).Select(i => Alert(i, name: $"B{i}"))));

        Assert.Equal("BatchGetItem PutItem", together.Operations);
        Assert.InRange(together.Writes, 1, 4);
        Assert.Equal(64, apart.Writes);
        Assert.Equal(1, apart.Operations.Split(' ').Count(static each => each == "BatchGetItem"));
    }

    [Fact]
    public async Task What_is_sent_again_each_minute_costs_a_write_every_other_minute_for_all_of_its_group()
    {
        await IngestAsync(Enumerable.Range(0, 64).Select(i => Alert(i)));
        var writes = new List<int>();
        for (var minute = 1; minute <= 6; minute++)
        {
            var now = Start.AddMinutes(minute);
            var cost = await CostAsync(() =>
                store.IngestAsync([new(null, [.. Enumerable.Range(0, 64).Select(i => Alert(i, now))])], now, default)
            );
            writes.Add(cost.Operations.Split(' ').Count(static each => each == "PutItem"));
        }

        Assert.Equal([0, 1, 0, 1, 0, 1], writes);
    }

    [Fact]
    public async Task Of_a_group_of_ten_thousand_only_what_is_new_is_written_and_nobody_reads_it_twice()
    {
        foreach (var some in Enumerable.Range(0, 10_000).Chunk(1000))
        {
            await IngestAsync(some.Select(i => Alert(i)));
        }

        var id = Assert.Single((await store.ReadAsync(default)).Groups.Keys);
        var one = await CostAsync(() => IngestAsync(Alert(10_000)));
        Assert.Equal("BatchGetItem PutItem", one.Operations);
        Assert.InRange(one.Writes, 1, 6);
        Assert.InRange(one.Reads, 1, 3);

        // Which of them are told, and in which order, is new at the first flush.
        var flush = await CostAsync(() => FlushAsync(id));
        Assert.InRange(flush.Writes, 1, 10);
        var deliver = await CostAsync(() => DeliverAsync(id));
        Assert.InRange(deliver.Writes, 2, 12);

        // Sixty-four at a time, as they come from Prometheus in the minute after.
        var now = Start.AddMinutes(2);
        var (writes, posts) = (0.0, 0);
        foreach (var some in Enumerable.Range(0, 3200).Chunk(64))
        {
            writes += (await CostAsync(() => IngestAsync(some.Select(i => Alert(i, now))))).Writes;
            posts++;
        }

        Assert.InRange(writes / posts, 1, 12);

        var other = await CostAsync(async () =>
            Assert.Equal(10_001, (await stores.Open(rules).FindAsync(id, default))!.Alerts.Count)
        );
        Assert.InRange(other.Reads, 50, 400);
    }

    [Fact]
    public async Task A_hundred_thousand_alerts_are_listed_page_by_page()
    {
        await Parallel.ForEachAsync(
            Enumerable.Range(0, 100),
            async (group, _) =>
                await store.IngestAsync(
                    [
                        new(
                            null,
                            [
                                .. Enumerable
                                    .Range(group * 1000, 1000)
                                    .Select(i =>
                                        Alert(i, name: string.Create(CultureInfo.InvariantCulture, $"A{group}"))
                                    ),
                            ]
                        ),
                    ],
                    Start,
                    default
                )
        );

        var listing = await CostAsync(async () =>
            Assert.Equal(100_000, (await stores.Open(rules).ReadAsync(default)).Alerts.Count)
        );

        Assert.All(listing.Operations.Split(' '), static operation => Assert.Equal("Scan", operation));
        Assert.InRange(listing.Operations.Split(' ').Length, 2, 10);
        Assert.InRange(listing.Reads, 150, 500);
        var survey = await CostAsync(async () => Assert.Equal(100_000, (await store.SurveyAsync(default)).Alerts));
        Assert.InRange(survey.Reads, 75, 250);
    }

    private async Task FlushAsync(GroupId id) =>
        await store.DecideAsync(
            id,
            (group, muters) => Flush.Decide(group!, group!.Due, group.Due, rules.Routing.RouteOf(id)!, muters)!.Next,
            default
        );

    private async Task DeliverAsync(GroupId id)
    {
        var due = (await store.FindAsync(id, default))!.Delivery(RandomChanges.Webhook)!.Due;
        Group? leased = null;
        await store.UpdateAsync(
            id,
            group => leased = group!.Leased(RandomChanges.Webhook, due, TimeSpan.FromMinutes(2)),
            default
        );
        await store.UpdateAsync(
            id,
            group =>
                group!.Settled(
                    leased!.Delivery(RandomChanges.Webhook)!,
                    new NextStep.Done(),
                    mayHaveArrived: false,
                    due
                ),
            default
        );
    }
}
