using AlertHub.Alerts;
using AlertHub.Configuration;
using AlertHub.Text;

namespace AlertHub.Routing;

/// <summary>How alerts that reach a route are grouped and told: what the route says itself and, where it is silent, its parents.</summary>
public sealed record RouteSettings
{
    /// <summary>What the root has where it is silent.</summary>
    private static readonly RouteSettings Defaults = new()
    {
        Receiver = "",
        GroupWait = TimeSpan.FromSeconds(30),
        GroupInterval = TimeSpan.FromMinutes(5),
        RepeatInterval = TimeSpan.FromHours(4),
    };

    private RouteSettings() { }

    /// <summary>Name of a receiver.</summary>
    public required string Receiver { get; init; }

    /// <summary>Names of the labels to group by, each once, sorted as Go does; of no account with <see cref="GroupByAll"/>.</summary>
    public IReadOnlyList<string> GroupBy { get; private init; } = [];

    /// <summary>Every alert is a group of its own.</summary>
    public bool GroupByAll { get; private init; }

    public required TimeSpan GroupWait { get; init; }

    public required TimeSpan GroupInterval { get; init; }

    public required TimeSpan RepeatInterval { get; init; }

    /// <summary>Names of the time intervals in which nobody is told: the route's own ones only.</summary>
    public IReadOnlyList<string> MuteTimeIntervals { get; private init; } = [];

    /// <summary>Names of the time intervals outside of which nobody is told, if any: the route's own ones only.</summary>
    public IReadOnlyList<string> ActiveTimeIntervals { get; private init; } = [];

    /// <summary>Labels of the route (0.34), its own over those of its parents; values are templates.</summary>
    public Labels Labels { get; private init; } = Labels.Empty;

    internal static RouteSettings Of(RouteConfig route, RouteSettings? parent)
    {
        var inherited = parent ?? Defaults;
        var all = route.GroupBy?.Contains(RouteConfig.AllLabels, StringComparer.Ordinal) is true;
        return inherited with
        {
            Receiver = route.Receiver is { Length: > 0 } receiver ? receiver : inherited.Receiver,
            GroupBy = route.GroupBy is { } names && !all ? Sorted(names) : inherited.GroupBy,
            GroupByAll = route.GroupBy is null ? inherited.GroupByAll : all,
            GroupWait = route.GroupWait ?? inherited.GroupWait,
            GroupInterval = route.GroupInterval ?? inherited.GroupInterval,
            RepeatInterval = route.RepeatInterval ?? inherited.RepeatInterval,
            MuteTimeIntervals = route.MuteTimeIntervals,
            ActiveTimeIntervals = route.ActiveTimeIntervals,
            Labels = route.Labels.Count == 0 ? inherited.Labels : Labels.Of([.. inherited.Labels, .. route.Labels]),
        };
    }

    private static string[] Sorted(IReadOnlyList<string> names)
    {
        string[] sorted = [.. names.Distinct(StringComparer.Ordinal)];
        Array.Sort(sorted, GoString.Compare);
        return sorted;
    }
}
