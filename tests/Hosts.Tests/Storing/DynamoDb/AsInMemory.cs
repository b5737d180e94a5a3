using AlertHub.Alerts;
using AlertHub.Lambda.Storage;
using AlertHub.Storing;
using AlertHub.Tests.Storing;
using Amazon.DynamoDBv2;
using Hosts.Tests.Support;

namespace Hosts.Tests.Storing.DynamoDb;

[Collection(SharedDynalite.Name)]
public sealed class AsInMemory(Dynalite dynalite) : IDisposable
{
    private readonly AmazonDynamoDBClient client = dynalite.NewClient();

    public void Dispose() => client.Dispose();

    /// <summary>Now and then another process takes over, which has seen nothing yet.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Whatever_happens_the_table_holds_what_memory_would(int seed)
    {
        var changes = new RandomChanges(seed);
        var clock = new TheirTime(changes);
        var memory = new MemoryStore(changes.Rules);
        var stores = await DynamoStores.CreateAsync(client);
        var dynamo = Open();
        var twins = new TwinStore(memory, () => dynamo);
        for (var i = 0; i < 150; i++)
        {
            if (i % 20 == 19)
            {
                dynamo = Open();
            }

            await changes.ChangeAsync(twins);
            if (i % 10 == 9)
            {
                var (expected, found) = (
                    Text(await memory.ReadAsync(default)).Split('\n'),
                    Text(await stores.Open(changes.Rules, clock).ReadAsync(default)).Split('\n')
                );
                Assert.True(
                    expected.SequenceEqual(found),
                    string.Join(
                        '\n',
                        expected
                            .Except(found)
                            .Select(static line => $"expected {line}")
                            .Concat(found.Except(expected).Select(static line => $"found    {line}"))
                    )
                );
            }
        }

        DynamoAlertStore Open() => stores.Open(changes.Rules, clock, heartbeatShare: 0);
    }

    /// <summary>
    /// Ids of messages are elsewhere. What ended and is in no group is known for as long here as there, but to those who may
    /// hear of it again; a group's own copies are what the group knows.
    /// </summary>
    private static string Text(HubState state) =>
        StateText.Of(state with { Alerts = AlertMap.Empty, Messages = HubState.Empty.Messages });

    private sealed class TheirTime(RandomChanges changes) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => changes.Now;
    }
}
