using Amazon.CDK;
using Amazon.CDK.AWS.SQS;
using Constructs;

namespace Infra;

/// <summary>
/// A queue of work that loses nothing: kept for 14 days, the longest that SQS can, encrypted with SQS's own key, and what no
/// attempt could do goes to dead letters.
/// </summary>
internal sealed class DurableQueue : Queue
{
    /// <summary>Of the function's timeout (Lambda developer guide, "Using Lambda with Amazon SQS").</summary>
    private const int VisibilityTimeouts = 6;

    /// <param name="scope">The stack.</param>
    /// <param name="name">The function that works on it.</param>
    /// <param name="timeout">That function's.</param>
    /// <param name="attempts">How often a message is handed out before it counts as dead.</param>
    /// <param name="inOrder">
    /// Whether messages of one group are handed out one after the other, and each once (FIFO). Senders say by which id they are
    /// the same: two events may have the same text.
    /// </param>
    public DurableQueue(Construct scope, string name, TimeSpan timeout, int attempts, bool inOrder = false)
        : this(scope, name, timeout, attempts, inOrder, new DeadLetterQueue(scope, $"{name}DeadLetters", inOrder)) { }

    private DurableQueue(
        Construct scope,
        string name,
        TimeSpan timeout,
        int attempts,
        bool inOrder,
        DeadLetterQueue deadLetters
    )
        : base(
            scope,
            $"{name}Queue",
            new QueueProps
            {
                Encryption = QueueEncryption.SQS_MANAGED,
                EnforceSSL = true,
                RetentionPeriod = Duration.Days(14),
                Fifo = inOrder ? true : null,
                VisibilityTimeout = Duration.Seconds(VisibilityTimeouts * timeout.TotalSeconds),
                DeadLetterQueue = new Amazon.CDK.AWS.SQS.DeadLetterQueue
                {
                    Queue = deadLetters,
                    MaxReceiveCount = attempts,
                },
            }
        )
    {
        DeadLetters = deadLetters;
        deadLetters.CallIt($"{name}DeadLetters");
        this.CallIt($"{name}Queue");
    }

    public DeadLetterQueue DeadLetters { get; }
}
