using AlertHub.Aws.Tables;
using AlertHub.Storing;
using Amazon.DynamoDBv2.Model;

namespace AlertHub.Lambda.Storage;

using Item = Dictionary<string, AttributeValue>;

/// <summary>
/// The table of documents. A commit is one conditional write of the head; the part that it refers to was written before
/// and means nothing without it, and what it refers to no more is deleted after it.
/// </summary>
internal sealed class HubTable(TableItems items, TimeProvider time)
{
    /// <summary>A head that was read may be gone when its parts are asked for; that happens to nobody so often in a row.</summary>
    private const int MostReads = 8;

    /// <summary>A part that no head refers to may be about to be: for as long as a commit takes, which is seconds.</summary>
    private static readonly TimeSpan OrphanAge = TimeSpan.FromHours(1);

    private static readonly Dictionary<string, Item> NoItems = [];

    /// <summary>As it is stored now; without a revision where nothing is.</summary>
    public async Task<Document> LoadAsync(string key, CancellationToken cancellationToken)
    {
        for (var read = 1; read <= MostReads; read++)
        {
            var found = (await items.QueryAsync(key, cancellationToken).ConfigureAwait(false)).ToDictionary(
                static item => item[DocumentItems.Sort].S,
                StringComparer.Ordinal
            );
            if (!found.Remove(DocumentItems.Head, out var head))
            {
                return new() { Key = key };
            }

            if (Read(head, found) is { } document)
            {
                await ForgetAsync(document, Orphans(document, found.Keys), cancellationToken).ConfigureAwait(false);
                return document;
            }
        }

        throw new StorageUnavailableException(
            $"table \"{items.Name}\": \"{key}\" is changed faster than it can be read"
        );
    }

    /// <summary>The same of several at once. Of one that has not changed nothing but the head is read, however large it is.</summary>
    /// <param name="known">As they were last seen; without a revision where nobody saw them yet.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>In the same order.</returns>
    public async Task<Document[]> RefreshAsync(IReadOnlyList<Document> known, CancellationToken cancellationToken)
    {
        var found = await items
            .GetAsync(known.Select(static document => (document.Key, DocumentItems.Head)), cancellationToken)
            .ConfigureAwait(false);
        var heads = found.ToDictionary(static head => head[DocumentItems.Key].S, StringComparer.Ordinal);
        return await Task.WhenAll(known.Select(RefreshedAsync)).ConfigureAwait(false);

        Task<Document> RefreshedAsync(Document document) =>
            !heads.TryGetValue(document.Key, out var head) ? Task.FromResult(new Document { Key = document.Key })
            : head[DocumentItems.Revision].S == document.Revision ? Task.FromResult(document)
            : DocumentItems.PartsOf(head).Count == 0 && Read(head, NoItems) is { } read ? Task.FromResult(read)
            : LoadAsync(document.Key, cancellationToken);
    }

    /// <summary>Stores a document in the place of another one, if that is what is stored.</summary>
    /// <param name="before">What is stored, as far as anybody knows.</param>
    /// <param name="state">What is to be stored.</param>
    /// <param name="rules">The configuration under which its group was put together.</param>
    /// <param name="expires">When it may be forgotten; null for never.</param>
    /// <param name="cancellationToken">Ends the wait; it may be stored all the same.</param>
    /// <returns>As it is stored then; null where somebody else was faster.</returns>
    public async Task<Document?> CommitAsync(
        Document before,
        HubState state,
        long rules,
        DateTimeOffset? expires,
        CancellationToken cancellationToken
    )
    {
        var (after, part) = DocumentLayout.Next(before, state, rules, NewRevision());
        if (part is not null)
        {
            await items.PutAsync(DocumentItems.SlicesOf(after.Key, part), cancellationToken).ConfigureAwait(false);
        }

        var head = DocumentItems.HeadOf(after, expires);
        if (!await items.PutAsync(head, before.Revision, cancellationToken).ConfigureAwait(false))
        {
            // Where an answer got lost, the second try finds what the first has stored.
            var stored = await LoadAsync(after.Key, cancellationToken).ConfigureAwait(false);
            return stored.Revision == after.Revision ? stored : null;
        }

        var gone = before.Parts.Except(after.Parts).SelectMany(DocumentItems.SliceNames);
        await ForgetAsync(after, gone, cancellationToken).ConfigureAwait(false);
        return after;
    }

    /// <summary>Removes a document, if it is what is stored; false where it is not.</summary>
    public async Task<bool> RemoveAsync(Document document, CancellationToken cancellationToken)
    {
        if (document.Revision is null)
        {
            return true;
        }

        var isGone = await items
            .DeleteAsync(document.Key, DocumentItems.Head, document.Revision, cancellationToken)
            .ConfigureAwait(false);
        if (isGone)
        {
            var slices = document.Parts.SelectMany(DocumentItems.SliceNames);
            await ForgetAsync(document, slices, cancellationToken).ConfigureAwait(false);
        }

        return isGone;
    }

    /// <summary>All documents, page by page; one that changes meanwhile as it was before or after.</summary>
    public async Task<IReadOnlyList<Document>> ScanAsync(CancellationToken cancellationToken)
    {
        var heads = new List<Item>();
        var slices = new Dictionary<string, Dictionary<string, Item>>(StringComparer.Ordinal);
        await foreach (var item in items.ScanAsync(null, isConsistent: true, cancellationToken).ConfigureAwait(false))
        {
            var (key, sort) = (item[DocumentItems.Key].S, item[DocumentItems.Sort].S);
            if (sort == DocumentItems.Head)
            {
                heads.Add(item);
                continue;
            }

            if (!slices.TryGetValue(key, out var some))
            {
                slices[key] = some = new(StringComparer.Ordinal);
            }

            some[sort] = item;
        }

        var documents = new List<Document>(heads.Count);
        foreach (var head in heads)
        {
            var key = head[DocumentItems.Key].S;
            documents.Add(
                Read(head, slices.GetValueOrDefault(key) ?? NoItems)
                    ?? await LoadAsync(key, cancellationToken).ConfigureAwait(false)
            );
        }

        return documents;
    }

    /// <summary>What a sweep asks for of all documents with a group; it may be some seconds old.</summary>
    public IAsyncEnumerable<Item> SurveyAsync(CancellationToken cancellationToken) =>
        items.ScanAsync(DocumentItems.Surveyed, isConsistent: false, cancellationToken);

    /// <summary>One that no document ever had; it begins with the time.</summary>
    private string NewRevision() => $"{time.GetUtcNow().ToUnixTimeMilliseconds():D13}-{Guid.NewGuid():N}";

    private IEnumerable<string> Orphans(Document document, IEnumerable<string> slices)
    {
        var oldest = time.GetUtcNow() - OrphanAge;
        return slices
            .Except(document.Parts.SelectMany(DocumentItems.SliceNames))
            .Where(slice => DocumentItems.WrittenAt(slice) < oldest);
    }

    /// <summary>What is not deleted now is found when the document is read another time.</summary>
    private async Task ForgetAsync(Document document, IEnumerable<string> slices, CancellationToken cancellationToken)
    {
        try
        {
            await items
                .DeleteAsync(slices.Select(slice => (document.Key, slice)), cancellationToken)
                .ConfigureAwait(false);
        }
        catch (StorageUnavailableException)
        {
            // Nobody waits for this: who reads the group an hour later removes what was left.
        }
    }

    private Document? Read(Item head, IReadOnlyDictionary<string, Item> slices)
    {
        try
        {
            return DocumentItems.Read(head, slices);
        }
        catch (Exception e) when (e is FormatException or KeyNotFoundException)
        {
            throw new StorageUnavailableException(
                $"table \"{items.Name}\": \"{head[DocumentItems.Key].S}\" is damaged or was written by a newer AlertHub ({e.Message}); restore the table, or delete the items of this key",
                e
            );
        }
    }
}
