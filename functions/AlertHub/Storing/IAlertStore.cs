using AlertHub.Grouping;
using AlertHub.Muting;

namespace AlertHub.Storing;

/// <summary>
/// Where alerts, groups with their deliveries, and silences are kept. A change is on durable storage when its task
/// completes, and nobody sees it before; a change of a group, or of silences, is stored as a whole or not at all. One
/// contract suite holds for all implementations.
/// </summary>
/// <remarks>
/// Every verb throws <see cref="StorageUnavailableException"/> where nothing of it was stored, or where the storage did not
/// say in time whether it was: to ask again does no harm. What may get lost in a crash without harm need not be on the disk:
/// <see cref="Heartbeat"/>, and leases where they end with the process that held them.
/// </remarks>
public interface IAlertStore
{
    /// <summary>All that is stored now: for listings.</summary>
    ValueTask<HubState> ReadAsync(CancellationToken cancellationToken);

    /// <summary>One group as it is stored now; null where there is none.</summary>
    ValueTask<Group?> FindAsync(GroupId id, CancellationToken cancellationToken);

    ValueTask<Silences> SilencesAsync(CancellationToken cancellationToken);

    /// <summary>What has to be done about all groups, as far as it is due by then: what got lost on the way is among it.</summary>
    ValueTask<IReadOnlyList<DueWork>> DueAsync(DateTimeOffset until, CancellationToken cancellationToken);

    /// <summary>
    /// From now on these rules hold: <see cref="Reloading.Under"/>. A store that several processes share may bring what it
    /// holds under them later, each group at the latest when it is decided about.
    /// </summary>
    Task UseAsync(HubRules rules, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>
    /// Takes alerts: <see cref="Draft"/>. Where it fails, some of their groups may have taken them; who sends again
    /// changes nothing for those.
    /// </summary>
    /// <param name="arrivals">What came, in order.</param>
    /// <param name="now">When it came.</param>
    /// <param name="cancellationToken">Ends the wait; what was begun may be stored all the same.</param>
    Task<Taken> IngestAsync(IReadOnlyList<Arrival> arrivals, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>
    /// Changes one group. <paramref name="change"/> is told the group as it is stored at that moment, null where there is
    /// none, and says what it is to be, or null for none; the group that is stored changes nothing. It has no effects: it may
    /// be asked again.
    /// </summary>
    /// <returns>The group as it is stored then.</returns>
    Task<Group?> UpdateAsync(GroupId id, Func<Group?, Group?> change, CancellationToken cancellationToken);

    /// <summary>The same, told also what keeps alerts from being told, under the rules that hold.</summary>
    Task<Group?> DecideAsync(GroupId id, Func<Group?, Muters, Group?> change, CancellationToken cancellationToken);

    /// <summary>Changes silences: <paramref name="change"/> is told all of them and says which to put, under their ids.</summary>
    Task UpdateSilencesAsync(Func<Silences, IReadOnlyList<Silence>> change, CancellationToken cancellationToken);

    /// <summary>Forgets what is over: <see cref="Retaining.Retained"/>.</summary>
    Task PruneAsync(Retention retention, DateTimeOffset now, CancellationToken cancellationToken);
}
