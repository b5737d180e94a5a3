using AlertHub.Notifying;
using Hosts.Tests.Support;

namespace Hosts.Tests.Local;

/// <summary>What became of an attempt is recorded before there is another, whatever the storage does.</summary>
public sealed class Recording : IAsyncLifetime
{
    private static readonly DeliveryResult Delivered = new DeliveryResult.Delivered();

    private RunningWorker worker = null!;

    public Task InitializeAsync()
    {
        worker = RunningWorker.Create();
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await worker.DisposeAsync();

    public static TheoryData<DeliveryResult> Results =>
        [
            Delivered,
            new DeliveryResult.TryLater("503"),
            new DeliveryResult.Ambiguous("no answer"),
            new DeliveryResult.Refused("400"),
        ];

    [Theory]
    [MemberData(nameof(Results))]
    public async Task While_an_outcome_cannot_be_recorded_nothing_is_sent(DeliveryResult result)
    {
        await worker.KeepAsync("a", "b");
        var channel = worker.Start((_, _) => Break(result));
        await channel.CountAsync(1);

        await PassMinutesAsync(5);

        Assert.Equal(["a"], channel.Sent);
        Assert.Contains(
            worker.Log.Lines,
            line =>
                line.StartsWith(
                    "Error: Message 1: what became of it was not recorded, 3 in a row: ",
                    StringComparison.Ordinal
                )
        );
    }

    [Fact]
    public async Task Once_it_can_be_recorded_the_line_moves_on()
    {
        await worker.KeepAsync("a", "b");
        var channel = worker.Start((name, _) => name == "a" ? Break(Delivered) : Delivered);
        await channel.CountAsync(1);
        await PassMinutesAsync(5);

        worker.RepairStorage();
        await PassMinutesAsync(1);
        await channel.CountAsync(2);
        await worker.IdleAsync();

        Assert.Equal(["a", "b"], channel.Sent);
        Assert.Equal(0, await worker.Inbox.PendingAsync(default));
    }

    [Fact]
    public async Task A_delivery_is_recorded_though_the_stop_is_forced_between_its_answer_and_that()
    {
        await worker.KeepAsync("a");
        worker.Start(
            (_, _) =>
            {
                worker.Stop.Cancel();
                worker.Abort.Cancel();
                return Delivered;
            }
        );

        await worker.Working.WaitAsync(TimeSpan.FromSeconds(20));

        Assert.Equal(0, await worker.Inbox.PendingAsync(default));
    }

    [Fact]
    public async Task A_stop_does_not_wait_for_a_storage_that_stays_broken()
    {
        await worker.KeepAsync("a");
        var channel = worker.Start((_, _) => Break(Delivered));
        await channel.CountAsync(1);
        await worker.IdleAsync();

        await worker.Stop.CancelAsync();
        await worker.Working.WaitAsync(TimeSpan.FromSeconds(20));

        Assert.EndsWith("It is sent again at the next start", worker.Log.Lines.Last(), StringComparison.Ordinal);
        Assert.Equal(["a"], channel.Sent);
    }

    [Fact]
    public async Task A_message_delivered_late_tells_of_the_time_when_it_came()
    {
        await worker.KeepAsync("a");
        worker.Clock.Advance(TimeSpan.FromHours(2));

        var channel = worker.Start((_, _) => Delivered);
        await channel.CountAsync(1);

        Assert.Equal(Webhook.ReceivedAt, Assert.Single(channel.Told).Now);
    }

    private DeliveryResult Break(DeliveryResult result)
    {
        worker.BreakStorage();
        return result;
    }

    private async Task PassMinutesAsync(int minutes)
    {
        for (var i = 0; i < minutes * 2; i++)
        {
            await worker.IdleAsync();
            worker.Clock.Advance(TimeSpan.FromSeconds(30));
        }

        await worker.IdleAsync();
    }
}
