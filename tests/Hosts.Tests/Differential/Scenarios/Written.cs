namespace Hosts.Tests.Differential.Scenarios;

/// <summary>All scenarios that are written by hand.</summary>
internal static class Written
{
    public static IReadOnlyList<Scenario> All { get; } =
    [
        .. Grouping.All,
        .. Resolving.All,
        .. Routing.All,
        .. Inhibiting.All,
        .. Silencing.All,
        .. Muting.All,
        .. Delivering.All,
        .. Posting.All,
        .. Reloading.All,
    ];
}
