using System.Runtime.CompilerServices;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace AlertHub.Aws.Tables;

using Item = Dictionary<string, AttributeValue>;

/// <summary>Items of a table, whatever they mean: pages are followed, and what a batch left undone is asked for again.</summary>
internal sealed class TableItems(IAmazonDynamoDB client, string name, TimeProvider time, Func<double> random)
{
    /// <summary>DynamoDB's limits of one request.</summary>
    private const int MostGets = 100;

    private const int MostWrites = 25;

    private readonly TableCalls calls = new(name, time, random);

    public string Name => name;

    /// <summary>All of a partition, as it is stored now.</summary>
    public async Task<IReadOnlyList<Item>> QueryAsync(string key, CancellationToken cancellationToken)
    {
        var items = new List<Item>();
        Item? from = null;
        do
        {
            var request = new QueryRequest
            {
                TableName = name,
                ConsistentRead = true,
                KeyConditionExpression = "#pk = :pk",
                ExpressionAttributeNames = new() { ["#pk"] = ItemAttributes.Key },
                ExpressionAttributeValues = new() { [":pk"] = new() { S = key } },
                ExclusiveStartKey = from,
            };
            var page = await calls
                .CallAsync(ct => client.QueryAsync(request, ct), cancellationToken)
                .ConfigureAwait(false);
            items.AddRange(page.Items ?? []);
            from = Next(page.LastEvaluatedKey);
        } while (from is not null);

        return items;
    }

    /// <summary>Those of these items that are stored now, in any order.</summary>
    public async Task<IReadOnlyList<Item>> GetAsync(
        IEnumerable<(string Key, string Sort)> keys,
        CancellationToken cancellationToken
    )
    {
        var items = new List<Item>();
        foreach (var some in keys.Distinct().Chunk(MostGets))
        {
            var asked = new Dictionary<string, KeysAndAttributes>
            {
                [name] = new() { ConsistentRead = true, Keys = [.. some.Select(KeyOf)] },
            };
            for (var tries = 0; asked.Count > 0; tries++)
            {
                await calls.PauseAsync(tries, cancellationToken).ConfigureAwait(false);
                var request = new BatchGetItemRequest { RequestItems = asked };
                var answer = await calls
                    .CallAsync(ct => client.BatchGetItemAsync(request, ct), cancellationToken)
                    .ConfigureAwait(false);
                items.AddRange(answer.Responses?.GetValueOrDefault(name) ?? []);
                asked = answer.UnprocessedKeys ?? [];
            }
        }

        return items;
    }

    /// <summary>Puts an item in the place of the one that has this revision, or of none; false where that is not what is stored.</summary>
    public Task<bool> PutAsync(Item item, string? revision, CancellationToken cancellationToken)
    {
        var request = new PutItemRequest
        {
            TableName = name,
            Item = item,
            ConditionExpression = revision is null ? "attribute_not_exists(#rev)" : "#rev = :rev",
            ExpressionAttributeNames = new() { ["#rev"] = ItemAttributes.Revision },
        };
        if (revision is not null)
        {
            request.ExpressionAttributeValues = new() { [":rev"] = new() { S = revision } };
        }

        return calls.ConditionalAsync(ct => client.PutItemAsync(request, ct), cancellationToken);
    }

    /// <summary>Removes the item that has this revision; false where that is not what is stored.</summary>
    public Task<bool> DeleteAsync(string key, string sort, string revision, CancellationToken cancellationToken)
    {
        var request = new DeleteItemRequest
        {
            TableName = name,
            Key = KeyOf((key, sort)),
            ConditionExpression = "#rev = :rev",
            ExpressionAttributeNames = new() { ["#rev"] = ItemAttributes.Revision },
            ExpressionAttributeValues = new() { [":rev"] = new() { S = revision } },
        };
        return calls.ConditionalAsync(ct => client.DeleteItemAsync(request, ct), cancellationToken);
    }

    public Task PutAsync(IEnumerable<Item> items, CancellationToken cancellationToken) =>
        WriteAsync(items.Select(static item => new WriteRequest(new PutRequest(item))), cancellationToken);

    public Task DeleteAsync(IEnumerable<(string Key, string Sort)> keys, CancellationToken cancellationToken) =>
        WriteAsync(keys.Select(static key => new WriteRequest(new DeleteRequest(KeyOf(key)))), cancellationToken);

    /// <summary>All items, page by page.</summary>
    /// <param name="asked">Only these attributes, of items that have the first of them; null for all.</param>
    /// <param name="isConsistent">As stored now; else it may be some seconds old, at half the price.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async IAsyncEnumerable<Item> ScanAsync(
        IReadOnlyList<string>? asked,
        bool isConsistent,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        Item? from = null;
        do
        {
            var request = new ScanRequest
            {
                TableName = name,
                ConsistentRead = isConsistent,
                ExclusiveStartKey = from,
            };
            if (asked is not null)
            {
                request.FilterExpression = $"attribute_exists(#{asked[0]})";
                request.ProjectionExpression = string.Join(", ", asked.Select(static each => $"#{each}"));
                request.ExpressionAttributeNames = asked.ToDictionary(static each => $"#{each}", static each => each);
            }

            var page = await calls
                .CallAsync(ct => client.ScanAsync(request, ct), cancellationToken)
                .ConfigureAwait(false);
            foreach (var item in page.Items ?? [])
            {
                yield return item;
            }

            from = Next(page.LastEvaluatedKey);
        } while (from is not null);
    }

    private async Task WriteAsync(IEnumerable<WriteRequest> writes, CancellationToken cancellationToken)
    {
        foreach (var some in writes.Chunk(MostWrites))
        {
            var asked = new Dictionary<string, List<WriteRequest>> { [name] = [.. some] };
            for (var tries = 0; asked.Count > 0; tries++)
            {
                await calls.PauseAsync(tries, cancellationToken).ConfigureAwait(false);
                var request = new BatchWriteItemRequest(asked);
                var answer = await calls
                    .CallAsync(ct => client.BatchWriteItemAsync(request, ct), cancellationToken)
                    .ConfigureAwait(false);
                asked = answer.UnprocessedItems ?? [];
            }
        }
    }

    private static Item KeyOf((string Key, string Sort) key) =>
        new()
        {
            [ItemAttributes.Key] = new() { S = key.Key },
            [ItemAttributes.Sort] = new() { S = key.Sort },
        };

    private static Item? Next(Item? lastKey) => lastKey is { Count: > 0 } ? lastKey : null;
}
