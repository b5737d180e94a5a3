using System.Globalization;
using Hosts.Tests.Support;
using Xunit.Abstractions;

namespace Hosts.Tests.Box.Hub;

/// <summary>
/// What is billed for, counted in the box: infra/README.md makes prices of it. The bounds leave room for how messages happen to
/// fall into batches; who exceeds them makes the hub dearer than it says.
/// </summary>
public abstract class Prices(AppAssembly assembly, ITestOutputHelper output)
{
    private static readonly string[] Reads = ["BatchGetItem", "GetItem", "Query", "Scan"];

    /// <summary>A message is one block of 64 KB; Lambda's polls are not counted, they are there without messages, too.</summary>
    private static readonly string[] Polls = ["ReceiveMessage", "GetQueueAttributes"];

    [Fact]
    public async Task Alerts_of_prometheus_in_groups_of_ten()
    {
        const int Groups = 20;
        await using var hub = await HubBox.StartAsync(assembly);
        await hub.ConfigureAsync(HubBox.Config("group_wait: 2s, group_interval: 5m, repeat_interval: 4h"));
        await hub.Box.SettleAsync();
        hub.Box.Aws.Ledger.Clear();
        var before = Invocations(hub);

        // As Prometheus sends them: many at once, of many groups.
        for (var part = 0; part < 4; part++)
        {
            await hub.PostUntilTakenAsync([
                .. Enumerable
                    .Range(0, Groups * 10)
                    .Where(i => i % 4 == part)
                    .Select(static i => HubBox.Alert($"Priced{i / 10}", null, ("instance", $"node-{i}"))),
            ]);
        }

        await hub.Box.UntilAsync(
            () => hub.Slack.Posts.Count(static post => post.Taken) >= Groups,
            "all groups are told",
            TimeSpan.FromMinutes(2)
        );
        await hub.Box.SettleAsync();

        var bill = Count(hub, "200 alerts in 20 groups, from 4 requests to 20 messages", before);
        Assert.InRange(bill.Writes, 60, 150);
        Assert.InRange(bill.Reads, 20, 400);
        Assert.InRange(bill.Messages, 40, 200);
        Assert.InRange(bill.Invocations, 8, 120);
    }

    [Fact]
    public async Task Alarms_one_by_one()
    {
        const int Alarms = 20;
        await using var hub = await HubBox.StartAsync(assembly);
        await hub.ConfigureAsync(HubBox.Config("group_wait: 2s, group_interval: 5m, repeat_interval: 4h"));
        await hub.Box.SettleAsync();
        hub.Box.Aws.Ledger.Clear();
        var before = Invocations(hub);
        for (var alarm = 0; alarm < Alarms; alarm++)
        {
            await hub.Box.PublishAsync("AlarmsTopic", $$"""{"title": "Alarm{{alarm}}"}""");
        }

        await hub.Box.UntilAsync(
            () => hub.Slack.Posts.Count(static post => post.Taken) >= Alarms,
            "all alarms are told",
            TimeSpan.FromMinutes(2)
        );
        await hub.Box.SettleAsync();

        var bill = Count(hub, "20 alarms, from the topic to 20 messages", before);
        Assert.InRange(bill.Writes, 60, 110);
        Assert.InRange(bill.Messages, 60, 200);
    }

    [Fact]
    public async Task A_minute_in_which_nothing_happens()
    {
        await using var hub = await HubBox.StartAsync(assembly);
        await hub.Box.SweepAsync();
        await hub.Box.SettleAsync();
        hub.Box.Aws.Ledger.Clear();
        var before = Invocations(hub);
        await hub.Box.SweepAsync();

        var bill = Count(hub, "an idle minute", before);
        Assert.Equal((0, 0, 1), (bill.Writes, bill.Messages, bill.Invocations));
        Assert.InRange(bill.Reads, 0, 2);
    }

    private static int Invocations(HubBox hub) => hub.Box.Functions.Sum(static function => function.Invocations);

    private Bill Count(HubBox hub, string what, int invocations)
    {
        var counts = hub.Box.Aws.Ledger.Counts;
        var tables = counts.Where(static count => count.Key.Action.StartsWith("dynamodb:", StringComparison.Ordinal));
        var queues = counts.Where(static count => count.Key.Action.StartsWith("sqs:", StringComparison.Ordinal));
        var bill = new Bill(
            tables
                .Where(static count => !IsOne(count.Key.Action, Reads))
                .Sum(static count => count.Value.CapacityUnits),
            tables.Where(static count => IsOne(count.Key.Action, Reads)).Sum(static count => count.Value.CapacityUnits),
            queues.Where(static count => !IsOne(count.Key.Action, Polls)).Sum(static count => count.Value.Blocks),
            Invocations(hub) - invocations
        );
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{what}: {bill.Writes} write units, {bill.Reads} read units, {bill.Messages} requests of SQS, {bill.Invocations} invocations"
            )
        );
        foreach (
            var ((function, action), count) in counts.OrderBy(static count => $"{count.Key}", StringComparer.Ordinal)
        )
        {
            output.WriteLine($"  {function} {action}: {count}");
        }

        return bill;
    }

    private static bool IsOne(string action, string[] names) =>
        names.Any(name => action.EndsWith($":{name}", StringComparison.Ordinal));

    private sealed record Bill(double Writes, double Reads, double Messages, int Invocations);
}

public sealed class ManagedPrices(ManagedAssembly assembly, ITestOutputHelper output)
    : Prices(assembly, output),
        IClassFixture<ManagedAssembly>;

public sealed class NativePrices(NativeAssembly assembly, ITestOutputHelper output)
    : Prices(assembly, output),
        IClassFixture<NativeAssembly>;
