using AlertHub.Grouping;
using AlertHub.Muting;

namespace AlertHub.Storing;

/// <summary>Keeps everything in memory and nothing beyond the end of the process: for a trial, and for tests.</summary>
/// <param name="rules">By which alerts are taken, until others take their place.</param>
/// <param name="initial">What is stored at first; nothing where it is left out.</param>
public sealed class MemoryStore(HubRules rules, HubState? initial = null) : IAlertStore
{
    private readonly Lock gate = new();
    private volatile HubState state = initial ?? HubState.Empty with { Inhibition = rules.Inhibition };
    private HubRules rules = rules;

    public ValueTask<HubState> ReadAsync(CancellationToken cancellationToken) => ValueTask.FromResult(state);

    public ValueTask<Group?> FindAsync(GroupId id, CancellationToken cancellationToken) =>
        ValueTask.FromResult(state.Find(id));

    public ValueTask<Silences> SilencesAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult(state.Silences);

    public ValueTask<IReadOnlyList<DueWork>> DueAsync(DateTimeOffset until, CancellationToken cancellationToken) =>
        ValueTask.FromResult(state.Due(until));

    public Task UseAsync(HubRules rules, DateTimeOffset now, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            this.rules = rules;
            state = state.Under(rules, now);
        }

        return Task.CompletedTask;
    }

    public Task<Taken> IngestAsync(
        IReadOnlyList<Arrival> arrivals,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        lock (gate)
        {
            var draft = new Draft(state);
            var taken = draft.Take(arrivals, rules, now);
            state = draft.State;
            return Task.FromResult(taken);
        }
    }

    public Task<Group?> UpdateAsync(GroupId id, Func<Group?, Group?> change, CancellationToken cancellationToken) =>
        DecideAsync(id, (group, _) => change(group), cancellationToken);

    public Task<Group?> DecideAsync(
        GroupId id,
        Func<Group?, Muters, Group?> change,
        CancellationToken cancellationToken
    )
    {
        lock (gate)
        {
            var next = change(state.Find(id), state.Muters(rules.Intervals));
            state = state.With(id, next);
            return Task.FromResult(next);
        }
    }

    public Task UpdateSilencesAsync(Func<Silences, IReadOnlyList<Silence>> change, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            state = state.With(change(state.Silences));
        }

        return Task.CompletedTask;
    }

    public Task PruneAsync(Retention retention, DateTimeOffset now, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            state = state.Retained(now, retention);
        }

        return Task.CompletedTask;
    }
}
