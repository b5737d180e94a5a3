using System.Globalization;
using System.Text.Json;
using AlertHub.Aws.Tables;
using Amazon.DynamoDBv2.Model;
using SecurityGroupGuard.Rules;

namespace SecurityGroupGuard.Storage;

using Item = Dictionary<string, AttributeValue>;

/// <summary>
/// One item a group, with all that is known of it; one for each version of its baseline; one for each event, for a month.
/// </summary>
internal sealed class GuardTable(TableItems items, Func<string> newRevision)
{
    private const string State = "state";
    private const string Document = "doc";
    private const string GroupPrefix = "group#";

    /// <summary>EventBridge may deliver again for a day; the rest is for people who ask what happened.</summary>
    private static readonly TimeSpan EventAge = TimeSpan.FromDays(30);

    public async Task<GroupRecord> LoadAsync(GroupId group, CancellationToken cancellationToken)
    {
        var found = await items.GetAsync([(KeyOf(group), State)], cancellationToken).ConfigureAwait(false);
        if (found is not [var item])
        {
            return new() { Group = group };
        }

        var stored = Read(item, StoredJson.Default.StoredGroup);
        return new()
        {
            Group = group,
            Baseline = stored.Baseline?.Read(group),
            Grants = stored.Grants,
            Undone = stored.Undone,
            Differs = stored.Differs,
            Waiting = stored.Waiting,
            Revision = item[ItemAttributes.Revision].S,
        };
    }

    /// <summary>Stores a group's record in the place of that which was loaded, and a new version of its baseline beside it.</summary>
    /// <returns>As it is stored; null where somebody else was faster.</returns>
    public async Task<GroupRecord?> SaveAsync(
        GroupRecord record,
        GroupRecord before,
        CancellationToken cancellationToken
    )
    {
        if (record.Baseline is { } baseline && baseline.Version != before.Baseline?.Version)
        {
            // First: a version that nobody refers to does no harm.
            await items
                .PutAsync(
                    [
                        ItemOf(
                            KeyOf(record.Group),
                            string.Create(CultureInfo.InvariantCulture, $"baseline#{baseline.Version:D10}"),
                            JsonSerializer.Serialize(StoredBaseline.Of(baseline), StoredJson.Default.StoredBaseline)
                        ),
                    ],
                    cancellationToken
                )
                .ConfigureAwait(false);
        }

        var stored = new StoredGroup
        {
            Baseline = record.Baseline is { } kept ? StoredBaseline.Of(kept) : null,
            Grants = [.. record.Grants],
            Undone = [.. record.Undone],
            Differs = new(record.Differs),
            Waiting = [.. record.Waiting],
        };
        var item = ItemOf(KeyOf(record.Group), State, JsonSerializer.Serialize(stored, StoredJson.Default.StoredGroup));
        var revision = newRevision();
        item[ItemAttributes.Revision] = new() { S = revision };
        return await items.PutAsync(item, before.Revision, cancellationToken).ConfigureAwait(false)
            ? record with
            {
                Revision = revision,
            }
            : null;
    }

    /// <summary>Null where nobody has begun with it.</summary>
    public async Task<EventRecord?> LoadAsync(GroupId group, string change, CancellationToken cancellationToken)
    {
        var found = await items.GetAsync([(KeyOf(group), SortOf(change))], cancellationToken).ConfigureAwait(false);
        return found is [var item] ? Read(item, StoredJson.Default.EventRecord) : null;
    }

    public Task SaveAsync(GroupId group, EventRecord record, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var item = ItemOf(
            KeyOf(group),
            SortOf(record.Event),
            JsonSerializer.Serialize(record, StoredJson.Default.EventRecord)
        );
        item[ItemAttributes.Expires] = new()
        {
            N = (now + EventAge).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
        };
        return items.PutAsync([item], cancellationToken);
    }

    /// <summary>All groups of which something is known.</summary>
    public async IAsyncEnumerable<GroupId> GroupsAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var known = items.ScanAsync(
            [ItemAttributes.Revision, ItemAttributes.Key],
            isConsistent: false,
            cancellationToken
        );
        await foreach (var item in known.ConfigureAwait(false))
        {
            if (GroupId.Parse(item[ItemAttributes.Key].S[GroupPrefix.Length..]) is { } group)
            {
                yield return group;
            }
        }
    }

    private static string KeyOf(GroupId group) => $"{GroupPrefix}{group}";

    private static string SortOf(string change) => $"event#{change}";

    private static Item ItemOf(string key, string sort, string document) =>
        new()
        {
            [ItemAttributes.Key] = new() { S = key },
            [ItemAttributes.Sort] = new() { S = sort },
            [Document] = new() { S = document },
        };

    private static T Read<T>(Item item, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) =>
        JsonSerializer.Deserialize(item[Document].S, type)
        ?? throw new InvalidDataException($"the table has an item {item[ItemAttributes.Key].S} without a document");
}
