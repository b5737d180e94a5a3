using AlertHub;
using AlertHub.Lambda.Storage;
using AlertHub.Storing;
using AlertHub.Tests.Storing;
using Amazon.DynamoDBv2;
using Hosts.Tests.Support;

namespace Hosts.Tests.Storing.DynamoDb;

/// <summary>The contract of all stores; and after each of its tests another process finds the same.</summary>
[Collection(SharedDynalite.Name)]
public sealed class ContractInDynamoDb(Dynalite dynalite) : AlertStoreContract
{
    private readonly AmazonDynamoDBClient client = dynalite.NewClient();
    private DynamoStores? stores;
    private HubRules? rules;

    protected override async Task<IAlertStore> CreateAsync(HubRules rules)
    {
        this.rules = rules;
        stores = await DynamoStores.CreateAsync(client);
        return stores.Open(rules, new FixedTime(Start));
    }

    protected override Task SettleAsync() => ((DynamoAlertStore)Store).RegroupAsync(default);

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        Assert.Equal(
            StateText.Of(await Store.ReadAsync(default)),
            StateText.Of(await stores!.Open(rules!).ReadAsync(default))
        );
        client.Dispose();
    }
}
