using System.Text.Json;

namespace AlertHub.Aws.Logging;

/// <summary>
/// Metrics by way of the log: lines in CloudWatch's embedded metric format, of which it makes metrics without a request of
/// ours. They go past the logger, whose records it does not read.
/// </summary>
/// <param name="output">The log stream; of a function its standard output.</param>
/// <param name="stage">Which of several hubs this is.</param>
/// <param name="time">When it was measured.</param>
internal sealed class MetricLog(Stream output, string stage, TimeProvider time)
{
    /// <summary>The format's limit of one metric.</summary>
    private const int MostValues = 100;

    private readonly Lock gate = new();

    /// <summary>Those that have a value, in one line, or in several where they have many.</summary>
    public void Write(params IReadOnlyList<Metric> metrics) => Write(null, null, metrics);

    /// <summary>The same of one thing among several, at another time.</summary>
    /// <param name="part">Name and value of the dimension beside the stage; null for none.</param>
    /// <param name="at">When it was; null for now. CloudWatch takes what is up to two weeks old.</param>
    /// <param name="metrics">What was measured.</param>
    public void Write((string Name, string Value)? part, DateTimeOffset? at, params IReadOnlyList<Metric> metrics)
    {
        var left = metrics.Where(static metric => metric.Values.Count > 0).ToList();
        while (left.Count > 0)
        {
            var line = LineOf(
                part,
                at ?? time.GetUtcNow(),
                [.. left.Select(static metric => metric with { Values = [.. metric.Values.Take(MostValues)] })]
            );
            lock (gate)
            {
                output.Write(line);
                output.Flush();
            }

            left =
            [
                .. left.Where(static metric => metric.Values.Count > MostValues)
                    .Select(static metric => metric with { Values = [.. metric.Values.Skip(MostValues)] }),
            ];
        }
    }

    private byte[] LineOf((string Name, string Value)? part, DateTimeOffset at, IReadOnlyList<Metric> metrics)
    {
        using var line = new MemoryStream();
        using (var json = new Utf8JsonWriter(line))
        {
            json.WriteStartObject();
            json.WriteStartObject("_aws");
            json.WriteNumber("Timestamp", at.ToUnixTimeMilliseconds());
            json.WriteStartArray("CloudWatchMetrics");
            json.WriteStartObject();
            json.WriteString("Namespace", MetricNames.Namespace);
            json.WriteStartArray("Dimensions");
            json.WriteStartArray();
            json.WriteStringValue(MetricNames.StageDimension);
            if (part is { Name: var dimension })
            {
                json.WriteStringValue(dimension);
            }

            json.WriteEndArray();
            json.WriteEndArray();
            json.WriteStartArray("Metrics");
            foreach (var metric in metrics)
            {
                json.WriteStartObject();
                json.WriteString("Name", metric.Name);
                json.WriteString("Unit", metric.Unit);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteString(MetricNames.StageDimension, stage);
            if (part is { } one)
            {
                json.WriteString(one.Name, one.Value);
            }

            foreach (var metric in metrics)
            {
                Write(json, metric);
            }

            json.WriteEndObject();
        }

        line.WriteByte((byte)'\n');
        return line.ToArray();
    }

    private static void Write(Utf8JsonWriter json, Metric metric)
    {
        if (metric.Values is [var only])
        {
            json.WriteNumber(metric.Name, only);
            return;
        }

        json.WriteStartArray(metric.Name);
        foreach (var value in metric.Values)
        {
            json.WriteNumberValue(value);
        }

        json.WriteEndArray();
    }
}
