namespace AlertHub.Picturing;

/// <summary>A metric over time and what it is held against.</summary>
internal sealed record Chart
{
    /// <summary>What is measured: <c>Sum of Errors</c>.</summary>
    public required string Title { get; init; }

    /// <summary>As CloudWatch names units: <c>Percent</c>, <c>Bytes/Second</c>; null where nobody says.</summary>
    public string? Unit { get; init; }

    /// <summary>In any order; of two of one time the last counts.</summary>
    public required IReadOnlyList<ChartPoint> Points { get; init; }

    /// <summary>Null where there is none, or a band stands for it.</summary>
    public double? Threshold { get; init; }

    /// <summary>
    /// On which side of the threshold or band trouble is: <c>&gt;</c>, <c>≥</c>, <c>&lt;</c> or <c>≤</c>; null where nobody
    /// says, of a band both.
    /// </summary>
    public string? Comparison { get; init; }

    /// <summary>How far points are apart where none is missing; null where that is not known.</summary>
    public TimeSpan? Period { get; init; }

    /// <summary>What time the points are looked for in; null for that of the points.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>The condition in short: <c>&gt; 10</c>; null where there is no threshold.</summary>
    public string? Limit =>
        Threshold is { } threshold && double.IsFinite(threshold)
            ? $"{Comparison} {ValueScale.Text(threshold, Unit)}".TrimStart()
            : null;

    /// <summary>Whether a point is on the wrong side, as far as that is known.</summary>
    public bool IsBreach(ChartPoint point) =>
        point.Value is { } value
        && (
            point.Band is { } band
                ? (Comparison is not ">" && value < band.Lower) || (Comparison is not "<" && value > band.Upper)
                : Comparison switch
                {
                    ">" => value > Threshold,
                    "≥" => value >= Threshold,
                    "<" => value < Threshold,
                    "≤" => value <= Threshold,
                    _ => false,
                }
        );
}

/// <param name="At">Beginning of the period.</param>
/// <param name="Value">Null where no data came.</param>
internal sealed record ChartPoint(DateTimeOffset At, double? Value)
{
    /// <summary>Where the value was expected; null where nobody says.</summary>
    public ChartBand? Band { get; init; }
}

internal sealed record ChartBand(double Lower, double Upper);
