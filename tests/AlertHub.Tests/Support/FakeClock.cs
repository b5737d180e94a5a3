namespace AlertHub.Tests.Support;

/// <summary>A clock that moves when it is told to, and with it every timer made from it.</summary>
internal sealed class FakeClock(DateTimeOffset now) : TimeProvider
{
    private readonly List<Alarm> alarms = [];
    private DateTimeOffset now = now;

    public FakeClock()
        : this(Some.Now) { }

    public override DateTimeOffset GetUtcNow() => now;

    public void Advance(TimeSpan by)
    {
        now += by;
        foreach (var alarm in alarms.Where(a => a.Due <= now).ToArray())
        {
            alarm.Ring();
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var alarm = new Alarm(this, () => callback(state));
        alarm.Change(dueTime, period);
        alarms.Add(alarm);
        return alarm;
    }

    private sealed class Alarm(FakeClock clock, Action ring) : ITimer
    {
        public DateTimeOffset Due { get; private set; } = DateTimeOffset.MaxValue;

        public void Ring()
        {
            Due = DateTimeOffset.MaxValue;
            ring();
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Due = dueTime == Timeout.InfiniteTimeSpan ? DateTimeOffset.MaxValue : clock.now + dueTime;
            return true;
        }

        public void Dispose() => clock.alarms.Remove(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
