using AlertHub;
using Hosts.Tests.Support;

namespace Hosts.Tests.Queues;

/// <summary>
/// A hub with a queue of work and what works upon it, with a clock that the test moves. An alert is a group of its own; its
/// name is what the channel is sent.
/// </summary>
internal interface IQueueScene : IAsyncDisposable
{
    ManualClock Clock { get; }

    IWorkQueue Queue { get; }

    Hub Hub { get; }

    /// <param name="isLost">Nobody tells the queue.</param>
    /// <param name="to">A receiver.</param>
    /// <param name="names">Of alerts.</param>
    Task FireAsync(bool isLost, string to, params string[] names);

    /// <summary>Lets time pass, in steps, until something holds.</summary>
    Task UntilAsync(Func<bool> holds, TimeSpan step);

    /// <summary>Lets that much time pass, and what is due be done meanwhile.</summary>
    Task PassAsync(TimeSpan time, TimeSpan step);
}
