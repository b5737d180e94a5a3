namespace AlertHub.Picturing;

/// <summary>
/// A chart as a picture, twice the size that it is meant to be seen in. Its own paper, so that it reads the same on a light
/// and on a dark page.
/// </summary>
internal sealed class ChartDrawing
{
    public const int Width = 800;
    public const int Height = 320;

    private const double Margin = 24;
    private const double Top = 102;
    private const double Bottom = 262;
    private const double Gap = 12;
    private const double TitleHeight = 19;
    private const double SmallHeight = 15;

    /// <summary>What has more pixels than this to itself is marked.</summary>
    private const double DotSpace = 16;

    /// <summary>So many points and more are a line only.</summary>
    private const int Crowd = 200;

    /// <summary>How much of an area's colour is seen.</summary>
    private const double Zone = 0.1;

    private static readonly Ink Paper = new(0xff, 0xff, 0xff);
    private static readonly Ink Frame = new(0xd9, 0xdc, 0xe1);
    private static readonly Ink Grid = new(0xeb, 0xed, 0xf0);
    private static readonly Ink Dark = new(0x1d, 0x1c, 0x1d);
    private static readonly Ink Grey = new(0x61, 0x66, 0x6e);
    private static readonly Ink Blue = new(0x12, 0x64, 0xa3);
    private static readonly Ink Red = new(0xc9, 0x25, 0x2d);

    private readonly Canvas canvas = new(Width, Height, Paper);
    private readonly Chart chart;
    private readonly IReadOnlyList<ChartPoint> points;
    private readonly ChartPoint latest;
    private readonly ValueScale values;
    private readonly TimeScale time;
    private readonly double left;
    private readonly double right;

    private ChartDrawing(Chart chart, IReadOnlyList<ChartPoint> points)
    {
        (this.chart, this.points) = (chart, points);
        latest = points.Last(static p => p.Value is not null);
        values = ValueScale.Of(
            points
                .SelectMany(static p => new[] { p.Value, p.Band?.Lower, p.Band?.Upper })
                .Append(chart.Threshold)
                .OfType<double>()
        );
        time = Around(chart, points);
        left = Margin + values.Ticks.Max(tick => Lettering.Width(Label(tick), SmallHeight)) + Gap;
        right = Width - Margin - (chart.Limit is { } limit ? Lettering.Width(limit, SmallHeight) + Gap : 0);
    }

    /// <summary>The PNG; null where no point has a value.</summary>
    public static byte[]? Draw(Chart chart)
    {
        ChartPoint[] points =
        [
            .. chart
                .Points.Select(static p => p.Value is { } v && !double.IsFinite(v) ? p with { Value = null } : p)
                .GroupBy(static p => p.At.UtcTicks)
                .Select(static at => at.Last())
                .OrderBy(static p => p.At),
        ];
        if (!points.Any(static p => p.Value is not null))
        {
            return null;
        }

        var drawing = new ChartDrawing(chart, points);
        drawing.Head();
        drawing.Axes();
        drawing.Limits();
        drawing.Values();
        return Png.Encode(drawing.canvas);
    }

    /// <summary>With half a period on either side, so that no point lies on the edge.</summary>
    private static TimeScale Around(Chart chart, IReadOnlyList<ChartPoint> points)
    {
        var (first, last) = (points[0].At, points[^1].At);
        first = chart.From < first ? chart.From.Value : first;
        var period = chart.Period ?? (last > first ? (last - first) / 10 : TimeSpan.FromMinutes(5));
        var around = period > TimeSpan.FromSeconds(2) && last > first ? period / 2 : period;
        around = around > TimeSpan.FromSeconds(1) ? around : TimeSpan.FromSeconds(1);
        return new(
            first - DateTimeOffset.MinValue > around ? first - around : DateTimeOffset.MinValue,
            DateTimeOffset.MaxValue - last > around ? last + around : DateTimeOffset.MaxValue
        );
    }

    private string Label(double value) => values.Label(value, chart.Unit);

    private double X(DateTimeOffset at) => left + (right - left) * time.Place(at);

    private double Y(double value) => Bottom - (Bottom - Top) * values.Place(value);

    /// <summary>What it is, and how it stands.</summary>
    private void Head()
    {
        canvas.Line(
            [new(1, 1), new(Width - 1, 1), new(Width - 1, Height - 1), new(1, Height - 1), new(1, 1)],
            2,
            Frame
        );
        var now = ValueScale.Text(latest.Value ?? 0, chart.Unit);
        var end = Width - Margin - Lettering.Width(now, TitleHeight);
        canvas.Write(now, new(end, 45), TitleHeight, chart.IsBreach(latest) ? Red : Blue, 0.16);
        canvas.Write(
            Lettering.Fit(chart.Title, TitleHeight, end - Margin - 2 * Gap),
            new(Margin, 45),
            TitleHeight,
            Dark
        );
        var at = $"at {TimeScale.Moment(latest.At, chart.Period)}";
        canvas.Write(at, new(Width - Margin - Lettering.Width(at, SmallHeight), 76), SmallHeight, Grey);
        var every = chart.Period is { } period ? $"  ·  each {TimeScale.Text(period)}" : "";
        canvas.Write($"{TimeScale.Days(points[0].At, latest.At)} UTC{every}", new(Margin, 76), SmallHeight, Grey);
    }

    private void Axes()
    {
        foreach (var tick in values.Ticks)
        {
            canvas.Fill(left, Y(tick) - 1, right, Y(tick) + 1, tick == 0 ? Frame : Grid);
            canvas.Write(
                Label(tick),
                new(left - Gap - Lettering.Width(Label(tick), SmallHeight), Y(tick) + SmallHeight / 2),
                SmallHeight,
                Grey
            );
        }

        var free = 0.0;
        foreach (var (at, text) in time.Ticks((int)((right - left) / 90), chart.Period))
        {
            var width = Lettering.Width(text, SmallHeight);
            var start = X(at) - width / 2;
            canvas.Fill(X(at) - 1, Bottom, X(at) + 1, Bottom + 6, Frame);
            if (start > free && start + width < Width - Margin / 2)
            {
                canvas.Write(text, new(start, Bottom + Gap + SmallHeight + 4), SmallHeight, Grey);
                free = start + width + Gap;
            }
        }
    }

    /// <summary>Where values are expected, and where they are not to be.</summary>
    private void Limits()
    {
        foreach (var run in Runs(static p => p.Band is not null))
        {
            Band(run);
        }

        if (chart.Limit is not { } limit || chart.Threshold is not { } threshold)
        {
            return;
        }

        var y = Y(threshold);
        if (chart.Comparison is ">" or "≥")
        {
            canvas.Fill(left, Top, right, y, Red, Zone);
        }
        else if (chart.Comparison is "<" or "≤")
        {
            canvas.Fill(left, y, right, Bottom, Red, Zone);
        }

        for (var x = left; x < right; x += 14)
        {
            canvas.Fill(x, y - 1, Math.Min(x + 8, right), y + 1, Red);
        }

        canvas.Write(limit, new(right + Gap, y + SmallHeight / 2), SmallHeight, Red);
    }

    private void Band(List<ChartPoint> run)
    {
        if (run is [{ Band: { } band } alone])
        {
            canvas.Fill(X(alone.At) - DotSpace, Y(band.Upper), X(alone.At) + DotSpace, Y(band.Lower), Blue, Zone);
        }

        foreach (var (from, to) in run.Zip(run.Skip(1)))
        {
            if (from.Band is not { } first || to.Band is not { } last)
            {
                continue;
            }

            // Column by column, the first and the last of them in part.
            var (start, end) = (X(from.At), X(to.At));
            for (double x = start, next; x < end; x = next)
            {
                next = Math.Min(Math.Floor(x) + 1, end);
                var part = ((x + next) / 2 - start) / (end - start);
                canvas.Fill(
                    x,
                    Y(last.Upper * part + first.Upper * (1 - part)),
                    next,
                    Y(last.Lower * part + first.Lower * (1 - part)),
                    Blue,
                    Zone
                );
            }
        }
    }

    private void Values()
    {
        var runs = Runs(static p => p.Value is not null).Select(run => run.ConvertAll(At)).ToArray();
        canvas.Lines(runs, 3.5, Blue);
        var isSparse = (right - left) / points.Count > DotSpace;
        foreach (var point in points.Where(static p => p.Value is not null))
        {
            if (isSparse || point == latest || chart.IsBreach(point) && points.Count < Crowd)
            {
                canvas.Dot(At(point), isSparse || point == latest ? 8 : 4.5, Paper);
                canvas.Dot(At(point), isSparse || point == latest ? 6 : 3.5, chart.IsBreach(point) ? Red : Blue);
            }
        }
    }

    private Spot At(ChartPoint point) => new(X(point.At), Y(point.Value ?? 0));

    /// <summary>Points in a row that have it and miss none between them.</summary>
    private List<List<ChartPoint>> Runs(Predicate<ChartPoint> has)
    {
        var runs = new List<List<ChartPoint>>();
        var before = default(ChartPoint);
        foreach (var point in points)
        {
            if (has(point))
            {
                if (before is null || !has(before) || point.At - before.At > chart.Period * 1.5)
                {
                    runs.Add([]);
                }

                runs[^1].Add(point);
            }

            before = point;
        }

        return runs;
    }
}
