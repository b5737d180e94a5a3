using AlertHub.Configuration.Shapes;

namespace AlertHub.Configuration.Web;

/// <summary>How many requests are answered: one per interval, and a burst of some at once.</summary>
public sealed record RateLimit
{
    /// <summary>Zero for no limit.</summary>
    public TimeSpan Interval { get; init; }

    public int Burst { get; init; }

    internal static Shape<RateLimit> Shape { get; } =
        new Shape<RateLimit>("rate_limit", new())
            .Field("interval", Kinds.GoDuration, static l => l.Interval, static (l, v) => l with { Interval = v })
            .About("The time between two requests; 0 for no limit. Read at the start only.")
            .Field("burst", Kinds.Int, static l => l.Burst, static (l, v) => l with { Burst = v })
            .About("How many requests may come at once.")
            .Check(
                static (limit, place) =>
                {
                    if (limit.Interval > TimeSpan.Zero && limit.Burst < 1)
                    {
                        place["burst"].Error("with an interval it must be 1 at least, or nothing is ever answered");
                    }
                }
            );
}
