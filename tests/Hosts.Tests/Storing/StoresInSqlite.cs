using AlertHub;
using AlertHub.Local.Storage;
using AlertHub.Storing;
using AlertHub.Tests.Storing;
using Hosts.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hosts.Tests.Storing;

/// <summary>The contract of all stores, and after each of its tests: what was stored is there after a restart.</summary>
public sealed class StoresInSqlite : AlertStoreContract, IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly ManualClock clock = new();
    private HubRules? rules;
    private SqliteStore? store;

    protected override async Task<IAlertStore> CreateAsync(HubRules rules)
    {
        this.rules = rules;
        return store = await SqliteStore.OpenAsync(
            folder.Path,
            rules,
            clock,
            NullLogger<SqliteStore>.Instance,
            default
        );
    }

    public void Dispose() => folder.Dispose();

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        var last = await store!.ReadAsync(default);
        await store.DisposeAsync();
        await using (
            var again = await SqliteStore.OpenAsync(
                folder.Path,
                rules!,
                clock,
                NullLogger<SqliteStore>.Instance,
                default
            )
        )
        {
            // Rules may differ from those that the test used last, and then groups do.
            var state = await again.ReadAsync(default);
            Assert.Equal(StateText.Of(last with { Groups = state.Groups }), StateText.Of(state));
        }
    }
}
