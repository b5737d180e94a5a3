using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using AlertHub.Alerts;
using AlertHub.Sources;

namespace AlertHub.Picturing;

/// <summary>
/// What GetMetricWidgetImage is asked with
/// (https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Metric-Widget-Structure.html, checked
/// 2026-11-29).
/// </summary>
internal static class MetricWidget
{
    private const int MostMetrics = 100;

    /// <summary>What is shown of the time before it began, and of one that lasts: how it is now.</summary>
    private static readonly TimeSpan Before = TimeSpan.FromHours(1);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(12);
    private const int PeriodsBefore = 30;
    private const int MostPeriods = 360;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>
    /// The array of an alarm's metrics and expressions; null where one of them cannot be told, or there are none.
    /// </summary>
    public static string? Metrics(IReadOnlyList<CloudWatchMetric> metrics)
    {
        if (
            metrics.Count is 0 or > MostMetrics
            || metrics.Any(static m => m.Expression is null && (m.Namespace is null || m.Name is null))
        )
        {
            return null;
        }

        return Json(json =>
        {
            json.WriteStartArray();
            foreach (var metric in metrics)
            {
                Metric(json, metric);
            }

            json.WriteEndArray();
        });
    }

    /// <param name="note">With metrics.</param>
    /// <param name="alert">It tells when trouble began.</param>
    /// <param name="now">The end of what is shown.</param>
    /// <returns>Null where there are no metrics.</returns>
    public static string? Of(ChartNote note, Alert alert, DateTimeOffset now)
    {
        if (note.Metrics is not { } metrics)
        {
            return null;
        }

        var chart = note.Chart;
        var (start, end) = Range(alert, now, chart.Period ?? TimeSpan.FromMinutes(1));
        return Json(json =>
        {
            json.WriteStartObject();
            json.WriteString("title", chart.Title);
            json.WriteString("view", "timeSeries");
            json.WriteBoolean("stacked", false);
            json.WriteNumber("width", ChartDrawing.Width);
            json.WriteNumber("height", ChartDrawing.Height);
            json.WriteString("theme", "light");
            json.WriteString("start", Time(start));
            json.WriteString("end", Time(end));
            json.WriteString("timezone", "+0000");
            if (note.Region is { } region)
            {
                json.WriteString("region", region);
            }

            json.WritePropertyName("metrics");
            json.WriteRawValue(metrics);
            json.WriteStartObject("annotations");
            Threshold(json, chart);
            Moments(json, alert, start, end);
            json.WriteEndObject();
            json.WriteEndObject();
        });
    }

    private static (DateTimeOffset Start, DateTimeOffset End) Range(Alert alert, DateTimeOffset now, TimeSpan period)
    {
        var before = Longer(Before, PeriodsBefore * period);
        var longest = Longer(Longest, MostPeriods * period);
        var end = alert.EndsAt is { } ended && ended + before < now ? ended + before : now;
        var start = alert.StartsAt < end - longest ? end - longest : alert.StartsAt;
        return (start - before, end);
    }

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static void Metric(Utf8JsonWriter json, CloudWatchMetric metric)
    {
        json.WriteStartArray();
        if (metric.Expression is null)
        {
            json.WriteStringValue(metric.Namespace);
            json.WriteStringValue(metric.Name);
            foreach (var (name, value) in metric.Dimensions)
            {
                json.WriteStringValue(name);
                json.WriteStringValue(value);
            }
        }

        json.WriteStartObject();
        Member(json, "expression", metric.Expression);
        Member(json, "id", metric.GraphId);
        Member(json, "label", metric.Label);
        Member(json, "stat", metric.Expression is null ? metric.Statistic ?? "Average" : null);
        if (metric.Period is { } period)
        {
            json.WriteNumber("period", (long)period.TotalSeconds);
        }

        if (!metric.Returns)
        {
            json.WriteBoolean("visible", false);
        }

        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void Threshold(Utf8JsonWriter json, Chart chart)
    {
        if (chart.Limit is not { } limit || chart.Threshold is not { } threshold)
        {
            return;
        }

        json.WriteStartArray("horizontal");
        json.WriteStartObject();
        json.WriteString("label", limit);
        json.WriteNumber("value", threshold);
        json.WriteString("color", "#c9252d");
        if (chart.Comparison is { } comparison)
        {
            json.WriteString("fill", comparison is ">" or "≥" ? "above" : "below");
        }

        json.WriteEndObject();
        json.WriteEndArray();
    }

    /// <summary>When it began and ended, as far as that is in the picture.</summary>
    private static void Moments(Utf8JsonWriter json, Alert alert, DateTimeOffset start, DateTimeOffset end)
    {
        json.WriteStartArray("vertical");
        foreach (var (label, at) in new[] { ("began", (DateTimeOffset?)alert.StartsAt), ("ended", alert.EndsAt) })
        {
            if (at >= start && at <= end)
            {
                json.WriteStartObject();
                json.WriteString("label", label);
                json.WriteString("value", Time(at.Value));
                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
    }

    private static void Member(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    private static string Time(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH':'mm':'ss'.000Z'", CultureInfo.InvariantCulture);

    public static string Json(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            write(json);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
