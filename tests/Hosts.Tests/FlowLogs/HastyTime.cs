using System.Collections.Concurrent;

namespace Hosts.Tests.FlowLogs;

/// <summary>A clock on which waits are over at once and have moved it on; only the timeout of a request lasts.</summary>
internal sealed class HastyTime(TimeSpan timeout) : TimeProvider
{
    private long skipped;

    public ConcurrentQueue<TimeSpan> Waits { get; } = [];

    public void Advance(TimeSpan by) => Interlocked.Add(ref skipped, by.Ticks);

    public override DateTimeOffset GetUtcNow() =>
        new DateTimeOffset(2026, 3, 14, 3, 0, 0, TimeSpan.Zero).AddTicks(Interlocked.Read(ref skipped));

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime == timeout || dueTime == Timeout.InfiniteTimeSpan)
        {
            return base.CreateTimer(callback, state, dueTime, period);
        }

        Waits.Enqueue(dueTime);
        Advance(dueTime);
        return base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
