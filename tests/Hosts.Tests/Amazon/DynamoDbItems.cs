using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Hosts.Tests.Support;

namespace Hosts.Tests.Amazon;

/// <summary>The official client, with a function's settings, against a DynamoDB that is none of ours.</summary>
[Collection(SharedDynalite.Name)]
public sealed class DynamoDbItems(Dynalite dynalite) : DynamoDbTable(dynalite)
{
    [Fact]
    public async Task A_table_is_paid_per_request()
    {
        var described = (await client.DescribeTableAsync(table)).Table;

        Assert.Equal(TableStatus.ACTIVE, described.TableStatus);
        Assert.Equal(BillingMode.PAY_PER_REQUEST, described.BillingModeSummary.BillingMode);
        Assert.Equal($"arn:aws:dynamodb:{Dynalite.Region}:000000000000:table/{table}", described.TableArn);
    }

    [Fact]
    public async Task What_must_not_exist_is_put_once()
    {
        await PutNewAsync("a");
        await Assert.ThrowsAsync<ConditionalCheckFailedException>(() => PutNewAsync("a"));
        await PutNewAsync("b");
    }

    [Fact]
    public async Task Of_many_that_put_the_same_one_succeeds()
    {
        var puts = await Task.WhenAll(
            Enumerable
                .Range(0, 20)
                .Select(async _ =>
                {
                    try
                    {
                        await PutNewAsync("contended");
                        return 1;
                    }
                    catch (ConditionalCheckFailedException)
                    {
                        return 0;
                    }
                })
        );

        Assert.Equal(1, puts.Sum());
    }

    [Fact]
    public async Task What_was_read_can_be_replaced_while_its_version_stands()
    {
        await client.PutItemAsync(Versioned(1));

        await client.PutItemAsync(Replacing(1, with: 2));
        await Assert.ThrowsAsync<ConditionalCheckFailedException>(() => client.PutItemAsync(Replacing(1, with: 3)));

        Assert.Equal("2", (await GetAsync("v"))["version"].N);
    }

    [Fact]
    public async Task Bytes_come_back_as_they_were()
    {
        var bytes = Enumerable.Range(0, 256).Select(i => (byte)i).ToArray();
        await client.PutItemAsync(
            table,
            new(Key("bytes"))
            {
                ["one"] = new() { B = new MemoryStream(bytes) },
                ["none"] = new() { B = new MemoryStream() },
                ["set"] = new() { BS = [new MemoryStream([1]), new MemoryStream([2, 3])] },
            }
        );

        var item = await GetAsync("bytes");

        Assert.Equal(bytes, item["one"].B.ToArray());
        Assert.Empty(item["none"].B.ToArray());
        Assert.Equal(
            [
                [1],
                [2, 3],
            ],
            item["set"].BS.Select(each => each.ToArray()).OrderBy(each => each.Length)
        );
    }

    [Fact]
    public async Task An_update_makes_what_is_missing_and_says_what_came_of_it()
    {
        var request = new UpdateItemRequest
        {
            TableName = table,
            Key = Key("update"),
            UpdateExpression = "SET began = if_not_exists(began, :now), #last = :now ADD seen :one REMOVE gone",
            ExpressionAttributeNames = new() { ["#last"] = "last" },
            ExpressionAttributeValues = new()
            {
                [":now"] = new("noon"),
                [":one"] = new() { N = "1" },
            },
            ReturnValues = ReturnValue.ALL_NEW,
        };
        await client.UpdateItemAsync(request);
        request.ExpressionAttributeValues[":now"] = new("later");

        var updated = (await client.UpdateItemAsync(request)).Attributes;

        Assert.Equal(("noon", "later", "2"), (updated["began"].S, updated["last"].S, updated["seen"].N));
    }

    [Fact]
    public async Task A_lease_is_taken_once_it_is_free_or_over()
    {
        Task TakeAsync(string owner, int now) =>
            client.UpdateItemAsync(
                new()
                {
                    TableName = table,
                    Key = Key("lease"),
                    UpdateExpression = "SET holder = :holder, expiry = :until",
                    ConditionExpression = "attribute_not_exists(holder) OR expiry <= :now",
                    ExpressionAttributeValues = new()
                    {
                        [":holder"] = new(owner),
                        [":now"] = new() { N = now.ToString(CultureInfo.InvariantCulture) },
                        [":until"] = new() { N = (now + 10).ToString(CultureInfo.InvariantCulture) },
                    },
                }
            );

        await TakeAsync("a", now: 100);
        await Assert.ThrowsAsync<ConditionalCheckFailedException>(() => TakeAsync("b", now: 109));
        await TakeAsync("b", now: 110);

        Assert.Equal("b", (await GetAsync("lease"))["holder"].S);
    }

    [Fact]
    public async Task Only_what_is_still_as_it_was_is_deleted()
    {
        await client.PutItemAsync(Versioned(2));

        await Assert.ThrowsAsync<ConditionalCheckFailedException>(() => client.DeleteItemAsync(Deleting(1)));
        var deleted = await client.DeleteItemAsync(Deleting(2));

        Assert.Equal("2", deleted.Attributes["version"].N);
        Assert.Null((await client.GetItemAsync(table, Key("v"), consistentRead: true)).Item);
    }

    private static Dictionary<string, AttributeValue> Version(string name, int version) =>
        new() { [name] = new() { N = version.ToString(CultureInfo.InvariantCulture) } };

    private PutItemRequest Versioned(int version) =>
        new() { TableName = table, Item = new(Key("v").Concat(Version("version", version))) };

    private PutItemRequest Replacing(int version, int with) =>
        new()
        {
            TableName = table,
            Item = Versioned(with).Item,
            ConditionExpression = "version = :version",
            ExpressionAttributeValues = Version(":version", version),
        };

    private DeleteItemRequest Deleting(int version) =>
        new()
        {
            TableName = table,
            Key = Key("v"),
            ConditionExpression = "version = :version",
            ExpressionAttributeValues = Version(":version", version),
            ReturnValues = ReturnValue.ALL_OLD,
        };

    private Task<PutItemResponse> PutNewAsync(string pk) =>
        client.PutItemAsync(
            new()
            {
                TableName = table,
                Item = Key(pk),
                ConditionExpression = "attribute_not_exists(pk)",
            }
        );
}
