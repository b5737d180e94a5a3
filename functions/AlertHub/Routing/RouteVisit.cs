using AlertHub.Matching;

namespace AlertHub.Routing;

/// <summary>A route that had a say about an alert, what became of it there, and its children where they were asked.</summary>
public sealed record RouteVisit
{
    public required RouteNode Route { get; init; }

    public required RouteOutcome Outcome { get; init; }

    /// <summary>All children of a route that matched, in order; none of one that did not.</summary>
    public IReadOnlyList<RouteVisit> Children { get; init; } = [];

    /// <summary>The visits from here down that ended in <see cref="RouteOutcome.Reached"/>, in order.</summary>
    public IEnumerable<RouteVisit> Ends =>
        Outcome is RouteOutcome.Reached ? [this] : Children.SelectMany(child => child.Ends);
}

/// <summary>What became of an alert at a route.</summary>
public abstract record RouteOutcome
{
    private RouteOutcome() { }

    /// <summary>The route matched and none of its children did: its receiver is told.</summary>
    public sealed record Reached : RouteOutcome;

    /// <summary>The route matched and so did children of it.</summary>
    public sealed record PassedOn : RouteOutcome;

    /// <summary>A matcher did not hold. The value is null where the alert lacks the label.</summary>
    public sealed record Refused(Matcher Matcher, string? Value) : RouteOutcome;

    /// <summary>A sibling before it matched and does not say <c>continue</c>.</summary>
    public sealed record NotAsked(RouteNode Because) : RouteOutcome;
}
