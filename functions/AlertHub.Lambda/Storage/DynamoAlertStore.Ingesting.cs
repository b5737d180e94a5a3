using System.Collections.Concurrent;
using AlertHub.Alerts;
using AlertHub.Grouping;
using AlertHub.Muting;
using AlertHub.Routing;
using AlertHub.Storing;

namespace AlertHub.Lambda.Storage;

internal sealed partial class DynamoAlertStore
{
    /// <summary>Documents that are changed at once.</summary>
    private const int MostAtOnce = 16;

    public async Task<Taken> IngestAsync(
        IReadOnlyList<Arrival> arrivals,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        string[] ids = [.. arrivals.Select(static arrival => arrival.MessageId).OfType<string>().Distinct()];
        var heard = await messages.KnownAsync(ids, now, cancellationToken).ConfigureAwait(false);
        var seen = new HashSet<string>(heard, StringComparer.Ordinal);
        var (known, posted) = (new List<int>(), new List<TrackedAlert>());
        for (var i = 0; i < arrivals.Count; i++)
        {
            if (arrivals[i].MessageId is { } id && !seen.Add(id))
            {
                known.Add(i);
            }
            else
            {
                posted.AddRange(arrivals[i].Alerts);
            }
        }

        var taken = await TakeAsync(posted, now, cancellationToken).ConfigureAwait(false);
        await messages.NoteAsync([.. ids.Except(heard)], now, cancellationToken).ConfigureAwait(false);
        return taken with { Known = known };
    }

    private async Task<Taken> TakeAsync(
        IReadOnlyList<TrackedAlert> posted,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var (rules, asOf) = (this.rules, time.GetTimestamp());
        await KnowSourcesAsync(posted, rules, now, cancellationToken).ConfigureAwait(false);
        var groups = (
            from alert in posted
            from to in rules.Routing.GroupsOf(alert.Labels)
            group (alert, to.Route) by to.Id into some
            select (
                Id: some.Key,
                some.First().Route,
                Alerts: (IReadOnlyList<TrackedAlert>)[.. some.Select(static each => each.alert)]
            )
        ).ToArray();
        var read = await documents
            .ReadAsync([.. groups.Select(static group => DocumentKeys.Of(group.Id))], cancellationToken)
            .ConfigureAwait(false);
        var silences = await SilencedAsync(posted, read, rules, now, cancellationToken).ConfigureAwait(false);
        var (taken, due) = (new ConcurrentBag<Group>(), new ConcurrentBag<DueWork>());
        await Parallel
            .ForEachAsync(
                groups,
                new ParallelOptions { MaxDegreeOfParallelism = MostAtOnce, CancellationToken = cancellationToken },
                async (group, ct) =>
                {
                    var (before, after) = await TakeAsync(group.Id, group.Route, group.Alerts, rules, now, asOf, ct)
                        .ConfigureAwait(false);
                    if (after is not null)
                    {
                        taken.Add(after);
                    }

                    if (after is not null && after.Due != before?.Due)
                    {
                        due.Add(new(new Work.Flush(after.Id), after.Due));
                    }
                }
            )
            .ConfigureAwait(false);
        return new()
        {
            Groups = [.. taken],
            Due = [.. due],
            Silences = silences,
        };
    }

    private async Task<(Group? Before, Group? After)> TakeAsync(
        GroupId id,
        RouteNode route,
        IReadOnlyList<TrackedAlert> alerts,
        HubRules rules,
        DateTimeOffset now,
        long asOf,
        CancellationToken cancellationToken
    )
    {
        Group? before = null;
        var stored = await documents
            .ChangeAsync(
                DocumentKeys.Of(id),
                document =>
                {
                    IsOlder(document, rules);
                    before = document.State.Find(id);
                    return DocumentChange.Take(document, id, route, alerts, rules.Version, new(now, heartbeatShare));
                },
                asOf,
                cancellationToken
            )
            .ConfigureAwait(false);
        return (before, stored.State.Find(id));
    }

    /// <summary>Those of these alerts that inhibit are known before any group is.</summary>
    private async Task KnowSourcesAsync(
        IReadOnlyList<TrackedAlert> alerts,
        HubRules rules,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        TrackedAlert[] sources = [.. alerts.Where(alert => rules.Inhibition.IsSource(alert.Labels))];
        if (sources.Length > 0)
        {
            await documents
                .ChangeAsync(
                    DocumentKeys.Sources,
                    document => DocumentChange.Know(document, sources, new(now, heartbeatShare)),
                    asOf: null,
                    cancellationToken
                )
                .ConfigureAwait(false);
        }
    }

    /// <summary>Silences that rules make for alerts which begin to fire, stored before these join a group.</summary>
    private async Task<IReadOnlyList<Silence>> SilencedAsync(
        IReadOnlyList<TrackedAlert> posted,
        IReadOnlyList<Document> read,
        HubRules rules,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        if (rules.Autosilence.IsEmpty)
        {
            return [];
        }

        var made = new List<Silence>();
        await UpdateSilencesAsync(
                silences =>
                {
                    made.Clear();
                    var known = new Dictionary<ulong, TrackedAlert?>();
                    foreach (var alert in posted)
                    {
                        if (!known.TryGetValue(alert.Fingerprint, out var before))
                        {
                            before = read.Select(document => document.State.Alerts.Find(alert.Fingerprint))
                                .OfType<TrackedAlert>()
                                .MaxBy(static each => each.UpdatedAt);
                        }

                        var after = before is null ? alert : TrackedAlert.Merge(before, alert, now);
                        known[alert.Fingerprint] = after;
                        if (rules.Autosilence.For(before, after, silences, now) is { } silence)
                        {
                            silences = silences.With(silence);
                            made.Add(silence);
                        }
                    }

                    return [.. made];
                },
                cancellationToken
            )
            .ConfigureAwait(false);
        return made;
    }
}
