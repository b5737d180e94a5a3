using AlertHub.Configuration.Shapes;

namespace SecurityGroupGuard.Policies;

/// <summary>The comparison of what is with what was approved, for events that never came.</summary>
internal sealed record Reconcile
{
    /// <summary>What differs for less than this may be a change whose event is still on its way.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromMinutes(15);

    public Drift Drift { get; init; }

    public static Shape<Reconcile> Shape { get; } =
        new Shape<Reconcile>("reconcile", new())
            .Field("grace", Kinds.Duration, static r => r.Grace, static (r, v) => r with { Grace = v })
            .About(
                "How old a difference is at least before it counts; CloudTrail's events are late by minutes at times."
            )
            .Field("drift", PolicyKinds.Drift, static r => r.Drift, static (r, v) => r with { Drift = v })
            .About("What becomes of it: alert or undo.");
}
