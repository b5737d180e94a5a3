using System.Collections.Concurrent;

namespace Hosts.Tests.Support;

/// <summary>A clock on which every wait is over at once and has moved it on.</summary>
internal sealed class SkippingTime(DateTimeOffset start) : TimeProvider
{
    private DateTimeOffset now = start;

    public ConcurrentQueue<TimeSpan> Waits { get; } = [];

    public override DateTimeOffset GetUtcNow() => now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Waits.Enqueue(dueTime);
        now += dueTime;
        return base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
