using AlertHub.Matching;

namespace AlertHub.Configuration;

/// <summary>A node of the routing tree as written: what is null or empty is inherited from its parent.</summary>
public sealed partial record RouteConfig
{
    /// <summary>The word that alone stands for all labels in <see cref="GroupBy"/>.</summary>
    public const string AllLabels = "...";

    /// <summary>Name of a receiver; null to inherit.</summary>
    public string? Receiver { get; init; }

    /// <summary>Labels to group by; <c>...</c> alone for all; null to inherit.</summary>
    public IReadOnlyList<string>? GroupBy { get; init; }

    /// <summary>Deprecated form: label equals value.</summary>
    public IReadOnlyList<Matcher> Match { get; init; } = [];

    /// <summary>Deprecated form: label matches a regular expression.</summary>
    public IReadOnlyList<Matcher> MatchRe { get; init; } = [];

    public IReadOnlyList<Matcher> Matchers { get; init; } = [];

    /// <summary>Names of time intervals; never inherited.</summary>
    public IReadOnlyList<string> MuteTimeIntervals { get; init; } = [];

    /// <summary>Names of time intervals; never inherited.</summary>
    public IReadOnlyList<string> ActiveTimeIntervals { get; init; } = [];

    public bool Continue { get; init; }

    public TimeSpan? GroupWait { get; init; }

    public TimeSpan? GroupInterval { get; init; }

    public TimeSpan? RepeatInterval { get; init; }

    /// <summary>Labels of the route itself (0.34); values are templates.</summary>
    public Alerts.Labels Labels { get; init; } = Alerts.Labels.Empty;

    public IReadOnlyList<RouteConfig> Routes { get; init; } = [];

    /// <summary>Line in its file, counted from 1.</summary>
    public int Line { get; init; }
}
