using System.Buffers;
using System.Text;
using AlertHub.Metrics;

namespace AlertHub.Tests.Metrics;

public sealed class MetricTexts
{
    private readonly MetricRegistry registry = new();

    private string Text()
    {
        var text = new ArrayBufferWriter<byte>();
        registry.Write(text);
        return Encoding.UTF8.GetString(text.WrittenSpan);
    }

    [Fact]
    public void Metrics_are_written_by_name_and_series_by_labels()
    {
        var counters = registry.Counters("b_total", "Second.", "x", "y");
        counters["2", "1"].Add(2.5);
        counters["1", "\\ \"\n"].Add();
        registry.Gauge("a", "First: \\ and\nline.").Set(35438592);

        Assert.Equal(
            """
            # HELP a First: \\ and\nline.
            # TYPE a gauge
            a 3.5438592e+07
            # HELP b_total Second.
            # TYPE b_total counter
            b_total{x="1",y="\\ \"\n"} 1
            b_total{x="2",y="1"} 2.5

            """,
            Text()
        );
    }

    [Fact]
    public void A_histogram_counts_what_is_as_large_as_its_bound_or_smaller()
    {
        var sizes = registry.Histograms("size", "Sizes.", [1, 1_000_000], "k")["v"];
        foreach (var size in new[] { 0.5, 1, 1.5, 1_000_000, 2_000_000 })
        {
            sizes.Observe(size);
        }

        Assert.Equal(
            """
            # HELP size Sizes.
            # TYPE size histogram
            size_bucket{k="v",le="1"} 2
            size_bucket{k="v",le="1e+06"} 4
            size_bucket{k="v",le="+Inf"} 5
            size_sum{k="v"} 3.000003e+06
            size_count{k="v"} 5

            """,
            Text()
        );
    }

    [Fact]
    public void A_summary_is_a_sum_and_a_count()
    {
        registry.Summary("took_seconds", "Times.").Observe(TimeSpan.FromMilliseconds(250));

        Assert.EndsWith(
            "# TYPE took_seconds summary\ntook_seconds_sum 0.25\ntook_seconds_count 1\n",
            Text(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_metric_without_a_series_is_not_mentioned()
    {
        var gauges = registry.Gauges("open", "Open ones.", "destination");
        Assert.Equal("", Text());
        gauges["a"].Set(true);
        Assert.EndsWith("open{destination=\"a\"} 1\n", Text(), StringComparison.Ordinal);
        gauges.Clear();
        Assert.Equal("", Text());
    }

    [Fact]
    public void Threads_that_count_at_once_lose_nothing()
    {
        var counters = registry.Counters("n_total", "Counted.", "k");
        var sizes = registry.Histograms("size", "Sizes.", [1]).Only;

        Parallel.For(
            0,
            10_000,
            i =>
            {
                counters[$"{i % 3}"].Add();
                sizes.Observe(i % 2 * 2);
            }
        );

        Assert.Equal(10_000, counters["0"].Value + counters["1"].Value + counters["2"].Value);
        Assert.Contains("size_bucket{le=\"1\"} 5000\n", Text(), StringComparison.Ordinal);
        Assert.Contains("size_sum 10000\n", Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_only_grows_never_falls()
    {
        var counter = registry.Counter("n_total", "Counted.");
        counter.RaiseTo(5);
        counter.RaiseTo(3);

        Assert.Equal(5, counter.Value);
        Assert.Throws<ArgumentOutOfRangeException>(() => counter.Add(-1));
    }
}
