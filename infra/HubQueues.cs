using Constructs;
using Names = AlertHub.Lambda.Names;

namespace Infra;

/// <summary>The hub's queues, and those in which something is left over.</summary>
internal sealed class HubQueues
{
    /// <param name="stack">The stack.</param>
    /// <param name="timeout">Of the functions.</param>
    /// <param name="deliverTimeout">Of the one that delivers.</param>
    public HubQueues(Construct stack, TimeSpan timeout, TimeSpan deliverTimeout)
    {
        // Five hours of attempts at the default timeout. After half of them, an outage of DynamoDB or not, the function announces a
        // message as it came and puts it aside.
        Ingest = new DurableQueue(stack, Names.Ingest, timeout, attempts: 100);
        // The sweep finds what these lose, so that a message that fails twenty times has a fault of its own.
        Flush = new DurableQueue(stack, Names.Flush, timeout, attempts: 20);
        Deliver = new DurableQueue(stack, Names.Deliver, deliverTimeout, attempts: 20);
        Quarantine = new DeadLetterQueue(stack, "QuarantineQueue");
        Quarantine.CallIt("QuarantineQueue");
        Undeliverable = new DeadLetterQueue(stack, "UndeliverableQueue");
        Undeliverable.CallIt("UndeliverableQueue");
    }

    /// <summary>What producers sent.</summary>
    public DurableQueue Ingest { get; }

    /// <summary>Groups, when they are due.</summary>
    public DurableQueue Flush { get; }

    /// <summary>Notifications, when they are due.</summary>
    public DurableQueue Deliver { get; }

    /// <summary>What the functions could not read, with the reason.</summary>
    public DeadLetterQueue Quarantine { get; }

    /// <summary>What SNS and EventBridge could not put into <see cref="Ingest"/>.</summary>
    public DeadLetterQueue Undeliverable { get; }
}
