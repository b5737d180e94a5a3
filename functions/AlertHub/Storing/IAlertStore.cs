using AlertHub.Alerts;
using AlertHub.Grouping;
using AlertHub.Muting;

namespace AlertHub.Storing;

/// <summary>
/// Where alerts, groups with their deliveries, and silences are kept. A change is on durable storage when its task
/// completes, all of it or nothing, and nobody sees it before. One contract suite holds for all implementations.
/// </summary>
/// <remarks>
/// Every verb throws <see cref="StorageUnavailableException"/> where nothing of it was stored, or where the storage did not
/// say in time whether it was: then it is stored as a whole or not at all, and to ask again does no harm. What may get
/// lost in a crash without harm need not be on the disk: <see cref="Heartbeat"/>, and leases, which end with the process
/// that held them.
/// </remarks>
public interface IAlertStore
{
    /// <summary>What is stored now.</summary>
    ValueTask<HubState> ReadAsync(CancellationToken cancellationToken);

    /// <summary>From now on these rules hold: <see cref="Reloading.Under"/>.</summary>
    Task UseAsync(HubRules rules, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Takes alerts: <see cref="Draft.Take"/>.</summary>
    /// <param name="alerts">As they were taken from their producer.</param>
    /// <param name="messageId">The sender's id of the message that carried them; null where it has none.</param>
    /// <param name="now">When they came.</param>
    /// <param name="cancellationToken">Ends the wait; what was begun may be stored all the same.</param>
    /// <returns>What came of it, as it is stored now; null where the message had come before.</returns>
    Task<Taken?> IngestAsync(
        IReadOnlyList<TrackedAlert> alerts,
        string? messageId,
        DateTimeOffset now,
        CancellationToken cancellationToken
    );

    /// <summary>
    /// Changes one group. <paramref name="change"/> is told what is stored at that moment, all of it, and says what the
    /// group of this id is to be, or null for none; the group that is stored changes nothing. It has no effects: it may be
    /// asked again.
    /// </summary>
    /// <returns>The group as it is stored then.</returns>
    Task<Group?> UpdateAsync(GroupId id, Func<HubState, Group?> change, CancellationToken cancellationToken);

    /// <summary>Changes silences: <paramref name="change"/> is told all of them and says which to put, under their ids.</summary>
    Task UpdateSilencesAsync(Func<Silences, IReadOnlyList<Silence>> change, CancellationToken cancellationToken);

    /// <summary>Forgets what is over: <see cref="Retaining.Retained"/>.</summary>
    Task PruneAsync(Retention retention, DateTimeOffset now, CancellationToken cancellationToken);
}
