namespace AlertHub.Metrics;

/// <summary>One series of a metric, or a histogram's several. Any thread may count.</summary>
public abstract class Series
{
    /// <param name="text">Where it goes.</param>
    /// <param name="name">Of the metric.</param>
    /// <param name="labels">Such as <c>a="1",b="2"</c>; may be empty.</param>
    internal abstract void Write(MetricText text, string name, string labels);

    private protected static void Add(ref double total, double amount)
    {
        var seen = Volatile.Read(ref total);
        while (true)
        {
            var before = Interlocked.CompareExchange(ref total, seen + amount, seen);
            // Bits and not numbers: what is no number equals nothing.
            if (BitConverter.DoubleToInt64Bits(before) == BitConverter.DoubleToInt64Bits(seen))
            {
                return;
            }

            seen = before;
        }
    }
}

/// <summary>What only grows.</summary>
public sealed class Counter : Series
{
    private double value;

    public double Value => Volatile.Read(ref value);

    /// <param name="amount">Not below zero.</param>
    public void Add(double amount = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(amount);
        Add(ref value, amount);
    }

    /// <summary>For what somebody else counts, such as the system; a lower total is left alone.</summary>
    public void RaiseTo(double total)
    {
        var seen = Volatile.Read(ref value);
        while (total > seen && Interlocked.CompareExchange(ref value, total, seen) is var before && before != seen)
        {
            seen = before;
        }
    }

    internal override void Write(MetricText text, string name, string labels) => text.Sample(name, labels, Value);
}

/// <summary>What goes up and down.</summary>
public sealed class Gauge : Series
{
    private double value;

    public double Value => Volatile.Read(ref value);

    public void Set(double now) => Volatile.Write(ref value, now);

    public void Set(bool now) => Set(now ? 1 : 0);

    /// <summary>As seconds since 1970.</summary>
    public void Set(DateTimeOffset time) => Set((time - DateTimeOffset.UnixEpoch).TotalSeconds);

    public void Add(double amount) => Add(ref value, amount);

    internal override void Write(MetricText text, string name, string labels) => text.Sample(name, labels, Value);
}
