using AlertHub.Alerts;
using AlertHub.Grouping;
using AlertHub.Muting;
using AlertHub.Storing;

namespace AlertHub.Lambda.Storage;

/// <summary>
/// The hub's state in two DynamoDB tables that many processes share: a document for each group, one of the silences and one
/// of the alerts that inhibit; and the ids of messages that came. A change is one conditional write of one document.
/// </summary>
/// <remarks>
/// Verbs that concern several documents store them in an order in which a crash in between loses nothing, and to ask again
/// does no harm: what inhibits and what silences before the groups that it mutes, that a message came after all that it
/// brought. A heartbeat may be stored late: <see cref="DocumentChange"/>. The README of AlertHub.Lambda has the tables.
/// </remarks>
internal sealed partial class DynamoAlertStore(
    Documents documents,
    MessageLog messages,
    HubRules rules,
    TimeProvider time,
    double heartbeatShare = Arriving.UsualHeartbeatShare
) : IAlertStore
{
    private volatile HubRules rules = rules;
    private volatile InhibitionSeen? lastInhibition;

    public async ValueTask<HubState> ReadAsync(CancellationToken cancellationToken)
    {
        var (alerts, groups) = (AlertMap.Empty.ToBuilder(), HubState.Empty.Groups.ToBuilder());
        var state = HubState.Empty with { Inhibition = rules.Inhibition };
        foreach (var document in await documents.ScanAsync(cancellationToken).ConfigureAwait(false))
        {
            switch (document.Key)
            {
                case DocumentKeys.Silences:
                    state = state with { Silences = document.State.Silences };
                    break;
                case DocumentKeys.Sources:
                    state = state with { Inhibition = InhibitionOf(document) };
                    break;
                default:
                    // An alert that goes to several groups is in each of them; all are told of it, one after the other.
                    foreach (var alert in document.State.Alerts.Values)
                    {
                        if (!(alerts.Find(alert.Fingerprint)?.UpdatedAt > alert.UpdatedAt))
                        {
                            alerts.Put(alert);
                        }
                    }

                    groups.AddRange(document.State.Groups);
                    break;
            }
        }

        return state with
        {
            Alerts = alerts.ToMap(),
            Groups = groups.ToImmutable(),
        };
    }

    public async ValueTask<Group?> FindAsync(GroupId id, CancellationToken cancellationToken) =>
        (await documents.ReadAsync(DocumentKeys.Of(id), cancellationToken).ConfigureAwait(false)).State.Find(id);

    /// <summary>Several at once, those that there are.</summary>
    public async Task<IReadOnlyList<Group>> FindAsync(
        IReadOnlyList<GroupId> ids,
        CancellationToken cancellationToken
    ) =>
        [
            .. from document in await documents
                .ReadAsync([.. ids.Select(DocumentKeys.Of)], cancellationToken)
                .ConfigureAwait(false)
            from @group in document.State.Groups.Values
            select @group,
        ];

    /// <summary>The group of the document of this key; null where there is none.</summary>
    /// <exception cref="RulesOutdatedException">It was put together under newer rules than these.</exception>
    public async Task<Group?> FindAsync(string key, CancellationToken cancellationToken)
    {
        var document = await documents.ReadAsync(key, cancellationToken).ConfigureAwait(false);
        IsOlder(document, rules);
        return document.State.Groups.Values.FirstOrDefault();
    }

    public async ValueTask<Silences> SilencesAsync(CancellationToken cancellationToken) =>
        (await documents.ReadAsync(DocumentKeys.Silences, cancellationToken).ConfigureAwait(false)).State.Silences;

    public async ValueTask<IReadOnlyList<DueWork>> DueAsync(DateTimeOffset until, CancellationToken cancellationToken)
    {
        var survey = await documents.SurveyAsync(cancellationToken).ConfigureAwait(false);
        var due = new List<DueWork>();
        foreach (var key in survey.Works.Where(work => work.Due <= until).Select(static work => work.Key).Distinct())
        {
            var group = await FindAsync(key, cancellationToken).ConfigureAwait(false);
            due.AddRange(DueWork.Of(group).Where(work => work.Due <= until));
        }

        return due;
    }

    /// <summary>How it stands with all groups, without reading what is in them.</summary>
    public Task<Survey> SurveyAsync(CancellationToken cancellationToken) => documents.SurveyAsync(cancellationToken);

    public Task<Group?> UpdateAsync(GroupId id, Func<Group?, Group?> change, CancellationToken cancellationToken) =>
        ChangeAsync(id, change, asOf: null, cancellationToken);

    public async Task<Group?> DecideAsync(
        GroupId id,
        Func<Group?, Muters, Group?> change,
        CancellationToken cancellationToken
    )
    {
        var (rules, asOf) = (this.rules, time.GetTimestamp());
        var read = await documents
            .ReadAsync([DocumentKeys.Of(id), DocumentKeys.Silences, DocumentKeys.Sources], cancellationToken)
            .ConfigureAwait(false);
        if (read[0].State.Find(id) is { } group && IsOlder(read[0], rules))
        {
            await RegroupAsync(group, rules, cancellationToken).ConfigureAwait(false);
        }

        var muters = new Muters
        {
            Silences = read[1].State.Silences,
            Inhibition = InhibitionOf(read[2]),
            Intervals = rules.Intervals,
        };
        return await ChangeAsync(id, group => change(group, muters), asOf, cancellationToken, under: rules)
            .ConfigureAwait(false);
    }

    public Task UpdateSilencesAsync(
        Func<Silences, IReadOnlyList<Silence>> change,
        CancellationToken cancellationToken
    ) =>
        documents.ChangeAsync(
            DocumentKeys.Silences,
            document =>
                change(document.State.Silences) is { Count: > 0 } changed
                    ? new(document.State.With(changed), document.Rules)
                    : DocumentChange.None(document),
            asOf: null,
            cancellationToken
        );

    public async Task PruneAsync(Retention retention, DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (var document in await documents.ScanAsync(cancellationToken).ConfigureAwait(false))
        {
            if (!ReferenceEquals(DocumentChange.Pruned(document, retention, now).State, document.State))
            {
                await documents
                    .ChangeAsync(
                        document.Key,
                        stored => DocumentChange.Pruned(stored, retention, now),
                        asOf: null,
                        cancellationToken
                    )
                    .ConfigureAwait(false);
            }
        }
    }

    private async Task<Group?> ChangeAsync(
        GroupId id,
        Func<Group?, Group?> change,
        long? asOf,
        CancellationToken cancellationToken,
        HubRules? under = null
    )
    {
        var (version, now) = (rules.Version, time.GetUtcNow());
        var stored = await documents
            .ChangeAsync(
                DocumentKeys.Of(id),
                document =>
                {
                    if (under is not null)
                    {
                        // Another process may have brought it under newer ones since it was read.
                        IsOlder(document, under);
                    }

                    return DocumentChange.Group(
                        document,
                        id,
                        change(document.State.Find(id)),
                        document.State.Groups.IsEmpty ? version : document.Rules,
                        now
                    );
                },
                asOf,
                cancellationToken
            )
            .ConfigureAwait(false);
        return stored.State.Find(id);
    }

    /// <summary>Alerts that inhibit are seldom others than a moment ago.</summary>
    private Inhibition InhibitionOf(Document sources)
    {
        var (rules, last) = (this.rules, lastInhibition);
        if (last is null || last.Revision != sources.Revision || last.Rules != rules)
        {
            lastInhibition = last = new(
                sources.Revision,
                rules,
                // All of them, as of a time before any ended: whoever asks it says when.
                rules.Inhibition.With(sources.State.Alerts.Values, DateTimeOffset.MinValue)
            );
        }

        return last.Inhibition;
    }

    private sealed record InhibitionSeen(string? Revision, HubRules Rules, Inhibition Inhibition);
}
