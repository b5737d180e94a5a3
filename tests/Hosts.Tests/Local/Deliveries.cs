using AlertHub;
using AlertHub.Local;
using AlertHub.Notifying;
using Hosts.Tests.Support;

namespace Hosts.Tests.Local;

public sealed class Deliveries : IAsyncLifetime
{
    private static readonly DeliveryResult Delivered = new DeliveryResult.Delivered();
    private static readonly DeliveryResult Down = new DeliveryResult.TryLater("503");

    private RunningWorker worker = null!;

    public Task InitializeAsync()
    {
        worker = RunningWorker.Create();
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await worker.DisposeAsync();

    [Fact]
    public async Task Messages_are_delivered_once_and_in_the_order_they_came()
    {
        await worker.KeepAsync("a", "b");
        var channel = worker.Start((_, _) => Delivered);
        await channel.CountAsync(2);
        await worker.KeepAsync("c");
        await channel.CountAsync(3);
        await worker.IdleAsync();

        Assert.Equal(["a", "b", "c"], channel.Sent);
        Assert.Equal(0, await worker.Inbox.PendingAsync(default));
    }

    [Fact]
    public async Task A_message_that_was_not_taken_is_tried_after_ever_longer_waits_and_the_line_waits()
    {
        await worker.KeepAsync("a", "b");
        var channel = worker.Start((name, attempt) => name == "a" && attempt <= 3 ? Down : Delivered);

        await worker.PassAsync(TimeSpan.FromSeconds(0.5));
        await worker.PassAsync(TimeSpan.FromSeconds(1));
        await worker.PassAsync(TimeSpan.FromSeconds(2));
        await channel.CountAsync(5);

        Assert.Equal(["a", "a", "a", "a", "b"], channel.Sent);
    }

    [Fact]
    public async Task A_destination_that_asks_for_time_gets_it()
    {
        await worker.KeepAsync("a", "b");
        var channel = worker.Start(
            (_, attempt) => attempt == 1 ? new DeliveryResult.TryLater("429", TimeSpan.FromSeconds(30)) : Delivered
        );

        await worker.PassAsync(TimeSpan.FromSeconds(30));
        await worker.PassAsync(TimeSpan.FromSeconds(30));
        await channel.CountAsync(4);

        Assert.Equal(["a", "a", "b", "b"], channel.Sent);
    }

    [Fact]
    public async Task What_may_have_arrived_is_sent_again()
    {
        await worker.KeepAsync("a");
        var channel = worker.Start(
            (_, attempt) => attempt == 1 ? new DeliveryResult.Ambiguous("no answer") : Delivered
        );

        await worker.PassAsync(TimeSpan.FromSeconds(0.5));
        await channel.CountAsync(2);
        await worker.IdleAsync();

        Assert.Equal(0, await worker.Inbox.PendingAsync(default));
    }

    [Fact]
    public async Task What_may_have_arrived_three_times_is_given_up_and_failures_before_do_not_count()
    {
        await worker.KeepAsync("a");
        var channel = worker.Start(
            (_, attempt) => attempt <= 3 ? Down : new DeliveryResult.Ambiguous("the answer was lost")
        );

        foreach (var seconds in (double[])[0.5, 1, 2, 0.5, 1])
        {
            Assert.Equal(0, await worker.Inbox.DeadAsync(default));
            await worker.PassAsync(TimeSpan.FromSeconds(seconds));
        }

        await channel.CountAsync(6);
        await worker.IdleAsync();
        Assert.Equal((0, 1), (await worker.Inbox.PendingAsync(default), await worker.Inbox.DeadAsync(default)));
    }

    [Fact]
    public async Task A_message_that_keeps_failing_steps_aside_after_five_attempts()
    {
        await worker.KeepAsync("bad", "good");
        var channel = worker.Start((name, _) => name == "bad" ? Down : Delivered);

        foreach (var seconds in (double[])[0.5, 1, 2, 4])
        {
            await worker.PassAsync(TimeSpan.FromSeconds(seconds));
        }

        await channel.CountAsync(6);
        Assert.Equal(["bad", "bad", "bad", "bad", "bad", "good"], channel.Sent.Take(6));
        Assert.Equal(1, await worker.Inbox.PendingAsync(default));
    }

    [Fact]
    public async Task After_an_outage_everything_goes_at_once_and_in_order()
    {
        var up = false;
        await worker.KeepAsync("a", "b", "c");
        var channel = worker.Start((_, _) => Volatile.Read(ref up) ? Delivered : Down);
        // Each of them fails five times and waits beside the line for its own time.
        for (var seconds = 0; seconds < 120 && channel.Sent.Count < 18; seconds++)
        {
            await worker.IdleAsync();
            worker.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        await worker.IdleAsync();
        Volatile.Write(ref up, true);
        var before = channel.Sent.Count;
        worker.Clock.Advance(TimeSpan.FromMinutes(1));
        await channel.CountAsync(before + 3);

        Assert.Equal(["a", "b", "c"], channel.Sent.Skip(before));
    }

    [Fact]
    public async Task What_is_refused_is_kept_with_one_error_line_and_sent_at_the_next_start()
    {
        await worker.KeepAsync("a", "b");
        var channel = worker.Start(
            (name, attempt) =>
                name == "a" && attempt == 1 ? new DeliveryResult.Refused("Slack answered 400") : Delivered
        );
        await channel.CountAsync(2);
        await worker.IdleAsync();

        Assert.Equal((0, 1), (await worker.Inbox.PendingAsync(default), await worker.Inbox.DeadAsync(default)));
        Assert.Equal(
            "Error: Message 1 (FIRING: a): given up for test: Slack answered 400; attempt 1. It is kept and tried again at the next start",
            Assert.Single(worker.Log.Lines, line => line.StartsWith("Error", StringComparison.Ordinal))
        );

        await worker.Stop.CancelAsync();
        await worker.Working;
        Assert.Equal(1, await worker.Inbox.ReviveAsync(default));
        using var go = new CancellationTokenSource();
        var again = new Worker(new Hub(channel), worker.Inbox, worker.Clock, new LongestDelay(), worker.Log).RunAsync(
            go.Token,
            go.Token
        );
        await channel.CountAsync(3);
        await go.CancelAsync();
        await again;
        Assert.Equal(["a", "b", "a"], channel.Sent);
    }

    [Fact]
    public async Task A_fault_in_a_channel_ends_neither_the_deliveries_nor_the_secret()
    {
        await worker.KeepAsync("a", "b");
        var channel = worker.Start(
            (name, attempt) =>
                name == "a" && attempt == 1 ? throw new InvalidOperationException("https://secret.example") : Delivered
        );

        await worker.PassAsync(TimeSpan.FromSeconds(0.5));
        await channel.CountAsync(3);

        Assert.Equal(["a", "a", "b"], channel.Sent);
        Assert.Contains(worker.Log.Lines, line => line.Contains("InvalidOperationException", StringComparison.Ordinal));
        Assert.DoesNotContain(worker.Log.Lines, line => line.Contains("secret.example", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_slow_destination_does_not_hold_up_intake()
    {
        var answer = new TaskCompletionSource<DeliveryResult>();
        await worker.KeepAsync("slow");
        var channel = worker.Start(new ScriptedChannel((_, _) => answer.Task));
        await channel.CountAsync(1);

        await worker.KeepAsync("b", "c");

        Assert.Equal(3, await worker.Inbox.PendingAsync(default));
        answer.SetResult(Delivered);
        await channel.CountAsync(3);
    }

    [Fact]
    public async Task A_stop_lets_the_delivery_under_way_finish_and_begins_no_other()
    {
        var answer = new TaskCompletionSource<DeliveryResult>();
        await worker.KeepAsync("a", "b");
        var channel = worker.Start(new ScriptedChannel((_, _) => answer.Task));
        await channel.CountAsync(1);

        await worker.Stop.CancelAsync();
        answer.SetResult(Delivered);
        await worker.Working.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(["a"], channel.Sent);
        Assert.Equal(1, await worker.Inbox.PendingAsync(default));
    }

    [Fact]
    public async Task A_delivery_that_outlasts_the_bound_is_given_up_and_stays()
    {
        await worker.KeepAsync("a");
        var channel = worker.Start(new ScriptedChannel((_, _) => new TaskCompletionSource<DeliveryResult>().Task));
        await channel.CountAsync(1);

        await worker.Stop.CancelAsync();
        await worker.Abort.CancelAsync();
        await worker.Working.WaitAsync(TimeSpan.FromSeconds(20));

        Assert.Equal(1, await worker.Inbox.PendingAsync(default));
    }
}
