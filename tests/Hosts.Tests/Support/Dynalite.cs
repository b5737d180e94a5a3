using AlertHub.Aws.Tables;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace Hosts.Tests.Support;

/// <summary>
/// DynamoDB for the tests of a class or a collection: dynalite 4.0.0, with its tables in memory, which exist as soon as
/// they are made. A test makes its own table.
/// </summary>
/// <remarks>
/// Read in its source and tried on 2026-11-28; what code may come to depend on is in DynaliteLimits.
/// <para>As in DynamoDB: conditions on Put, Update and Delete, decided one at a time per item; expressions, with
/// reserved words and unused names refused; pages of Query and Scan, which end with the item that reaches 1 MB, counted
/// before filters and projections; a LastEvaluatedKey also where a page of Limit items happened to end with the last
/// one; parallel scans; keys in the order of UTF-8; items above 400 KB, keys above 2048 and 1024 bytes, empty keys,
/// empty sets, more than 38 digits, 101 keys to read, 26 writes to a table and the same key twice in a batch are
/// refused; empty strings and binaries are taken; a consistent read of a global index is refused.</para>
/// <para>Otherwise: there are no transactions, no PartiQL, no streams, no backups, no UpdateTimeToLive (what has
/// expired stays), no throttling and no eventual consistency: every read is consistent.
/// ReturnValuesOnConditionCheckFailure is ignored: the exception has no item. BatchGetItem leaves UnprocessedKeys at
/// 1.4 MB instead of 16 and forgets their ProjectionExpression; BatchWriteItem never has UnprocessedItems and takes 25
/// writes per table instead of in all. A request above 16 MB is answered 413. Strings are measured in UTF-16 units, so
/// that 400 KB of letters other than ASCII pass. DeletionProtectionEnabled and StreamSpecification are ignored,
/// ItemCount and TableSizeBytes stay 0. Signatures are not checked.</para>
/// </remarks>
public sealed class Dynalite : IAsyncLifetime
{
    public const string Region = "eu-central-1";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private NodeServer? server;

    /// <summary>For <c>AWS_ENDPOINT_URL_DYNAMODB</c>.</summary>
    public Uri Url => server?.Address ?? throw new InvalidOperationException("dynalite does not run.");

    public async Task InitializeAsync() =>
        server = await NodeServer.StartAsync(
            "dynalite",
            """
            const dynalite = require(folder)({ createTableMs: 0, updateTableMs: 0, deleteTableMs: 0 });
            dynalite.listen(0, '127.0.0.1', () =>
              console.log('listening at http://127.0.0.1:' + dynalite.address().port));
            """,
            new Dictionary<string, string?> { ["AWS_REGION"] = Region }
        );

    /// <summary>
    /// As a function would have it, but patient: a conditional write whose answer came too late fails when it is tried
    /// again.
    /// </summary>
    public AmazonDynamoDBClient NewClient() =>
        DynamoDbClients.Create(
            name =>
                name switch
                {
                    "AWS_REGION" => Region,
                    "AWS_ENDPOINT_URL_DYNAMODB" => Url.ToString(),
                    "AWS_ACCESS_KEY_ID" => "AKID",
                    "AWS_SECRET_ACCESS_KEY" => "secret",
                    _ => null,
                },
            Patience
        );

    /// <summary>A table that is paid per request, with the keys <c>pk</c> and <c>sk</c>, both strings.</summary>
    public static async Task CreateTableAsync(IAmazonDynamoDB client, string name)
    {
        await client.CreateTableAsync(
            new CreateTableRequest
            {
                TableName = name,
                BillingMode = BillingMode.PAY_PER_REQUEST,
                KeySchema = [new("pk", KeyType.HASH), new("sk", KeyType.RANGE)],
                AttributeDefinitions = [new("pk", ScalarAttributeType.S), new("sk", ScalarAttributeType.S)],
            }
        );
        using var patience = new CancellationTokenSource(Patience);
        while ((await client.DescribeTableAsync(name, patience.Token)).Table.TableStatus != TableStatus.ACTIVE) { }
    }

    public async Task DisposeAsync()
    {
        if (server is not null)
        {
            await server.DisposeAsync();
        }
    }
}
