namespace Hosts.Tests.Support;

/// <summary>A clock that moves when it is told to, and with it the timers made from it. Safe to use from many threads.</summary>
internal sealed class ManualClock(DateTimeOffset now) : TimeProvider
{
    private readonly Lock gate = new();
    private readonly List<Alarm> alarms = [];
    private readonly List<(Func<DateTimeOffset, bool> Holds, TaskCompletionSource Done)> waiters = [];
    private DateTimeOffset now = now;

    public ManualClock()
        : this(new(2026, 3, 14, 3, 0, 0, TimeSpan.Zero)) { }

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate)
        {
            return now;
        }
    }

    public void Advance(TimeSpan by)
    {
        Alarm[] due;
        lock (gate)
        {
            now += by;
            due = [.. alarms.Where(a => a.Due <= now)];
        }

        foreach (var alarm in due)
        {
            alarm.Ring();
        }
    }

    /// <summary>Until somebody waits for a moment that fits: then the code under test has come to rest.</summary>
    public Task WaitedForAsync(Func<DateTimeOffset, bool> moment)
    {
        lock (gate)
        {
            if (alarms.Any(a => a.Due != DateTimeOffset.MaxValue && moment(a.Due)))
            {
                return Task.CompletedTask;
            }

            var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            waiters.Add((moment, done));
            return done.Task.WaitAsync(TimeSpan.FromSeconds(20));
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var alarm = new Alarm(this, () => callback(state));
        lock (gate)
        {
            alarms.Add(alarm);
        }

        alarm.Change(dueTime, period);
        return alarm;
    }

    private sealed class Alarm(ManualClock clock, Action ring) : ITimer
    {
        public DateTimeOffset Due { get; private set; } = DateTimeOffset.MaxValue;

        public void Ring()
        {
            Due = DateTimeOffset.MaxValue;
            ring();
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock.gate)
            {
                Due = dueTime == Timeout.InfiniteTimeSpan ? DateTimeOffset.MaxValue : clock.now + dueTime;
                foreach (
                    var waiter in clock.waiters.Where(w => Due != DateTimeOffset.MaxValue && w.Holds(Due)).ToArray()
                )
                {
                    waiter.Done.TrySetResult();
                    clock.waiters.Remove(waiter);
                }
            }

            return true;
        }

        public void Dispose()
        {
            lock (clock.gate)
            {
                clock.alarms.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
