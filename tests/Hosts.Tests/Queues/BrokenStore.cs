using AlertHub;
using AlertHub.Alerts;
using AlertHub.Grouping;
using AlertHub.Muting;
using AlertHub.Storing;

namespace Hosts.Tests.Queues;

/// <summary>A store with a bug: it fails at what comes in a message and has this name.</summary>
internal sealed class BrokenStore(IAlertStore store, string name) : IAlertStore
{
    /// <summary>How often alerts came.</summary>
    public int Asked { get; private set; }

    public Task<Taken> IngestAsync(
        IReadOnlyList<Arrival> arrivals,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        Asked++;
        return arrivals.Any(arrival =>
            arrival.MessageId is not null && arrival.Alerts.Any(alert => alert.Labels[Label.AlertName] == name)
        )
            ? throw new InvalidCastException("a secret")
            : store.IngestAsync(arrivals, now, cancellationToken);
    }

    public ValueTask<HubState> ReadAsync(CancellationToken cancellationToken) => store.ReadAsync(cancellationToken);

    public ValueTask<Group?> FindAsync(GroupId id, CancellationToken cancellationToken) =>
        store.FindAsync(id, cancellationToken);

    public ValueTask<Silences> SilencesAsync(CancellationToken cancellationToken) =>
        store.SilencesAsync(cancellationToken);

    public ValueTask<IReadOnlyList<DueWork>> DueAsync(DateTimeOffset until, CancellationToken cancellationToken) =>
        store.DueAsync(until, cancellationToken);

    public Task UseAsync(HubRules rules, DateTimeOffset now, CancellationToken cancellationToken) =>
        store.UseAsync(rules, now, cancellationToken);

    public Task<Group?> UpdateAsync(GroupId id, Func<Group?, Group?> change, CancellationToken cancellationToken) =>
        store.UpdateAsync(id, change, cancellationToken);

    public Task<Group?> DecideAsync(
        GroupId id,
        Func<Group?, Muters, Group?> change,
        CancellationToken cancellationToken
    ) => store.DecideAsync(id, change, cancellationToken);

    public Task UpdateSilencesAsync(
        Func<Silences, IReadOnlyList<Silence>> change,
        CancellationToken cancellationToken
    ) => store.UpdateSilencesAsync(change, cancellationToken);

    public Task PruneAsync(Retention retention, DateTimeOffset now, CancellationToken cancellationToken) =>
        store.PruneAsync(retention, now, cancellationToken);
}
