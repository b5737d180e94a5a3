using AlertHub.Templates.Printing;

namespace AlertHub.Metrics;

/// <summary>How often something was how large. Without bounds it is what Prometheus calls a summary: a sum and a count.</summary>
/// <param name="bounds">The upper ones, which belong to their buckets; ascending, without the last, infinity.</param>
public sealed class Histogram(IReadOnlyList<double> bounds) : Series
{
    /// <summary>Each once; the text adds them up.</summary>
    private readonly long[] counts = new long[bounds.Count + 1];
    private double sum;

    public long Count => counts.Sum();

    public void Observe(double size)
    {
        var bucket = 0;
        while (bucket < bounds.Count && size > bounds[bucket])
        {
            bucket++;
        }

        Interlocked.Increment(ref counts[bucket]);
        Add(ref sum, size);
    }

    public void Observe(TimeSpan length) => Observe(length.TotalSeconds);

    internal override void Write(MetricText text, string name, string labels)
    {
        var separator = labels.Length > 0 ? "," : "";
        var total = 0L;
        for (var i = 0; i < counts.Length; i++)
        {
            total += Interlocked.Read(ref counts[i]);
            if (bounds.Count > 0)
            {
                var bound = i < bounds.Count ? FloatText.Format(bounds[i], 'g', -1) : "+Inf";
                text.Sample($"{name}_bucket", $"{labels}{separator}le=\"{bound}\"", total);
            }
        }

        text.Sample($"{name}_sum", labels, Volatile.Read(ref sum));
        text.Sample($"{name}_count", labels, total);
    }
}
