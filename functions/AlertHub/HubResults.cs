using AlertHub.Grouping;
using AlertHub.Muting;
using AlertHub.Notifying;

namespace AlertHub;

/// <summary>What became of alerts that came.</summary>
/// <param name="Silences">Those that were made because of them, by rules of hub.yml.</param>
/// <param name="Next">What has to be done next about their groups.</param>
/// <param name="Known">Positions of the arrivals that had come before: nothing was done about them.</param>
public sealed record IngestResult(
    IReadOnlyList<Silence> Silences,
    IReadOnlyList<DueWork> Next,
    IReadOnlyList<int> Known
);

/// <summary>What a flush did.</summary>
/// <param name="Flush">What was decided and is stored; null where the group was not due, is gone, or has no route.</param>
/// <param name="Next">What has to be done next about the group.</param>
public sealed record FlushResult(Flush? Flush, IReadOnlyList<DueWork> Next);

/// <summary>What an attempt to deliver came to.</summary>
/// <param name="Attempt">Null where nothing was sent: it is not due, somebody else sends it, its destination asked to be left alone, or it is gone.</param>
/// <param name="Next">What has to be done next about the group.</param>
public sealed record DeliverResult(DeliveryAttempt? Attempt, IReadOnlyList<DueWork> Next)
{
    /// <summary>
    /// What may follow the notification, such as a picture, to be called once when no other waits for it; it says why it could not be
    /// as a sentence, and throws nothing. Null where nothing is to follow.
    /// </summary>
    public Func<CancellationToken, Task<string?>>? Follow { get; init; }
}

/// <summary>An attempt whose end the storage does not take, so that it would be made once more if the process ended now.</summary>
/// <param name="Attempt">What was sent, and what came of it.</param>
/// <param name="Objection">Why not, in the storage's words.</param>
public sealed record UnrecordedAttempt(DeliveryAttempt Attempt, string Objection);

public sealed record DeliveryAttempt
{
    public required GroupId Group { get; init; }

    /// <summary>As it was sent.</summary>
    public required Delivery Delivery { get; init; }

    public required DeliveryResult Result { get; init; }

    public required NextStep Step { get; init; }

    public required TimeSpan Duration { get; init; }

    /// <summary>The exception that a channel threw, which is a bug; its message stays out of logs, it may quote a secret.</summary>
    public Exception? Fault { get; init; }

    /// <summary>Somebody else had taken the delivery meanwhile: what came of this attempt is not recorded.</summary>
    public bool IsFenced { get; init; }
}
