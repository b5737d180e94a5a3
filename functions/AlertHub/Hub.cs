using AlertHub.Alerts;
using AlertHub.Delivering;
using AlertHub.Explaining;
using AlertHub.Grouping;
using AlertHub.Matching;
using AlertHub.Muting;
using AlertHub.Storing;

namespace AlertHub;

/// <summary>
/// The verbs both hosts call. Each does one step that is stored as a whole, and its result says what has to be done next
/// and when: the host sees to that. What gets lost on the way, a sweep over what is stored finds again.
/// </summary>
/// <param name="store">Where everything is kept.</param>
/// <param name="settings">What holds now.</param>
/// <param name="time">Tells the time.</param>
/// <param name="random">From 0 to 1, for the waits between attempts.</param>
/// <param name="catchUp">
/// Where several processes share the store: has this one work by the configuration of this version at least, by
/// <see cref="UseAsync"/>.
/// </param>
public sealed class Hub(
    IAlertStore store,
    HubSettings settings,
    TimeProvider time,
    Func<double> random,
    Func<long, CancellationToken, Task>? catchUp = null
)
{
    /// <summary>
    /// After that another may send a delivery: longer than any attempt takes, so that two never send at once unless one
    /// was held up beyond reason.
    /// </summary>
    public static readonly TimeSpan LeaseLength = TimeSpan.FromMinutes(2);

    private readonly Courier courier = new(store, time, random);
    private volatile HubSettings settings = settings;

    public HubSettings Settings => settings;

    /// <summary>All that is stored now.</summary>
    public ValueTask<HubState> ReadAsync(CancellationToken cancellationToken) => store.ReadAsync(cancellationToken);

    public ValueTask<Silences> SilencesAsync(CancellationToken cancellationToken) =>
        store.SilencesAsync(cancellationToken);

    /// <summary>From now on these settings hold, for what is stored, too. Then what has to be done may be other than before.</summary>
    public async Task UseAsync(HubSettings settings, CancellationToken cancellationToken)
    {
        await store.UseAsync(settings.Rules, time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        this.settings = settings;
        courier.Gates.TryAgain(time.GetUtcNow());
    }

    /// <summary>What has to be done by then, from what is stored: after a start, and now and then for what got lost.</summary>
    public ValueTask<IReadOnlyList<DueWork>> SweepAsync(DateTimeOffset until, CancellationToken cancellationToken) =>
        store.DueAsync(until, cancellationToken);

    /// <summary>Takes alerts. When it returns they are on durable storage.</summary>
    /// <param name="arrivals">What came, in order.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="StorageUnavailableException">Not all was stored; the producer must send again.</exception>
    public async Task<IngestResult> IngestAsync(IReadOnlyList<Arrival> arrivals, CancellationToken cancellationToken)
    {
        var taken = await UpToDateAsync(
                () => store.IngestAsync(arrivals, time.GetUtcNow(), cancellationToken),
                cancellationToken
            )
            .ConfigureAwait(false);
        return new(taken.Silences, taken.Due, taken.Known);
    }

    /// <summary>Decides who is told what about a group that is due. One that is not due is left as it is.</summary>
    /// <exception cref="StorageUnavailableException">Nothing was stored; it has to be flushed again.</exception>
    public Task<FlushResult> FlushAsync(GroupId id, CancellationToken cancellationToken) =>
        UpToDateAsync(() => FlushedAsync(id, cancellationToken), cancellationToken);

    /// <summary>One attempt to deliver what an integration is to be told of a group.</summary>
    /// <param name="id">The group.</param>
    /// <param name="integration">The integration of the group's receiver.</param>
    /// <param name="unrecorded">
    /// Told each time that the storage did not take what came of the attempt, which is tried at least every half minute until
    /// it does, however long that takes.
    /// </param>
    /// <param name="cancellationToken">Gives up what is under way; it is sent again when its lease has ended.</param>
    /// <exception cref="StorageUnavailableException">Nothing was sent, or what came of it could not be recorded in time.</exception>
    public Task<DeliverResult> DeliverAsync(
        GroupId id,
        IntegrationId integration,
        Action<UnrecordedAttempt> unrecorded,
        CancellationToken cancellationToken
    ) => courier.DeliverAsync(settings, id, integration, unrecorded, cancellationToken);

    /// <summary>How it stands with the destinations that something was to be sent to.</summary>
    public IReadOnlyList<GateState> Destinations() => courier.Gates.States(time.GetUtcNow());

    /// <summary>
    /// Has all that waits sent at once, for who starts alone on a storage: whoever held a lease is gone, and what a
    /// destination objected to may be mended.
    /// </summary>
    public async Task HurryAsync(CancellationToken cancellationToken)
    {
        var state = await store.ReadAsync(cancellationToken).ConfigureAwait(false);
        foreach (var group in state.Groups.Values.Where(static group => group.Deliveries.Any(each => !each.IsDead)))
        {
            await store
                .UpdateAsync(group.Id, stored => stored?.Hurried(time.GetUtcNow()), cancellationToken)
                .ConfigureAwait(false);
        }
    }

    /// <summary>Has a dead letter sent once more; no work where there is none.</summary>
    public async Task<IReadOnlyList<DueWork>> ReviveAsync(
        GroupId id,
        IntegrationId integration,
        CancellationToken cancellationToken
    )
    {
        var group = await store
            .UpdateAsync(id, stored => stored?.Revived(integration, time.GetUtcNow()) ?? stored, cancellationToken)
            .ConfigureAwait(false);
        return DueWork.Of(group);
    }

    /// <summary>Makes a silence, or changes the one of this id.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="id">Of the one to change; null for a new one.</param>
    /// <param name="newId">What a new one is called, also one that takes the place of another.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What came of it; null where there is no silence of this id.</returns>
    public async Task<SilenceOutcome?> SilenceAsync(
        SilenceRequest request,
        string? id,
        string newId,
        CancellationToken cancellationToken
    )
    {
        SilenceOutcome? outcome = null;
        await store
            .UpdateSilencesAsync(
                silences =>
                {
                    var existing = id is null ? null : silences.Find(id);
                    outcome =
                        id is not null && existing is null ? null : request.Apply(existing, newId, time.GetUtcNow());
                    return outcome is not SilenceOutcome.Kept kept ? []
                        : kept.Ended is { } ended ? [ended, kept.Silence]
                        : [kept.Silence];
                },
                cancellationToken
            )
            .ConfigureAwait(false);
        return outcome;
    }

    /// <summary>Ends a silence; false where there is none of this id. One that has ended already is left as it is.</summary>
    public async Task<bool> ExpireAsync(string id, CancellationToken cancellationToken)
    {
        var found = false;
        await store
            .UpdateSilencesAsync(
                silences =>
                {
                    var silence = silences.Find(id);
                    found = silence is not null;
                    var ended = silence?.Expire(time.GetUtcNow());
                    return ended is null || ReferenceEquals(ended, silence) ? [] : [ended];
                },
                cancellationToken
            )
            .ConfigureAwait(false);
        return found;
    }

    /// <summary>Why somebody is or is not told of an alert; null where none of this fingerprint is known.</summary>
    public async Task<Explanation?> ExplainAsync(ulong fingerprint, CancellationToken cancellationToken)
    {
        var state = await store.ReadAsync(cancellationToken).ConfigureAwait(false);
        return state.Alerts.TryGetValue(fingerprint, out var alert) ? Explain(state, alert, time.GetUtcNow()) : null;
    }

    /// <summary>The same of known alerts that match, so many at the most, in the order in which alerts are told.</summary>
    public async Task<IReadOnlyList<Explanation>> ExplainAsync(
        IReadOnlyList<Matcher> matchers,
        int most,
        CancellationToken cancellationToken
    )
    {
        var state = await store.ReadAsync(cancellationToken).ConfigureAwait(false);
        var now = time.GetUtcNow();
        return
        [
            .. state
                .Alerts.Values.Where(alert => matchers.All(matcher => matcher.Matches(alert.Labels[matcher.Name])))
                .OrderBy(static alert => alert.Labels, AlertOrder.Labels)
                .Take(most)
                .Select(alert => Explain(state, alert, now)),
        ];
    }

    public Task PruneAsync(Retention retention, CancellationToken cancellationToken) =>
        store.PruneAsync(retention, time.GetUtcNow(), cancellationToken);

    private async Task<FlushResult> FlushedAsync(GroupId id, CancellationToken cancellationToken)
    {
        var rules = settings.Rules;
        Flush? flush = null;
        var group = await store
            .DecideAsync(
                id,
                (group, muters) =>
                {
                    flush =
                        group is not null && rules.Routing.RouteOf(id) is { } route
                            ? Flush.Decide(group, group.Due, time.GetUtcNow(), route, muters)
                            : null;
                    return flush is null ? group : flush.Next;
                },
                cancellationToken
            )
            .ConfigureAwait(false);
        return new(flush, DueWork.Of(group));
    }

    /// <summary>Takes a step, once more where another process was ahead of this one.</summary>
    private async Task<T> UpToDateAsync<T>(Func<Task<T>> step, CancellationToken cancellationToken)
    {
        try
        {
            return await step().ConfigureAwait(false);
        }
        catch (RulesOutdatedException e) when (catchUp is not null)
        {
            await catchUp(e.Version, cancellationToken).ConfigureAwait(false);
            return await AgainAsync(step).ConfigureAwait(false);
        }
    }

    /// <summary>Whoever cannot catch up has to come again; nothing was decided.</summary>
    private static async Task<T> AgainAsync<T>(Func<Task<T>> step)
    {
        try
        {
            return await step().ConfigureAwait(false);
        }
        catch (RulesOutdatedException e)
        {
            throw new StorageUnavailableException($"{e.Message}, which it could not catch up with", e);
        }
    }

    private Explanation Explain(HubState state, TrackedAlert alert, DateTimeOffset now)
    {
        var rules = settings.Rules;
        return Explanation.Of(alert, rules.Routing, state.Find, state.Muters(rules.Intervals), now);
    }
}
