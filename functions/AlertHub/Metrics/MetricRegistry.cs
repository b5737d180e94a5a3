using System.Buffers;

namespace AlertHub.Metrics;

/// <summary>
/// The metrics of one process. Written here because none of the packages that do this can be restored (no
/// prometheus-net, no exporter of OpenTelemetry), and these are three kinds of numbers and a text format.
/// </summary>
public sealed class MetricRegistry
{
    /// <summary>Of the text, as HTTP has it.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly Lock gate = new();
    private readonly SortedDictionary<string, MetricFamily> families = new(StringComparer.Ordinal);

    public Counter Counter(string name, string help) => Counters(name, help).Only;

    /// <param name="name">By Prometheus's rules; a counter's ends in <c>_total</c>.</param>
    /// <param name="help">One sentence.</param>
    /// <param name="labels">In the order in which they are written; Prometheus's own clients write them sorted.</param>
    public MetricFamily<Counter> Counters(string name, string help, params string[] labels) =>
        Add(name, new MetricFamily<Counter>(name, help, "counter", static () => new(), labels));

    public Gauge Gauge(string name, string help) => Gauges(name, help).Only;

    public MetricFamily<Gauge> Gauges(string name, string help, params string[] labels) =>
        Add(name, new MetricFamily<Gauge>(name, help, "gauge", static () => new(), labels));

    public MetricFamily<Histogram> Histograms(
        string name,
        string help,
        IReadOnlyList<double> bounds,
        params string[] labels
    ) => Add(name, new MetricFamily<Histogram>(name, help, "histogram", () => new(bounds), labels));

    /// <summary>A sum and a count, without quantiles.</summary>
    public Histogram Summary(string name, string help) =>
        Add(name, new MetricFamily<Histogram>(name, help, "summary", static () => new([]), [])).Only;

    /// <summary>All of them by name, as <see cref="ContentType"/>.</summary>
    public void Write(IBufferWriter<byte> output)
    {
        MetricFamily[] all;
        lock (gate)
        {
            all = [.. families.Values];
        }

        var text = new MetricText(output);
        foreach (var family in all)
        {
            family.Write(text);
        }
    }

    /// <exception cref="ArgumentException">There is one of that name: a bug.</exception>
    private MetricFamily<TSeries> Add<TSeries>(string name, MetricFamily<TSeries> family)
        where TSeries : Series
    {
        lock (gate)
        {
            families.Add(name, family);
        }

        return family;
    }
}
