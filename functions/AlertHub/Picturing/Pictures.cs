using AlertHub.Alerts;
using AlertHub.Notifying;

namespace AlertHub.Picturing;

/// <summary>Pictures of notifications: CloudWatch's own, which shows more, else what the alert itself tells, drawn here.</summary>
/// <param name="ask">
/// A PNG from CloudWatch, or null where it gives none. It bounds the time that takes, tells the reason to its log, and
/// throws only where the token ends it. Null where nobody can be asked.
/// </param>
public sealed class Pictures(Func<ImageRequest, CancellationToken, Task<ReadOnlyMemory<byte>?>>? ask)
{
    /// <summary>Far more than a graph of this size takes.</summary>
    private const int MostBytes = 1024 * 1024;

    private const int MostPixels = 4000;
    private const int LongestTitle = 80;
    private const int PointsInWords = 5;

    /// <summary>Of the first alert that there can be one of, firing ones first; null where there is none.</summary>
    public async Task<Picture?> OfAsync(Notification notification, CancellationToken cancellationToken)
    {
        foreach (var alert in notification.FiringFirst)
        {
            if (ChartNote.Of(alert) is { } note && (note.Metrics is not null || note.Chart.Points.Count > 0))
            {
                return await OfAsync(note, alert, notification.Now, cancellationToken).ConfigureAwait(false);
            }
        }

        return null;
    }

    private async Task<Picture?> OfAsync(
        ChartNote note,
        Alert alert,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var chart = note.Chart.Title.Length > 0 ? note.Chart : note.Chart with { Title = alert.Name };
        var asked =
            ask is not null && MetricWidget.Of(note with { Chart = chart }, alert, now) is { } widget
                ? await ask(new(widget, note.Region, note.Account), cancellationToken).ConfigureAwait(false)
                : null;
        var png = asked is { Length: <= MostBytes } && IsShown(asked.Value.Span) ? asked : ChartDrawing.Draw(chart);
        return png is { } bytes && Png.Size(bytes.Span) is { } size
            ? new()
            {
                Png = bytes,
                Width = size.Width,
                Height = size.Height,
                Title = Title(chart),
                AltText = Words(chart),
            }
            : null;
    }

    private static bool IsShown(ReadOnlySpan<byte> png) =>
        Png.Size(png) is { Width: > 0 and <= MostPixels, Height: > 0 and <= MostPixels };

    private static string Title(Chart chart) => string.Concat(chart.Title.EnumerateRunes().Take(LongestTitle));

    /// <summary><c>Sum of Errors: 24, 37 at 03:06 UTC on 14 Mar 2026; threshold > 10</c>.</summary>
    private static string Words(Chart chart)
    {
        ChartPoint[] points =
        [
            .. chart
                .Points.Where(static p => p.Value is { } value && double.IsFinite(value))
                .OrderBy(static p => p.At)
                .TakeLast(PointsInWords),
        ];
        var values = string.Join(", ", points.Select(p => ValueScale.Text(p.Value ?? 0, chart.Unit)));
        var told =
            points.Length == 0
                ? ""
                : $": {values} at {TimeScale.Moment(points[^1].At, null)} UTC on {TimeScale.Days(points[^1].At, points[^1].At)}";
        return $"{Title(chart)}{told}{(chart.Limit is { } limit ? $"; threshold {limit}" : "")}";
    }
}
