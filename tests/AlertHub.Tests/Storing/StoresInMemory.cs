using AlertHub.Storing;

namespace AlertHub.Tests.Storing;

public sealed class StoresInMemory : AlertStoreContract
{
    protected override Task<IAlertStore> CreateAsync(HubRules rules) =>
        Task.FromResult<IAlertStore>(new MemoryStore(rules));
}
