using System.Collections.Concurrent;
using AlertHub;

namespace Hosts.Tests.Support;

/// <summary>What was asked for to be done later, and is not.</summary>
internal sealed class NotedWork : ConcurrentQueue<DueWork>, IWorkQueue
{
    public ValueTask AddAsync(IReadOnlyList<DueWork> work, CancellationToken cancellationToken)
    {
        foreach (var each in work)
        {
            Enqueue(each);
        }

        return ValueTask.CompletedTask;
    }
}
