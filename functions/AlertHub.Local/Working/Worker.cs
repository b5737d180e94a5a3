using System.Diagnostics.CodeAnalysis;
using AlertHub.Api.Working;
using AlertHub.Delivering;

namespace AlertHub.Local.Working;

/// <summary>Does what has to be done when it is due: flushes groups at once, deliveries side by side.</summary>
internal sealed class Worker : IWorkQueue, IDisposable
{
    /// <summary>What got lost on the way is found so soon.</summary>
    private static readonly TimeSpan SweepEvery = TimeSpan.FromMinutes(1);

    /// <summary>A clock that is set moves no timer: looks at it again at least so often.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan StoragePause = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan FaultPause = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Work that is due and could not be done must not turn in circles. No longer than nobody minds: of two processors one
    /// may read a clock that is a moment behind, and then what is due is not yet.
    /// </summary>
    private static readonly TimeSpan IdlePause = TimeSpan.FromMilliseconds(50);

    private static readonly Task Never = new TaskCompletionSource().Task;

    private readonly Hub hub;
    private readonly TimeProvider time;
    private readonly WorkLog log;
    private readonly Agenda agenda;
    private readonly Lanes lanes = new();
    private readonly Lock gate = new();
    private DateTimeOffset storageFrom = DateTimeOffset.MinValue;
    private int underWay;
    private TaskCompletionSource? rest;

    /// <param name="hub">Does it.</param>
    /// <param name="startDelay">Groups are flushed so long after the start at the earliest.</param>
    /// <param name="time">Says what is due.</param>
    /// <param name="log">Told what came of it.</param>
    public Worker(Hub hub, TimeSpan startDelay, TimeProvider time, WorkLog log)
    {
        (this.hub, this.time, this.log) = (hub, time, log);
        agenda = new(time.GetUtcNow() + startDelay);
    }

    public ValueTask AddAsync(IReadOnlyList<DueWork> work, CancellationToken cancellationToken)
    {
        agenda.Add(work);
        return ValueTask.CompletedTask;
    }

    /// <summary>Runs until it is told to stop, and what it began has ended.</summary>
    /// <param name="stop">Begin nothing more.</param>
    /// <param name="abort">Give up what is under way, too: what was not delivered stays stored.</param>
    public async Task RunAsync(CancellationToken stop, CancellationToken abort)
    {
        var sweepAt = time.GetUtcNow() + SweepEvery;
        while (!stop.IsCancellationRequested)
        {
            var now = time.GetUtcNow();
            if (now >= sweepAt)
            {
                sweepAt = now + SweepEvery;
                await SweepAsync(now, stop);
            }

            if (now < storageFrom)
            {
                await WaitAsync(storageFrom, Never, stop);
                continue;
            }

            var due = agenda.Take(now, out var next, out var changed);
            foreach (var work in due)
            {
                Begin(work, stop, abort);
            }

            await WaitAsync(next < sweepAt ? next : sweepAt, changed, stop);
        }

        await RestAsync();
    }

    public void Dispose() => lanes.Dispose();

    private async Task SweepAsync(DateTimeOffset now, CancellationToken stop)
    {
        try
        {
            agenda.Add(await hub.SweepAsync(DateTimeOffset.MaxValue, stop));
        }
        catch (StorageUnavailableException e)
        {
            Stuck(e.Message, now);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested) { }
    }

    private void Begin(Work work, CancellationToken stop, CancellationToken abort)
    {
        lock (gate)
        {
            underWay++;
        }

        _ = Task.Run(() => DoAsync(work, stop, abort), CancellationToken.None);
    }

    [SuppressMessage("Design", "CA1031", Justification = "One fault must not end all deliveries.")]
    private async Task DoAsync(Work work, CancellationToken stop, CancellationToken abort)
    {
        IReadOnlyList<DueWork> next = [];
        DeliverResult? delivered = null;
        try
        {
            (next, delivered) = await DoneAsync(work, stop, abort);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested || abort.IsCancellationRequested)
        {
            // It stays stored; the next start finds it.
        }
        catch (StorageUnavailableException e)
        {
            var now = time.GetUtcNow();
            Stuck(e.Message, now);
            next = [new(work, now + StoragePause)];
        }
        catch (Exception e)
        {
            log.Broken(work, e, FaultPause);
            next = [new(work, time.GetUtcNow() + FaultPause)];
        }

        agenda.Done(work, next, time.GetUtcNow());
        if (delivered is { Attempt: { } attempt, Follow: { } follow } && await follow(stop) is { } objection)
        {
            log.Unfollowed(attempt, objection);
        }

        lock (gate)
        {
            if (--underWay == 0)
            {
                rest?.TrySetResult();
            }
        }
    }

    private async Task<(IReadOnlyList<DueWork> Next, DeliverResult? Delivered)> DoneAsync(
        Work work,
        CancellationToken stop,
        CancellationToken abort
    )
    {
        switch (work)
        {
            case Work.Flush flush:
                var flushed = await hub.FlushAsync(flush.Group, abort);
                if (flushed.Flush is null)
                {
                    return (Unhurried(flushed.Next), null);
                }

                log.Flushed(flushed.Flush);
                return (flushed.Next, null);

            case Work.Deliver(var group, var integration):
                using (await lanes.EnterAsync(new Destination(group.Receiver, integration), stop))
                {
                    var delivered = await hub.DeliverAsync(group, integration, log.Unrecorded, abort);
                    if (delivered.Attempt is null)
                    {
                        return (Unhurried(delivered.Next), null);
                    }

                    log.Attempted(delivered.Attempt);
                    return (delivered.Next, delivered);
                }

            default:
                throw new InvalidOperationException($"work of no known kind: {work.GetType().Name}");
        }
    }

    private DueWork[] Unhurried(IReadOnlyList<DueWork> next)
    {
        var soonest = time.GetUtcNow();
        return [.. next.Select(each => each.Due > soonest ? each : each with { Due = soonest + IdlePause })];
    }

    /// <summary>Nothing is begun for a while, and whatever failed meanwhile says nothing new.</summary>
    private void Stuck(string reason, DateTimeOffset now)
    {
        lock (gate)
        {
            if (now < storageFrom)
            {
                return;
            }

            storageFrom = now + StoragePause;
        }

        log.Stuck(reason, StoragePause);
    }

    private async Task WaitAsync(DateTimeOffset until, Task changed, CancellationToken stop)
    {
        var wait = until - time.GetUtcNow();
        if (wait <= TimeSpan.Zero)
        {
            return;
        }

        // A timer may ring a moment early, and then the loop would turn until the work is due.
        var longest = wait < LongestWait ? wait + TimeSpan.FromMilliseconds(1) : LongestWait;
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        await Task.WhenAny(Task.Delay(longest, time, ending.Token), changed);
        await ending.CancelAsync();
    }

    private Task RestAsync()
    {
        lock (gate)
        {
            rest = new(TaskCreationOptions.RunContinuationsAsynchronously);
            if (underWay == 0)
            {
                rest.SetResult();
            }

            return rest.Task;
        }
    }
}
