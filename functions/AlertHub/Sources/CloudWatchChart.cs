using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using AlertHub.Picturing;

namespace AlertHub.Sources;

/// <summary>What an alarm looked at when it changed, for a picture of it.</summary>
internal static partial class CloudWatchChart
{
    /// <summary>A reason is 1,023 characters at most (StateReason in CloudWatch's API).</summary>
    private const int LongestReason = 4096;

    private const int MostPoints = 1000;

    public static ChartNote Of(CloudWatchAlarm alarm, string? region, string? account)
    {
        var data = ForeignJson.Parse(alarm.ReasonData ?? "") ?? default;
        var watched = alarm.Watched;
        var period =
            watched?.Period
            ?? alarm.Metrics.Select(static m => m.Period).FirstOrDefault(static p => p is not null)
            ?? CloudWatchTags.Seconds(data.Number("period"));
        return new()
        {
            Chart = new()
            {
                Title =
                    watched is null ? alarm.Name
                    : watched.Expression is null ? watched.ToString()
                    : watched.Label ?? watched.Expression,
                Unit = watched?.Unit ?? data.Text("unit"),
                Points = [.. Points(data, alarm.Reason ?? "", period).Take(MostPoints)],
                Threshold = (double?)alarm.Threshold,
                Comparison = alarm.ComparisonOperator switch
                {
                    "GreaterThanThreshold" => ">",
                    "GreaterThanOrEqualToThreshold" => "≥",
                    "LessThanThreshold" => "<",
                    "LessThanOrEqualToThreshold" => "≤",
                    "GreaterThanUpperThreshold" => ">",
                    "LessThanLowerThreshold" => "<",
                    _ => null,
                },
                Period = period,
                From = data.Time("startDate"),
            },
            Metrics = MetricWidget.Metrics(alarm.Metrics),
            Region = region,
            Account = account,
        };
    }

    /// <summary>Where the data names no times, the reason's words do, of some; and a row without gaps has them by its place.</summary>
    private static IEnumerable<ChartPoint> Points(JsonElement data, string reason, TimeSpan? period)
    {
        ChartPoint[] evaluated =
        [
            .. data.Items("evaluatedDatapoints")
                .Select(static p =>
                    p.Time("timestamp") is { } at ? new ChartPoint(at, p.Member("value")?.AsFinite()) : null
                )
                .OfType<ChartPoint>(),
        ];
        double?[] recent = [.. data.Items("recentDatapoints").Select(static v => v.AsFinite())];
        ChartPoint[] points =
            evaluated.Length > 0 ? evaluated
            : Row(data, recent, period) is { } row ? row
            : [.. Told(reason)];
        return Banded(
            points,
            [.. data.Items("recentLowerThresholds").Select(static v => v.AsFinite())],
            [.. data.Items("recentUpperThresholds").Select(static v => v.AsFinite())]
        );
    }

    /// <summary>Recent data, oldest first, which tell no times; null where one is missing between start and query.</summary>
    private static ChartPoint[]? Row(JsonElement data, double?[] recent, TimeSpan? period) =>
        recent.Length is > 0 and <= MostPoints
        && period is { } each
        && data.Time("startDate") is { } start
        && data.Time("queryDate") is { } query
        && query - start is { } length
        && length >= recent.Length * each
        && length < (recent.Length + 1) * each
            ? [.. recent.Select((value, i) => new ChartPoint(start + i * each, value))]
            : null;

    /// <summary>Bands come as lists beside the recent data.</summary>
    private static IEnumerable<ChartPoint> Banded(ChartPoint[] points, double?[] lower, double?[] upper)
    {
        ChartPoint[] known = [.. points.Where(static p => p.Value is not null).OrderBy(static p => p.At)];
        return known.Length == 0 || lower.Length != known.Length || upper.Length != known.Length
            ? points
            : known.Select(
                (point, i) => lower[i] is { } low && upper[i] is { } high ? point with { Band = new(low, high) } : point
            );
    }

    /// <summary>As in <c>2 out of the last 3 datapoints [37.0 (14/03/26 03:06:00), 24.0 (14/03/26 03:05:00)] were</c>.</summary>
    private static IEnumerable<ChartPoint> Told(string reason)
    {
        foreach (Match match in Datapoint().Matches(reason.Length <= LongestReason ? reason : reason[..LongestReason]))
        {
            if (
                DateTimeOffset.TryParseExact(
                    match.Groups["at"].ValueSpan,
                    "dd'/'MM'/'yy HH':'mm':'ss",
                    CultureInfo.InvariantCulture,
                    DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
                    out var at
                )
                && double.TryParse(match.Groups["value"].ValueSpan, CultureInfo.InvariantCulture, out var value)
                && double.IsFinite(value)
            )
            {
                yield return new(at, value);
            }
        }
    }

    [GeneratedRegex(
        @"(?<value>-?[0-9]{1,40}(?:\.[0-9]{1,40})?(?:[eE][-+]?[0-9]{1,3})?) \((?<at>[0-9/]{8} [0-9:]{8})\)",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Datapoint();
}
