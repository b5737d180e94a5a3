using System.Collections.Concurrent;

namespace AlertHub.Metrics;

/// <summary>All series of one metric.</summary>
public abstract class MetricFamily
{
    private protected MetricFamily() { }

    internal abstract void Write(MetricText text);
}

/// <summary>All series of one metric, told apart by the values of its labels.</summary>
public sealed class MetricFamily<TSeries> : MetricFamily
    where TSeries : Series
{
    private readonly ConcurrentDictionary<string, TSeries> series = new(StringComparer.Ordinal);
    private readonly string name;
    private readonly string help;
    private readonly string type;
    private readonly Func<TSeries> make;
    private readonly string[] labels;

    internal MetricFamily(string name, string help, string type, Func<TSeries> make, string[] labels)
    {
        this.name = name;
        this.help = help;
        this.type = type;
        this.make = make;
        this.labels = labels;
        if (labels.Length == 0)
        {
            series[""] = make();
        }
    }

    /// <summary>The series with these values, in the order of the labels' names; made where it is new.</summary>
    public TSeries this[params ReadOnlySpan<string> values]
    {
        get
        {
            if (values.Length != labels.Length)
            {
                throw new ArgumentException($"{name} has {labels.Length} labels, not {values.Length}", nameof(values));
            }

            var key = MetricText.Labels(labels, values);
            return series.TryGetValue(key, out var found) ? found : series.GetOrAdd(key, make());
        }
    }

    /// <summary>Of a metric without labels.</summary>
    internal TSeries Only => series[""];

    /// <summary>For what is told anew each time, such as gauges by destination: a destination that is gone leaves none behind.</summary>
    public void Clear() => series.Clear();

    internal override void Write(MetricText text)
    {
        var all = series.ToArray();
        if (all.Length == 0)
        {
            return;
        }

        Array.Sort(all, static (a, b) => string.CompareOrdinal(a.Key, b.Key));
        text.Head(name, help, type);
        foreach (var (key, one) in all)
        {
            one.Write(text, name, key);
        }
    }
}
