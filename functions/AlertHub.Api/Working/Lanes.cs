using System.Collections.Concurrent;
using AlertHub.Delivering;

namespace AlertHub.Api.Working;

/// <summary>
/// How many deliveries are under way at once: so many to one destination, so that one that hangs holds up its own, and so
/// many in all, which is what the process has sockets and memory for.
/// </summary>
public sealed class Lanes : IDisposable
{
    /// <summary>Enough for thirty destinations to hang at once before others wait for them.</summary>
    private const int MostInAll = 256;

    private const int MostToOne = 8;

    private readonly SemaphoreSlim all = new(MostInAll);
    private readonly ConcurrentDictionary<Destination, SemaphoreSlim> lanes = [];

    /// <summary>Waits for its turn, which is over when what it returns is disposed.</summary>
    public async Task<IDisposable> EnterAsync(Destination destination, CancellationToken cancellationToken)
    {
        var lane = lanes.GetOrAdd(destination, static to => new(IsReadInOrder(to.Integration.Kind) ? 1 : MostToOne));
        await lane.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await all.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            lane.Release();
            throw;
        }

        return new Turn(lane, all);
    }

    public void Dispose() => all.Dispose();

    /// <summary>People read a channel from top to bottom; and Slack takes one message a second, so more gain nothing.</summary>
    private static bool IsReadInOrder(string kind) => kind is "slack" or "console";

    private sealed class Turn(SemaphoreSlim lane, SemaphoreSlim all) : IDisposable
    {
        public void Dispose()
        {
            all.Release();
            lane.Release();
        }
    }
}
