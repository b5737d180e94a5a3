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
public sealed class Hub(IAlertStore store, HubSettings settings, TimeProvider time, Func<double> random)
{
    /// <summary>
    /// After that another may send a delivery: longer than any attempt takes, so that two never send at once unless one
    /// was held up beyond reason.
    /// </summary>
    public static readonly TimeSpan LeaseLength = TimeSpan.FromMinutes(2);

    private readonly Courier courier = new(store, time, random);
    private volatile HubSettings settings = settings;

    public HubSettings Settings => settings;

    /// <summary>What is stored now.</summary>
    public ValueTask<HubState> ReadAsync(CancellationToken cancellationToken) => store.ReadAsync(cancellationToken);

    /// <summary>From now on these settings hold, for what is stored, too.</summary>
    /// <returns>All that has to be done then.</returns>
    public async Task<IReadOnlyList<DueWork>> UseAsync(HubSettings settings, CancellationToken cancellationToken)
    {
        await store.UseAsync(settings.Rules, time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        this.settings = settings;
        courier.Gates.TryAgain(time.GetUtcNow());
        return await SweepAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>All that has to be done, from what is stored: after a start, and now and then for what got lost.</summary>
    public async Task<IReadOnlyList<DueWork>> SweepAsync(CancellationToken cancellationToken)
    {
        var state = await store.ReadAsync(cancellationToken).ConfigureAwait(false);
        return [.. state.Groups.Values.SelectMany(DueWork.Of)];
    }

    /// <summary>Takes alerts. When it returns they are on durable storage.</summary>
    /// <param name="alerts">As they were taken from their producer.</param>
    /// <param name="messageId">The sender's id of the message that carried them; null where it has none.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What came of it; null where the message had come before.</returns>
    /// <exception cref="StorageUnavailableException">Nothing was stored; the producer must send again.</exception>
    public async Task<IngestResult?> IngestAsync(
        IReadOnlyList<TrackedAlert> alerts,
        string? messageId,
        CancellationToken cancellationToken
    )
    {
        var taken = await store
            .IngestAsync(alerts, messageId, time.GetUtcNow(), cancellationToken)
            .ConfigureAwait(false);
        return taken is null ? null : new(taken.Silences, [.. taken.Groups.SelectMany(DueWork.OfFlush)]);
    }

    /// <summary>Decides who is told what about a group that is due. One that is not due is left as it is.</summary>
    /// <exception cref="StorageUnavailableException">Nothing was stored; it has to be flushed again.</exception>
    public async Task<FlushResult> FlushAsync(GroupId id, CancellationToken cancellationToken)
    {
        var rules = settings.Rules;
        Flush? flush = null;
        var group = await store
            .UpdateAsync(
                id,
                state =>
                {
                    var group = state.Find(id);
                    flush =
                        group is not null && rules.Routing.RouteOf(id) is { } route
                            ? Flush.Decide(group, group.Due, time.GetUtcNow(), route, state.Muters(rules.Intervals))
                            : null;
                    return flush is null ? group : flush.Next;
                },
                cancellationToken
            )
            .ConfigureAwait(false);
        return new(flush, DueWork.Of(group));
    }

    /// <summary>One attempt to deliver what an integration is to be told of a group.</summary>
    /// <param name="id">The group.</param>
    /// <param name="integration">The integration of the group's receiver.</param>
    /// <param name="cancellationToken">Gives up what is under way; it is sent again when its lease has ended.</param>
    /// <exception cref="StorageUnavailableException">Nothing was sent, or what came of it could not be recorded in time.</exception>
    public Task<DeliverResult> DeliverAsync(
        GroupId id,
        IntegrationId integration,
        CancellationToken cancellationToken
    ) => courier.DeliverAsync(settings, id, integration, cancellationToken);

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
                .UpdateAsync(group.Id, state => state.Find(group.Id)?.Hurried(time.GetUtcNow()), cancellationToken)
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
            .UpdateAsync(
                id,
                state => state.Find(id)?.Revived(integration, time.GetUtcNow()) ?? state.Find(id),
                cancellationToken
            )
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
        return state.Alerts.TryGetValue(fingerprint, out var alert) ? Explain(state, alert) : null;
    }

    /// <summary>The same of known alerts that match, so many at the most, in the order in which alerts are told.</summary>
    public async Task<IReadOnlyList<Explanation>> ExplainAsync(
        IReadOnlyList<Matcher> matchers,
        int most,
        CancellationToken cancellationToken
    )
    {
        var state = await store.ReadAsync(cancellationToken).ConfigureAwait(false);
        return
        [
            .. state
                .Alerts.Values.Where(alert => matchers.All(matcher => matcher.Matches(alert.Labels[matcher.Name])))
                .OrderBy(static alert => alert.Labels, AlertOrder.Labels)
                .Take(most)
                .Select(alert => Explain(state, alert)),
        ];
    }

    public Task PruneAsync(Retention retention, CancellationToken cancellationToken) =>
        store.PruneAsync(retention, time.GetUtcNow(), cancellationToken);

    private Explanation Explain(HubState state, TrackedAlert alert)
    {
        var rules = settings.Rules;
        return Explanation.Of(alert, rules.Routing, state.Find, state.Muters(rules.Intervals), time.GetUtcNow());
    }
}
