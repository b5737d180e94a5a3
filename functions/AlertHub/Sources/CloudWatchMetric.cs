using AlertHub.Alerts;

namespace AlertHub.Sources;

/// <summary>One metric or expression that a CloudWatch alarm looks at.</summary>
public sealed record CloudWatchMetric
{
    /// <summary>Its name in expressions: <c>m1</c>; null for an alarm's one metric.</summary>
    public string? Id { get; init; }

    /// <summary>The same where a graph takes it; null else: an alarm's only metric may have a UUID for a name.</summary>
    public string? GraphId =>
        Id is { Length: > 0 } id
        && char.IsAsciiLetterLower(id[0])
        && id.All(static c => char.IsAsciiLetterOrDigit(c) || c == '_')
            ? id
            : null;

    /// <summary>A metric math expression; null for a metric.</summary>
    public string? Expression { get; init; }

    public string? Label { get; init; }

    public string? Namespace { get; init; }

    public string? Name { get; init; }

    public Labels Dimensions { get; init; } = Labels.Empty;

    /// <summary>As CloudWatch's pages spell it: <c>Sum</c>, <c>Average</c>, <c>p99</c>.</summary>
    public string? Statistic { get; init; }

    public TimeSpan? Period { get; init; }

    /// <summary>The only unit whose data the alarm counts; null for any.</summary>
    public string? Unit { get; init; }

    /// <summary>False for what is only an input of an expression.</summary>
    public bool Returns { get; init; } = true;

    public override string ToString() =>
        Expression is null ? (Statistic is null ? "" : $"{Statistic} of ") + Name
        : Label is null || Label == Expression ? Expression
        : $"{Label} ({Expression})";
}
