using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Hosts.Tests.Support;

namespace Hosts.Tests.Amazon;

/// <summary>
/// Where the tests' DynamoDB is as the real one, and where it is not: what its comment says, for the next version.
/// </summary>
[Collection(SharedDynalite.Name)]
public sealed class DynaliteLimits(Dynalite dynalite) : DynamoDbTable(dynalite)
{
    [Fact]
    public async Task It_has_no_transactions_no_PartiQL_and_no_time_to_live()
    {
        Func<Task>[] calls =
        [
            () =>
                client.TransactWriteItemsAsync(
                    new()
                    {
                        TransactItems =
                        [
                            new()
                            {
                                Put = new() { TableName = table, Item = Key("a") },
                            },
                        ],
                    }
                ),
            () =>
                client.TransactGetItemsAsync(
                    new()
                    {
                        TransactItems =
                        [
                            new()
                            {
                                Get = new() { TableName = table, Key = Key("a") },
                            },
                        ],
                    }
                ),
            () => client.ExecuteStatementAsync(new() { Statement = $"SELECT * FROM \"{table}\"" }),
            () =>
                client.UpdateTimeToLiveAsync(
                    new()
                    {
                        TableName = table,
                        TimeToLiveSpecification = new() { AttributeName = "expiry", Enabled = true },
                    }
                ),
        ];
        foreach (var call in calls)
        {
            var exception = await Assert.ThrowsAsync<AmazonDynamoDBException>(call);
            Assert.Equal("UnknownOperationException", exception.ErrorCode);
        }
    }

    [Fact]
    public async Task A_condition_that_fails_does_not_show_the_item()
    {
        await client.PutItemAsync(table, Key("a"));

        var exception = await Assert.ThrowsAsync<ConditionalCheckFailedException>(() =>
            client.PutItemAsync(
                new()
                {
                    TableName = table,
                    Item = Key("a"),
                    ConditionExpression = "attribute_not_exists(pk)",
                    ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
                }
            )
        );

        Assert.Null(exception.Item);
    }

    [Theory]
    [InlineData('x', 409_000, true)]
    [InlineData('x', 409_600, false)]
    // 800 KB in UTF-8.
    [InlineData('ü', 409_000, true)]
    public async Task An_item_may_have_400_KB_of_letters(char letter, int length, bool taken)
    {
        var put = () => client.PutItemAsync(table, new(Key("a")) { ["value"] = new(new string(letter, length)) });

        if (taken)
        {
            await put();
        }
        else
        {
            Assert.Equal("ValidationException", (await Assert.ThrowsAsync<AmazonDynamoDBException>(put)).ErrorCode);
        }
    }

    [Fact]
    public async Task Twenty_six_writes_and_the_same_key_twice_are_refused()
    {
        await RefusedAsync(() => WriteAsync(Writes(26)));
        await RefusedAsync(() => WriteAsync([.. Writes(1), .. Writes(1)]));
    }

    [Fact]
    public async Task Twenty_five_writes_are_for_each_table()
    {
        var other = table + "-2";
        await Dynalite.CreateTableAsync(client, other);

        var written = await client.BatchWriteItemAsync(
            new BatchWriteItemRequest
            {
                RequestItems = new() { [table] = [.. Writes(25)], [other] = [.. Writes(25)] },
            }
        );

        Assert.Empty(written.UnprocessedItems);
    }

    [Fact]
    public async Task A_hundred_keys_are_read_at_once() =>
        await RefusedAsync(() => client.BatchGetItemAsync(Reading(101)));

    [Fact]
    public async Task What_is_read_at_once_ends_at_1_4_MB_and_loses_its_projection()
    {
        await WriteAsync(Writes(25, new string('x', 100_000)));

        var read = await client.BatchGetItemAsync(Reading(25));

        var left = read.UnprocessedKeys[table];
        Assert.Equal((14, 11), (read.Responses[table].Count, left.Keys.Count));
        Assert.True(left.ConsistentRead);
        Assert.Null(left.ProjectionExpression);
    }

    [Fact]
    public async Task A_page_that_ends_with_the_last_item_has_a_key_to_go_on_with()
    {
        await WriteAsync(Writes(5));

        var page = await client.QueryAsync(
            new QueryRequest
            {
                TableName = table,
                KeyConditionExpression = "pk = :pk",
                ExpressionAttributeValues = new() { [":pk"] = new("p") },
                Limit = 5,
            }
        );

        Assert.Equal("004", page.LastEvaluatedKey["sk"].S);
    }

    private static async Task RefusedAsync(Func<Task> call) =>
        Assert.Equal("ValidationException", (await Assert.ThrowsAsync<AmazonDynamoDBException>(call)).ErrorCode);

    private static IEnumerable<WriteRequest> Writes(int count, string value = "v") =>
        Enumerable.Range(0, count).Select(sk => Put("p", sk, value));

    private BatchGetItemRequest Reading(int count) =>
        new()
        {
            RequestItems = new()
            {
                [table] = new()
                {
                    Keys = [.. Enumerable.Range(0, count).Select(sk => Key("p", Number(sk)))],
                    ConsistentRead = true,
                    ProjectionExpression = "sk, #value",
                    ExpressionAttributeNames = new() { ["#value"] = "value" },
                },
            },
        };
}
