using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using AlertHub.Alerts;
using AlertHub.Sources;

namespace AlertHub.Picturing;

/// <summary>
/// What a picture of an alert is made of, as the alert carries it: <see cref="Annotation.Chart"/>. A document of ours, but
/// read as a foreign one, since who posts alerts may annotate them as they please.
/// </summary>
internal sealed record ChartNote
{
    /// <summary>It is stored with each alert and in each of its groups. What has no room is left out, oldest points first.</summary>
    public const int MostBytes = 2048;

    /// <summary>What leaves room for thirty points or more.</summary>
    private const int MostBytesWithoutPoints = 1200;

    /// <summary>Of <c>"from":-62135596800,"points":[],</c>.</summary>
    private const int RoomForStart = 40;

    private const int LongestTitle = 80;

    /// <summary>A day in steps of ten seconds, and far more than ours holds.</summary>
    private const int MostPoints = 10_000;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public required Chart Chart { get; init; }

    /// <summary>The metrics as <see cref="MetricWidget"/> has them, an array in JSON; null where CloudWatch cannot be asked.</summary>
    public string? Metrics { get; init; }

    /// <summary>Where CloudWatch has them: a code, <c>eu-west-1</c>.</summary>
    public string? Region { get; init; }

    /// <summary>Twelve digits.</summary>
    public string? Account { get; init; }

    /// <summary>Null where the alert has none, or none that can be read.</summary>
    public static ChartNote? Of(Alert alert)
    {
        if (
            alert.Annotations[Annotation.Chart] is not { } text
            || ForeignJson.Parse(text) is not { ValueKind: JsonValueKind.Object } note
        )
        {
            return null;
        }

        var from =
            note.Member("from") is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var second)
                ? At(second)
                : null;
        return new()
        {
            Chart = new()
            {
                Title = note.Text("title") ?? "",
                Unit = note.Text("unit"),
                Comparison = note.Text("comparison") is ">" or "≥" or "<" or "≤" ? note.Text("comparison") : null,
                Threshold = note.Member("threshold")?.AsFinite(),
                Period = CloudWatchTags.Seconds(note.Number("period") is >= 1 and var period ? period : null),
                From = from,
                Points = from is null
                    ? []
                    : [.. note.Items("points").Take(MostPoints).Select(p => Point(from.Value, p)).OfType<ChartPoint>()],
            },
            Metrics = note.Member("metrics") is { ValueKind: JsonValueKind.Array } metrics
                // As JSON has it: what was read may have a comma too many.
                ? MetricWidget.Json(metrics.WriteTo)
                : null,
            Region = note.Text("region"),
            Account = note.Text("account"),
        };
    }

    /// <summary>The annotation's value; empty where there is neither a point nor a metric.</summary>
    public string Text()
    {
        ChartPoint[] points = [.. Chart.Points.OrderBy(static p => p.At)];
        var from = DateTimeOffset.FromUnixTimeSeconds(
            (Chart.From ?? (points.Length > 0 ? points[0].At : DateTimeOffset.UnixEpoch)).ToUnixTimeSeconds()
        );
        var metrics = Metrics is { } all && Write([], from, all).Length <= MostBytesWithoutPoints ? all : null;
        var left = MostBytes - Write([], from, metrics).Length - RoomForStart;
        var written = new List<string>();
        foreach (var point in Enumerable.Reverse(points))
        {
            var text = Text(point, from);
            left -= text.Length + 1;
            if (left < 0)
            {
                break;
            }

            written.Insert(0, text);
        }

        return metrics is null && written.Count == 0 ? "" : Encoding.UTF8.GetString(Write(written, from, metrics));
    }

    private byte[] Write(List<string> points, DateTimeOffset from, string? metrics)
    {
        var buffer = new ArrayBufferWriter<byte>(MostBytes);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            if (!string.IsNullOrWhiteSpace(Chart.Title))
            {
                json.WriteString(
                    "title",
                    string.Concat(Chart.Title.Trim().EnumerateRunes().Take(LongestTitle)).TrimEnd()
                );
            }

            Member(json, "unit", Chart.Unit, static c => char.IsAsciiLetter(c) || c == '/');
            Member(json, "comparison", Chart.Comparison, static _ => true);
            if (Chart.Threshold is { } threshold && double.IsFinite(threshold))
            {
                json.WritePropertyName("threshold");
                json.WriteRawValue(Number(threshold));
            }

            if (Chart.Period is { } period)
            {
                json.WriteNumber("period", (long)period.TotalSeconds);
            }

            if (points.Count > 0)
            {
                json.WriteNumber("from", from.ToUnixTimeSeconds());
                json.WriteStartArray("points");
                foreach (var point in points)
                {
                    json.WriteRawValue(point);
                }

                json.WriteEndArray();
            }

            Member(json, "region", Region, static c => char.IsAsciiLetterOrDigit(c) || c == '-');
            Member(json, "account", Account, char.IsAsciiDigit);
            if (metrics is not null)
            {
                json.WritePropertyName("metrics");
                json.WriteRawValue(metrics);
            }

            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>What AWS writes is short and plain; what is not came from somewhere else.</summary>
    private static void Member(Utf8JsonWriter json, string name, string? value, Func<char, bool> isPlain)
    {
        if (value is { Length: > 0 and <= 32 } && value.All(isPlain))
        {
            json.WriteString(name, value);
        }
    }

    /// <summary><c>[seconds, value, lower, upper]</c>, as much of it as is known.</summary>
    private static string Text(ChartPoint point, DateTimeOffset from)
    {
        var text = $"[{(point.At - from).TotalSeconds.ToString("0", CultureInfo.InvariantCulture)}";
        if (point.Value is { } value && double.IsFinite(value))
        {
            text += $",{Number(value)}";
            text += point.Band is { } band ? $",{Number(band.Lower)},{Number(band.Upper)}" : "";
        }

        return text + "]";
    }

    private static string Number(double value) => value.ToString("G9", CultureInfo.InvariantCulture);

    private static ChartPoint? Point(DateTimeOffset from, JsonElement point)
    {
        if (point.ValueKind != JsonValueKind.Array || point.GetArrayLength() == 0)
        {
            return null;
        }

        double?[] parts = [.. point.EnumerateArray().Take(4).Select(static p => p.AsFinite())];
        return parts[0] is { } seconds && At(from.ToUnixTimeSeconds() + Math.Clamp(seconds, -1e12, 1e12)) is { } at
            ? new(at, parts.ElementAtOrDefault(1))
            {
                Band = parts is [_, _, { } lower, { } upper] ? new(lower, upper) : null,
            }
            : null;
    }

    private static DateTimeOffset? At(double unixSeconds) =>
        unixSeconds is > -62_000_000_000 and < 253_000_000_000
            ? DateTimeOffset.FromUnixTimeSeconds((long)unixSeconds)
            : null;
}
