using AlertHub.Grouping;
using AlertHub.Muting;
using AlertHub.Storing;

namespace AlertHub.Tests.Support;

/// <summary>A store that can be read, and takes no change while somebody says so: as on a full disk.</summary>
internal sealed class FailingStore(IAlertStore store) : IAlertStore
{
    /// <summary>Why not; null while it works.</summary>
    public string? Fault { get; set; }

    public ValueTask<HubState> ReadAsync(CancellationToken cancellationToken) => store.ReadAsync(cancellationToken);

    public ValueTask<Group?> FindAsync(GroupId id, CancellationToken cancellationToken) =>
        store.FindAsync(id, cancellationToken);

    public ValueTask<Silences> SilencesAsync(CancellationToken cancellationToken) =>
        store.SilencesAsync(cancellationToken);

    public ValueTask<IReadOnlyList<DueWork>> DueAsync(DateTimeOffset until, CancellationToken cancellationToken) =>
        store.DueAsync(until, cancellationToken);

    public Task UseAsync(HubRules rules, DateTimeOffset now, CancellationToken cancellationToken) =>
        Working().UseAsync(rules, now, cancellationToken);

    public Task<Taken> IngestAsync(
        IReadOnlyList<Arrival> arrivals,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) => Working().IngestAsync(arrivals, now, cancellationToken);

    public Task<Group?> UpdateAsync(GroupId id, Func<Group?, Group?> change, CancellationToken cancellationToken) =>
        Working().UpdateAsync(id, change, cancellationToken);

    public Task<Group?> DecideAsync(
        GroupId id,
        Func<Group?, Muters, Group?> change,
        CancellationToken cancellationToken
    ) => Working().DecideAsync(id, change, cancellationToken);

    public Task UpdateSilencesAsync(
        Func<Silences, IReadOnlyList<Silence>> change,
        CancellationToken cancellationToken
    ) => Working().UpdateSilencesAsync(change, cancellationToken);

    public Task PruneAsync(Retention retention, DateTimeOffset now, CancellationToken cancellationToken) =>
        Working().PruneAsync(retention, now, cancellationToken);

    private IAlertStore Working() => Fault is { } fault ? throw new StorageUnavailableException(fault) : store;
}
