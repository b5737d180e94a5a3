using AlertHub.Alerts;
using AlertHub.Grouping;
using AlertHub.Muting;
using AlertHub.Storing;

namespace AlertHub.Tests.Support;

/// <summary>A store whose groups cannot be written for a while.</summary>
internal sealed class FailingStore(HubRules rules) : IAlertStore
{
    private readonly MemoryStore store = new(rules);

    /// <summary>So many times.</summary>
    public int Fails { get; set; }

    public ValueTask<HubState> ReadAsync(CancellationToken cancellationToken) => store.ReadAsync(cancellationToken);

    public Task UseAsync(HubRules rules, DateTimeOffset now, CancellationToken cancellationToken) =>
        store.UseAsync(rules, now, cancellationToken);

    public Task<Taken?> IngestAsync(
        IReadOnlyList<TrackedAlert> alerts,
        string? messageId,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) => store.IngestAsync(alerts, messageId, now, cancellationToken);

    public Task<Group?> UpdateAsync(GroupId id, Func<HubState, Group?> change, CancellationToken cancellationToken) =>
        Fails-- > 0
            ? Task.FromException<Group?>(new StorageUnavailableException("the disk is full"))
            : store.UpdateAsync(id, change, cancellationToken);

    public Task UpdateSilencesAsync(
        Func<Silences, IReadOnlyList<Silence>> change,
        CancellationToken cancellationToken
    ) => store.UpdateSilencesAsync(change, cancellationToken);

    public Task PruneAsync(Retention retention, DateTimeOffset now, CancellationToken cancellationToken) =>
        store.PruneAsync(retention, now, cancellationToken);
}
