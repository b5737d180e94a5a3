using AlertHub;
using AlertHub.Notifying;
using Hosts.Tests.Support;

namespace Hosts.Tests.Queues;

/// <summary>What every <see cref="IWorkQueue"/> does for a hub, seen by who is told, and when.</summary>
public abstract class QueueContract
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Half = TimeSpan.FromSeconds(30);
    private const string Quick = "group_wait: 0s, group_interval: 1m, repeat_interval: 4h";

    private protected abstract Task<IQueueScene> StartAsync(IChannel channel, string timers);

    [Fact]
    public async Task Work_is_done_when_it_is_due_and_once()
    {
        await using var told = await TellAsync("group_wait: 30s, group_interval: 5m, repeat_interval: 4h");
        await told.Scene.FireAsync(isLost: false, "one", "A");
        await told.Scene.PassAsync(TimeSpan.FromSeconds(29), Second);
        Assert.Empty(told.Times);

        await told.Scene.PassAsync(TimeSpan.FromSeconds(3), Second);
        Assert.InRange(Assert.Single(told.Times), Half, TimeSpan.FromSeconds(32));
        await told.Scene.PassAsync(TimeSpan.FromMinutes(6), Half);
        Assert.Single(told.Times);
    }

    [Fact]
    public async Task What_is_due_in_an_hour_is_done_in_an_hour()
    {
        await using var told = await TellAsync("group_wait: 61m, group_interval: 2h, repeat_interval: 4h");
        await told.Scene.FireAsync(isLost: false, "one", "A");
        await told.Scene.PassAsync(TimeSpan.FromMinutes(60), Half);
        Assert.Empty(told.Times);

        await told.Scene.PassAsync(TimeSpan.FromMinutes(2), Half);
        Assert.InRange(Assert.Single(told.Times), TimeSpan.FromMinutes(61), TimeSpan.FromMinutes(62));
    }

    [Fact]
    public async Task Repeats_come_again_and_again()
    {
        await using var told = await TellAsync("group_wait: 0s, group_interval: 20m, repeat_interval: 40m");
        await told.Scene.FireAsync(isLost: false, "one", "A");
        await told.Scene.PassAsync(TimeSpan.FromMinutes(125), Half);

        Assert.Equal([0, 40, 80, 120], told.Times.Select(static at => (int)at.TotalMinutes));
    }

    [Fact]
    public async Task A_destination_that_asks_for_time_gets_it()
    {
        await using var told = await TellAsync(
            Quick,
            (_, attempt) =>
                attempt == 1
                    ? new DeliveryResult.TryLater("busy", TimeSpan.FromMinutes(17))
                    : new DeliveryResult.Delivered()
        );
        await told.Scene.FireAsync(isLost: false, "one", "A");
        await told.Scene.PassAsync(TimeSpan.FromMinutes(20), Half);

        Assert.Equal(2, told.Times.Count);
        Assert.InRange(told.Times[1], TimeSpan.FromMinutes(17), TimeSpan.FromMinutes(20));
    }

    [Fact]
    public async Task The_same_work_asked_for_often_and_in_any_order_is_done_once()
    {
        await using var told = await TellAsync(Quick);
        await told.Scene.FireAsync(isLost: true, "one", "A", "B", "C");
        var due = await told.Scene.Hub.SweepAsync(DateTimeOffset.MaxValue, default);
        await told.Scene.Queue.AddAsync([.. due, .. due.Reverse(), .. due], default);
        await told.Scene.Queue.AddAsync(due, default);
        await told.Scene.PassAsync(TimeSpan.FromMinutes(3), Second);

        Assert.Equal(["A", "B", "C"], told.Channel.Sent.Order());
    }

    [Fact]
    public async Task What_the_queue_never_heard_of_is_found_within_two_minutes()
    {
        await using var told = await TellAsync(Quick);
        await told.Scene.FireAsync(isLost: true, "one", "A");
        await told.Scene.PassAsync(TimeSpan.FromMinutes(2), Second);

        Assert.InRange(Assert.Single(told.Times), TimeSpan.Zero, TimeSpan.FromMinutes(2));
    }

    [Fact]
    public async Task A_destination_that_is_down_for_an_hour_is_told_once_when_it_is_back()
    {
        var isBack = false;
        await using var told = await TellAsync(
            Quick,
            (_, _) => isBack ? new DeliveryResult.Delivered() : new DeliveryResult.TryLater("down")
        );
        await told.Scene.FireAsync(isLost: false, "one", "A", "B", "C");
        await told.Scene.PassAsync(TimeSpan.FromMinutes(60), Half);
        var tries = told.Times.Count;
        isBack = true;
        await told.Scene.PassAsync(TimeSpan.FromMinutes(20), Half);

        Assert.InRange(tries, 3, 150);
        Assert.Equal(["A", "B", "C"], told.Channel.Sent.Skip(tries).Order());
    }

    private async Task<Telling> TellAsync(string timers, Func<string, int, DeliveryResult>? answer = null)
    {
        var times = new List<TimeSpan>();
        IQueueScene? scene = null;
        DateTimeOffset start = default;
        var channel = new ScriptedChannel(
            (name, attempt) =>
            {
                lock (times)
                {
                    times.Add(scene!.Clock.GetUtcNow() - start);
                }

                return answer?.Invoke(name, attempt) ?? new DeliveryResult.Delivered();
            }
        );
        scene = await StartAsync(channel, timers);
        start = scene.Clock.GetUtcNow();
        return new(scene, channel, times);
    }

    /// <param name="Times">When something was sent, since the start.</param>
    private sealed record Telling(IQueueScene Scene, ScriptedChannel Channel, IReadOnlyList<TimeSpan> Times)
        : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => Scene.DisposeAsync();
    }
}

/// <summary>The one process.</summary>
public sealed class QueueOfAWorker : QueueContract
{
    private protected override Task<IQueueScene> StartAsync(IChannel channel, string timers) =>
        Task.FromResult<IQueueScene>(new RunningHub(channel, timers: timers));
}

/// <summary>SQS, with the functions that work on its messages.</summary>
[Collection(FunctionQueues.Name)]
public sealed class QueuesOfFunctions(Dynalite dynalite, Fauxqs fauxqs) : QueueContract
{
    private protected override async Task<IQueueScene> StartAsync(IChannel channel, string timers) =>
        await FunctionScene.StartAsync(dynalite, fauxqs, channel, RunningHub.Config(timers));
}
