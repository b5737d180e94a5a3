using Amazon.DynamoDBv2.Model;
using Hosts.Tests.Support;

namespace Hosts.Tests.Amazon;

/// <summary>Many items at once: batches, queries and scans of the official client.</summary>
[Collection(SharedDynalite.Name)]
public sealed class DynamoDbPages(Dynalite dynalite) : DynamoDbTable(dynalite)
{
    [Fact]
    public async Task Twenty_five_are_written_and_read_in_one_call_each()
    {
        await WriteAsync(Enumerable.Range(0, 25).Select(i => Put("batch", i, "v")));
        await WriteAsync([new(new DeleteRequest { Key = Key("batch", Number(7)) }), Put("batch", 25, "v")]);

        var read = await client.BatchGetItemAsync(
            new BatchGetItemRequest
            {
                RequestItems = new()
                {
                    [table] = new()
                    {
                        Keys = [.. Enumerable.Range(0, 26).Select(i => Key("batch", Number(i)))],
                        ConsistentRead = true,
                        ProjectionExpression = "sk",
                    },
                },
            }
        );

        Assert.Empty(read.UnprocessedKeys);
        Assert.Equal(
            Enumerable.Range(0, 26).Where(i => i != 7).Select(Number),
            read.Responses[table].Select(item => Assert.Single(item).Value.S).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task A_query_of_more_than_a_megabyte_comes_in_pages_in_order()
    {
        await WriteAsync(Enumerable.Range(0, 25).Select(i => Put("large", i, new string('x', 100_000))));
        var request = new QueryRequest
        {
            TableName = table,
            KeyConditionExpression = "pk = :pk",
            ExpressionAttributeValues = new() { [":pk"] = new("large") },
            ConsistentRead = true,
        };

        List<int> pages = [];
        List<string> keys = [];
        do
        {
            var page = await client.QueryAsync(request);
            pages.Add(page.Items.Count);
            keys.AddRange(page.Items.Select(item => item["sk"].S));
            request.ExclusiveStartKey = page.LastEvaluatedKey;
        } while (request.ExclusiveStartKey is not null);

        Assert.Equal([11, 11, 3], pages);
        Assert.Equal(Enumerable.Range(0, 25).Select(Number), keys);
    }

    [Fact]
    public async Task A_query_takes_a_range_from_behind_and_stops_where_it_is_told()
    {
        await WriteAsync(Enumerable.Range(0, 20).Select(i => Put("range", i, "v")));

        var page = await client.QueryAsync(
            new QueryRequest
            {
                TableName = table,
                KeyConditionExpression = "pk = :pk AND sk BETWEEN :from AND :to",
                ExpressionAttributeValues = new()
                {
                    [":pk"] = new("range"),
                    [":from"] = new(Number(3)),
                    [":to"] = new(Number(9)),
                },
                ScanIndexForward = false,
                Limit = 3,
            }
        );

        Assert.Equal([Number(9), Number(8), Number(7)], page.Items.Select(item => item["sk"].S));
        Assert.Equal(Number(7), page.LastEvaluatedKey["sk"].S);
    }

    [Fact]
    public async Task A_scan_counts_whole_items_for_its_pages_and_gives_what_was_asked_for()
    {
        await WriteAsync(Enumerable.Range(0, 25).Select(i => Put($"scan-{i}", i, new string('x', 100_000))));
        var request = new ScanRequest
        {
            TableName = table,
            ProjectionExpression = "sk",
            ConsistentRead = true,
        };

        List<int> pages = [];
        List<string> keys = [];
        do
        {
            var page = await client.ScanAsync(request);
            pages.Add(page.Items.Count);
            keys.AddRange(page.Items.Select(item => Assert.Single(item).Value.S));
            request.ExclusiveStartKey = page.LastEvaluatedKey;
        } while (request.ExclusiveStartKey is not null);

        Assert.Equal([11, 11, 3], pages);
        Assert.Equal(Enumerable.Range(0, 25).Select(Number), keys.Order(StringComparer.Ordinal));
    }
}
