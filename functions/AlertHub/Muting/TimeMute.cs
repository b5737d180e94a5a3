namespace AlertHub.Muting;

/// <summary>Why a route tells nobody at a time.</summary>
public abstract record TimeMute
{
    private TimeMute() { }

    /// <summary>As Alertmanager's API lists them under <c>mutedBy</c>.</summary>
    public required IReadOnlyList<string> Intervals { get; init; }

    /// <summary>The moment is in none of the intervals in which the route is active.</summary>
    public sealed record Inactive : TimeMute;

    /// <summary>The moment is in these intervals, in which the route is muted.</summary>
    public sealed record Muted : TimeMute;
}
