using AlertHub;
using AlertHub.Alerts;
using AlertHub.Grouping;
using AlertHub.Muting;
using AlertHub.Storing;

namespace Hosts.Tests.Support;

/// <summary>A store that can be read, and takes no change while somebody says so: as on a full disk.</summary>
internal sealed class FailingStore(IAlertStore store) : IAlertStore
{
    /// <summary>Why not; null while it works.</summary>
    public string? Fault { get; set; }

    public ValueTask<HubState> ReadAsync(CancellationToken cancellationToken) => store.ReadAsync(cancellationToken);

    public Task UseAsync(HubRules rules, DateTimeOffset now, CancellationToken cancellationToken) =>
        Working().UseAsync(rules, now, cancellationToken);

    public Task<Taken?> IngestAsync(
        IReadOnlyList<TrackedAlert> alerts,
        string? messageId,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) => Working().IngestAsync(alerts, messageId, now, cancellationToken);

    public Task<Group?> UpdateAsync(GroupId id, Func<HubState, Group?> change, CancellationToken cancellationToken) =>
        Working().UpdateAsync(id, change, cancellationToken);

    public Task UpdateSilencesAsync(
        Func<Silences, IReadOnlyList<Silence>> change,
        CancellationToken cancellationToken
    ) => Working().UpdateSilencesAsync(change, cancellationToken);

    public Task PruneAsync(Retention retention, DateTimeOffset now, CancellationToken cancellationToken) =>
        Working().PruneAsync(retention, now, cancellationToken);

    private IAlertStore Working() => Fault is { } fault ? throw new StorageUnavailableException(fault) : store;
}
