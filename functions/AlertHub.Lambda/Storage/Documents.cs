using System.Collections.Concurrent;

namespace AlertHub.Lambda.Storage;

/// <summary>
/// Documents as this process last saw them, and changes of them. What was seen is good enough to write upon, as the write
/// is conditional: whoever finds another document there reads it and decides anew. The decision to change nothing is made
/// about what is stored now.
/// </summary>
/// <param name="table">Where they are stored.</param>
/// <param name="time">For the waits.</param>
/// <param name="random">From 0 to 1, for the same.</param>
internal sealed class Documents(HubTable table, TimeProvider time, Func<double> random)
{
    /// <summary>Whoever did not get to write for so long tells its caller.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(10);

    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(500);

    /// <summary>Beyond that, some that may be needed again are forgotten.</summary>
    private const int MostSeen = 2000;

    private readonly ConcurrentDictionary<string, (Document Document, long At)> seen = new(StringComparer.Ordinal);

    /// <summary>Changes of one document from within this process wait for each other instead of failing each other.</summary>
    private readonly SemaphoreSlim[] turns = [.. Enumerable.Range(0, 64).Select(static _ => new SemaphoreSlim(1))];

    /// <summary>As they are stored now, in the same order.</summary>
    public async Task<Document[]> ReadAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        var at = time.GetTimestamp();
        var known = keys.Select(key => seen.TryGetValue(key, out var last) ? last.Document : new() { Key = key });
        var documents = await table.RefreshAsync([.. known], cancellationToken).ConfigureAwait(false);
        Array.ForEach(documents, document => See(document, at));
        return documents;
    }

    public async Task<Document> ReadAsync(string key, CancellationToken cancellationToken) =>
        (await ReadAsync([key], cancellationToken).ConfigureAwait(false))[0];

    /// <summary>All that is stored.</summary>
    public Task<IReadOnlyList<Document>> ScanAsync(CancellationToken cancellationToken) =>
        table.ScanAsync(cancellationToken);

    /// <summary>How it stands with all groups, without reading what is in them; it may be some seconds old.</summary>
    public Task<Survey> SurveyAsync(CancellationToken cancellationToken) =>
        Survey.OfAsync(table.SurveyAsync(cancellationToken));

    /// <summary>
    /// Changes a document. <paramref name="change"/> says what becomes of it, or that nothing does by returning its state; it
    /// may be asked again.
    /// </summary>
    /// <param name="key">Of the document.</param>
    /// <param name="change">Has no effects.</param>
    /// <param name="asOf">What was read since that moment is as it is now; null where that is to be read anew.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>As it is stored then.</returns>
    /// <exception cref="StorageUnavailableException">Nothing was stored, or nobody knows.</exception>
    public async Task<Document> ChangeAsync(
        string key,
        Func<Document, DocumentChange> change,
        long? asOf,
        CancellationToken cancellationToken
    )
    {
        var turn = turns[(uint)key.GetHashCode(StringComparison.Ordinal) % (uint)turns.Length];
        await turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await ChangeInTurnAsync(key, change, asOf, cancellationToken).ConfigureAwait(false);
        }
        catch (StorageUnavailableException)
        {
            // Nobody knows what is stored now.
            seen.TryRemove(key, out _);
            throw;
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task<Document> ChangeInTurnAsync(
        string key,
        Func<Document, DocumentChange> change,
        long? asOf,
        CancellationToken cancellationToken
    )
    {
        var since = time.GetTimestamp();
        var last = seen.TryGetValue(key, out var found) ? found : default;
        var (document, isNow) = (last.Document, last.At >= asOf);
        for (var tries = 0; ; tries++)
        {
            if (document is null)
            {
                document = await ReadAsync(key, cancellationToken).ConfigureAwait(false);
                isNow = true;
            }

            var next = change(document);
            var isChanged = !ReferenceEquals(next.State, document.State) || next.Rules != document.Rules;
            if (!isChanged && isNow)
            {
                return document;
            }

            if (isChanged && await StoreAsync(document, next, cancellationToken).ConfigureAwait(false) is { } stored)
            {
                See(stored, time.GetTimestamp());
                return stored;
            }

            if (tries > 0)
            {
                await WaitAsync(key, tries, since, cancellationToken).ConfigureAwait(false);
            }

            document = null;
        }
    }

    private async Task<Document?> StoreAsync(
        Document document,
        DocumentChange next,
        CancellationToken cancellationToken
    )
    {
        if (!next.IsOver)
        {
            return await table
                .CommitAsync(document, next.State, next.Rules, next.Expires, cancellationToken)
                .ConfigureAwait(false);
        }

        return await table.RemoveAsync(document, cancellationToken).ConfigureAwait(false)
            ? new() { Key = document.Key }
            : null;
    }

    private async Task WaitAsync(string key, int tries, long since, CancellationToken cancellationToken)
    {
        if (time.GetElapsedTime(since) > Patience)
        {
            throw new StorageUnavailableException(
                $"\"{key}\" is changed by so many at once that it could not be changed within {Patience.TotalSeconds} s"
            );
        }

        var wait = FirstWait * Math.Pow(2, Math.Min(tries, 10));
        await Task.Delay(random() * (wait < LongestWait ? wait : LongestWait), time, cancellationToken)
            .ConfigureAwait(false);
    }

    private void See(Document document, long at)
    {
        if (seen.Count >= MostSeen && !seen.ContainsKey(document.Key))
        {
            seen.TryRemove(seen.Keys.First(), out _);
        }

        seen[document.Key] = (document, at);
    }
}
