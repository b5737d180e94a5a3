using AlertHub.Configuration;
using AlertHub.Routing;

namespace AlertHub.Muting;

/// <summary>The time intervals of a configuration by their names.</summary>
public sealed class NamedTimeIntervals
{
    private readonly Dictionary<string, IReadOnlyList<TimeInterval>> byName;

    private NamedTimeIntervals(Dictionary<string, IReadOnlyList<TimeInterval>> byName) => this.byName = byName;

    public static NamedTimeIntervals Of(AlertmanagerConfig config) =>
        new(
            config
                .TimeIntervals.Concat(config.MuteTimeIntervals)
                .ToDictionary(named => named.Name, named => named.Intervals, StringComparer.Ordinal)
        );

    /// <summary>Whether the moment is in one of the intervals of this name; in none where there is no such name.</summary>
    public bool Contains(string name, DateTimeOffset now)
    {
        foreach (var interval in byName.GetValueOrDefault(name, []))
        {
            if (interval.Contains(now))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Why the route tells nobody at this time, or null where it does. Active intervals are asked first.</summary>
    public TimeMute? Mutes(RouteSettings route, DateTimeOffset now)
    {
        if (route.ActiveTimeIntervals.Count > 0 && !route.ActiveTimeIntervals.Any(name => Contains(name, now)))
        {
            return new TimeMute.Inactive { Intervals = route.ActiveTimeIntervals };
        }

        string[] muting = [.. route.MuteTimeIntervals.Where(name => Contains(name, now))];
        return muting.Length > 0 ? new TimeMute.Muted { Intervals = muting } : null;
    }
}
