using AlertHub.Alerts;
using AlertHub.Grouping;
using AlertHub.Storing;

namespace AlertHub.Tests.Storing;

internal static class StoreCalls
{
    public static Task<Group?> UpdateAsync(this IAlertStore store, GroupId id, Func<Group?, Group?> change) =>
        store.UpdateAsync(id, change, default);

    /// <summary>What came of the only arrival; null where it had come before.</summary>
    public static async Task<Taken?> IngestAsync(
        this IAlertStore store,
        IReadOnlyList<TrackedAlert> alerts,
        string? messageId,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var taken = await store.IngestAsync([new(messageId, alerts)], now, cancellationToken);
        return taken.Known.Count > 0 ? null : taken;
    }
}
