using AlertHub.Alerts;
using AlertHub.Grouping;
using AlertHub.Storing;

namespace AlertHub.Lambda.Storage;

internal sealed partial class DynamoAlertStore
{
    /// <summary>From now on for this process. Groups come under them when they are decided about, or by <see cref="RegroupAsync(CancellationToken)"/>.</summary>
    public Task UseAsync(HubRules rules, DateTimeOffset now, CancellationToken cancellationToken)
    {
        this.rules = rules;
        return Task.CompletedTask;
    }

    /// <summary>Has all alerts that inhibit under rules which are to hold known before they do.</summary>
    public async Task PrepareAsync(HubRules next, CancellationToken cancellationToken)
    {
        var all = await documents.ScanAsync(cancellationToken).ConfigureAwait(false);
        await KnowSourcesAsync(Alerts(all), next, time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Brings all groups under the rules that hold, as far as they are not: what moves to other groups is there before it
    /// leaves its own.
    /// </summary>
    /// <returns>What has to be done about the groups then.</returns>
    public async Task<IReadOnlyList<DueWork>> RegroupAsync(CancellationToken cancellationToken)
    {
        var rules = this.rules;
        var all = await documents.ScanAsync(cancellationToken).ConfigureAwait(false);
        await KnowSourcesAsync(Alerts(all), rules, time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        var due = new List<DueWork>();
        foreach (var document in all)
        {
            if (document.State.Groups.Values.FirstOrDefault() is { } group && IsOlder(document, rules))
            {
                due.AddRange(await RegroupAsync(group, rules, cancellationToken).ConfigureAwait(false));
            }
        }

        return due;
    }

    /// <summary>One group, and those to which its alerts go.</summary>
    private async Task<IReadOnlyList<DueWork>> RegroupAsync(
        Group group,
        HubRules rules,
        CancellationToken cancellationToken
    )
    {
        var due = new List<DueWork>();
        while (true)
        {
            var now = time.GetUtcNow();
            var regrouping = Regrouping.Of(group, rules.Routing, now);
            foreach (var move in regrouping.Moves)
            {
                due.AddRange(DueWork.Of(await MoveAsync(move, rules, now, cancellationToken).ConfigureAwait(false)));
            }

            // Whoever came to the group meanwhile may have to move, too.
            var decided = group;
            var stored = await documents
                .ChangeAsync(
                    DocumentKeys.Of(group.Id),
                    document =>
                        document.State.Find(group.Id) == decided
                            ? DocumentChange.Group(
                                document,
                                group.Id,
                                regrouping.Stays,
                                rules.Version,
                                time.GetUtcNow()
                            )
                            : DocumentChange.None(document),
                    asOf: null,
                    cancellationToken
                )
                .ConfigureAwait(false);
            if (stored.State.Find(group.Id) is not { } left || stored.Rules >= rules.Version)
            {
                due.AddRange(DueWork.Of(stored.State.Find(group.Id)));
                return due;
            }

            group = left;
        }
    }

    private async Task<Group?> MoveAsync(
        Move move,
        HubRules rules,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var stored = await documents
            .ChangeAsync(
                DocumentKeys.Of(move.To),
                document => DocumentChange.Moved(document, move, rules.Version, now),
                asOf: null,
                cancellationToken
            )
            .ConfigureAwait(false);
        return stored.State.Find(move.To);
    }

    private static IReadOnlyList<TrackedAlert> Alerts(IReadOnlyList<Document> all) =>
        [
            .. all.Where(static document => DocumentKeys.IsGroup(document.Key))
                .SelectMany(static document => document.State.Alerts.Values),
        ];

    /// <summary>Whether a group was put together under older rules than these.</summary>
    /// <exception cref="RulesOutdatedException">They are newer: this process has to catch up before it decides.</exception>
    private static bool IsOlder(Document document, HubRules rules) =>
        document.Rules > rules.Version
            ? throw new RulesOutdatedException(document.Rules)
            : document.Rules < rules.Version;
}
