using AlertHub;
using AlertHub.Local;
using AlertHub.Local.Storage;
using AlertHub.Notifying;
using Hosts.Tests.Support;

namespace Hosts.Tests.Local;

public sealed class Deliveries : IAsyncLifetime, IDisposable
{
    private static readonly DeliveryResult Delivered = new DeliveryResult.Delivered();
    private static readonly DeliveryResult Down = new DeliveryResult.TryLater("503");

    private readonly TemporaryFolder folder = new();
    private readonly ManualClock clock = new();
    private readonly RecordedLog<Worker> log = new();
    private readonly CancellationTokenSource stop = new();
    private readonly CancellationTokenSource abort = new();
    private Inbox inbox = null!;
    private Task working = Task.CompletedTask;

    public Task InitializeAsync()
    {
        inbox = Inbox.Open(folder.Path, clock);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await stop.CancelAsync();
        await abort.CancelAsync();
        await working;
        await inbox.DisposeAsync();
    }

    public void Dispose()
    {
        folder.Dispose();
        stop.Dispose();
        abort.Dispose();
    }

    private ScriptedChannel Start(Func<string, int, DeliveryResult> answer) => Start(new ScriptedChannel(answer));

    private ScriptedChannel Start(ScriptedChannel channel)
    {
        var worker = new Worker(new Hub(channel, clock), inbox, clock, new LongestDelay(), log);
        working = Task.Run(() => worker.RunAsync(stop.Token, abort.Token));
        return channel;
    }

    private async Task KeepAsync(params string[] names) =>
        await inbox.KeepAsync([.. names.Select(name => Webhook.Message(name))], default);

    /// <summary>Lets time pass once the worker waits for that long.</summary>
    private async Task PassAsync(TimeSpan time)
    {
        var due = clock.GetUtcNow() + time;
        await clock.WaitedForAsync(moment => moment == due);
        clock.Advance(time);
    }

    /// <summary>The worker has nothing to do before some later time.</summary>
    private Task IdleAsync() => clock.WaitedForAsync(_ => true);

    [Fact]
    public async Task Messages_are_delivered_once_and_in_the_order_they_came()
    {
        await KeepAsync("a", "b");
        var channel = Start((_, _) => Delivered);
        await channel.CountAsync(2);
        await KeepAsync("c");
        await channel.CountAsync(3);
        await IdleAsync();

        Assert.Equal(["a", "b", "c"], channel.Sent);
        Assert.Equal(0, await inbox.PendingAsync(default));
    }

    [Fact]
    public async Task A_message_that_was_not_taken_is_tried_after_one_two_four_seconds_and_the_line_waits()
    {
        await KeepAsync("a", "b");
        var channel = Start((name, attempt) => name == "a" && attempt <= 3 ? Down : Delivered);

        await PassAsync(TimeSpan.FromSeconds(1));
        await PassAsync(TimeSpan.FromSeconds(2));
        await PassAsync(TimeSpan.FromSeconds(4));
        await channel.CountAsync(5);

        Assert.Equal(["a", "a", "a", "a", "b"], channel.Sent);
    }

    [Fact]
    public async Task A_destination_that_asks_for_time_gets_it()
    {
        await KeepAsync("a", "b");
        var channel = Start(
            (_, attempt) => attempt == 1 ? new DeliveryResult.TryLater("429", TimeSpan.FromSeconds(30)) : Delivered
        );

        await PassAsync(TimeSpan.FromSeconds(30));
        await PassAsync(TimeSpan.FromSeconds(30));
        await channel.CountAsync(4);

        Assert.Equal(["a", "a", "b", "b"], channel.Sent);
    }

    [Fact]
    public async Task What_may_have_arrived_is_sent_again()
    {
        await KeepAsync("a");
        var channel = Start((_, attempt) => attempt == 1 ? new DeliveryResult.Ambiguous("no answer") : Delivered);

        await PassAsync(TimeSpan.FromSeconds(1));
        await channel.CountAsync(2);
        await IdleAsync();

        Assert.Equal(0, await inbox.PendingAsync(default));
    }

    [Fact]
    public async Task A_message_that_keeps_failing_steps_aside_after_five_attempts()
    {
        await KeepAsync("bad", "good");
        var channel = Start((name, _) => name == "bad" ? Down : Delivered);

        foreach (var seconds in (int[])[1, 2, 4, 8])
        {
            await PassAsync(TimeSpan.FromSeconds(seconds));
        }

        await channel.CountAsync(6);
        Assert.Equal(["bad", "bad", "bad", "bad", "bad", "good"], channel.Sent.Take(6));
        Assert.Equal(1, await inbox.PendingAsync(default));
    }

    [Fact]
    public async Task After_an_outage_everything_goes_at_once_and_in_order()
    {
        var up = false;
        await KeepAsync("a", "b", "c");
        var channel = Start((_, _) => Volatile.Read(ref up) ? Delivered : Down);
        // Each of them fails five times and waits beside the line for its own time.
        for (var seconds = 0; seconds < 120 && channel.Sent.Count < 18; seconds++)
        {
            await IdleAsync();
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        await IdleAsync();
        Volatile.Write(ref up, true);
        var before = channel.Sent.Count;
        clock.Advance(TimeSpan.FromMinutes(1));
        await channel.CountAsync(before + 3);

        Assert.Equal(["a", "b", "c"], channel.Sent.Skip(before));
    }

    [Fact]
    public async Task What_is_refused_is_kept_with_one_error_line_and_sent_at_the_next_start()
    {
        await KeepAsync("a", "b");
        var channel = Start(
            (name, attempt) =>
                name == "a" && attempt == 1 ? new DeliveryResult.Refused("Slack answered 404") : Delivered
        );
        await channel.CountAsync(2);
        await IdleAsync();

        Assert.Equal((0, 1), (await inbox.PendingAsync(default), await inbox.DeadAsync(default)));
        Assert.Equal(
            "Error: Message 1: test refused it: Slack answered 404; attempt 1. It is kept and tried again at the next start",
            Assert.Single(log.Lines, line => line.StartsWith("Error", StringComparison.Ordinal))
        );

        await stop.CancelAsync();
        await working;
        Assert.Equal(1, await inbox.ReviveAsync(default));
        using var go = new CancellationTokenSource();
        var worker = new Worker(new Hub(channel, clock), inbox, clock, new LongestDelay(), log);
        var again = worker.RunAsync(go.Token, go.Token);
        await channel.CountAsync(3);
        await go.CancelAsync();
        await again;
        Assert.Equal(["a", "b", "a"], channel.Sent);
    }

    [Fact]
    public async Task A_fault_in_a_channel_ends_neither_the_deliveries_nor_the_secret()
    {
        await KeepAsync("a", "b");
        var channel = Start(
            (name, attempt) =>
                name == "a" && attempt == 1 ? throw new InvalidOperationException("https://secret.example") : Delivered
        );

        await PassAsync(TimeSpan.FromSeconds(1));
        await channel.CountAsync(3);

        Assert.Equal(["a", "a", "b"], channel.Sent);
        Assert.Contains(log.Lines, line => line.Contains("InvalidOperationException", StringComparison.Ordinal));
        Assert.DoesNotContain(log.Lines, line => line.Contains("secret.example", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_slow_destination_does_not_hold_up_intake()
    {
        var answer = new TaskCompletionSource<DeliveryResult>();
        await KeepAsync("slow");
        var channel = Start(new ScriptedChannel((_, _) => answer.Task));
        await channel.CountAsync(1);

        await KeepAsync("b", "c");

        Assert.Equal(3, await inbox.PendingAsync(default));
        answer.SetResult(Delivered);
        await channel.CountAsync(3);
    }

    [Fact]
    public async Task A_stop_lets_the_delivery_under_way_finish_and_begins_no_other()
    {
        var answer = new TaskCompletionSource<DeliveryResult>();
        await KeepAsync("a", "b");
        var channel = Start(new ScriptedChannel((_, _) => answer.Task));
        await channel.CountAsync(1);

        await stop.CancelAsync();
        answer.SetResult(Delivered);
        await working.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(["a"], channel.Sent);
        Assert.Equal(1, await inbox.PendingAsync(default));
    }

    [Fact]
    public async Task A_delivery_that_outlasts_the_bound_is_given_up_and_stays()
    {
        await KeepAsync("a");
        var channel = Start(new ScriptedChannel((_, _) => new TaskCompletionSource<DeliveryResult>().Task));
        await channel.CountAsync(1);

        await stop.CancelAsync();
        await abort.CancelAsync();
        await working.WaitAsync(TimeSpan.FromSeconds(20));

        Assert.Equal(1, await inbox.PendingAsync(default));
    }
}
