using AlertHub.Api;
using AlertHub.Grouping;
using AlertHub.Lambda.Queues;
using AlertHub.Lambda.Storage;
using AlertHub.Storing;

namespace AlertHub.Lambda;

/// <summary>The hub of this environment, under the configuration in force.</summary>
/// <exception cref="StorageUnavailableException">There is none yet, and the storage does not say what is in force.</exception>
internal delegate ValueTask<HubAtWork> FindHub(CancellationToken cancellationToken);

/// <summary>The hub with what functions need beside it.</summary>
internal sealed record HubAtWork
{
    public required Hub Hub { get; init; }

    public required DynamoAlertStore Store { get; init; }

    public required SqsWorkQueue Queue { get; init; }

    public required Keeper Keeper { get; init; }

    /// <summary>As <see cref="Hub"/>'s.</summary>
    public required Func<long, CancellationToken, Task> CatchUp { get; init; }

    /// <summary>
    /// The group of the document of this key, to be decided about: under a configuration that is not older than the one it
    /// was put together by. Null where there is none.
    /// </summary>
    public async Task<Group?> FindAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            return await Store.FindAsync(key, cancellationToken).ConfigureAwait(false);
        }
        catch (RulesOutdatedException e)
        {
            await CatchUp(e.Version, cancellationToken).ConfigureAwait(false);
            try
            {
                return await Store.FindAsync(key, cancellationToken).ConfigureAwait(false);
            }
            catch (RulesOutdatedException still)
            {
                throw new StorageUnavailableException($"{still.Message}, which it could not catch up with", still);
            }
        }
    }
}
