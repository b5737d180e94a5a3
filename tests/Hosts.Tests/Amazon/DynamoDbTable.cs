using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Hosts.Tests.Support;

namespace Hosts.Tests.Amazon;

/// <summary>A table of the test's own.</summary>
public abstract class DynamoDbTable(Dynalite dynalite) : IAsyncLifetime
{
    private protected readonly AmazonDynamoDBClient client = dynalite.NewClient();
    private protected readonly string table = $"t{Guid.NewGuid():N}";

    public Task InitializeAsync() => Dynalite.CreateTableAsync(client, table);

    public Task DisposeAsync()
    {
        client.Dispose();
        return Task.CompletedTask;
    }

    private protected static string Number(int i) => i.ToString("000", CultureInfo.InvariantCulture);

    private protected static Dictionary<string, AttributeValue> Key(string pk, string sk = "0") =>
        new() { ["pk"] = new(pk), ["sk"] = new(sk) };

    private protected static WriteRequest Put(string pk, int sk, string value) =>
        new(new PutRequest { Item = new(Key(pk, Number(sk))) { ["value"] = new(value) } });

    private protected async Task WriteAsync(IEnumerable<WriteRequest> writes)
    {
        var written = await client.BatchWriteItemAsync(
            new BatchWriteItemRequest { RequestItems = new() { [table] = [.. writes] } }
        );
        Assert.Empty(written.UnprocessedItems);
    }

    private protected async Task<Dictionary<string, AttributeValue>> GetAsync(string pk) =>
        (await client.GetItemAsync(table, Key(pk), consistentRead: true)).Item;
}
