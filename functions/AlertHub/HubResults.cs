using AlertHub.Grouping;
using AlertHub.Muting;
using AlertHub.Notifying;

namespace AlertHub;

/// <summary>What became of alerts that came.</summary>
/// <param name="Silences">Those that were made because of them, by rules of hub.yml.</param>
/// <param name="Next">What has to be done next about their groups.</param>
public sealed record IngestResult(IReadOnlyList<Silence> Silences, IReadOnlyList<DueWork> Next);

/// <summary>What a flush did.</summary>
/// <param name="Flush">What was decided and is stored; null where the group was not due, is gone, or has no route.</param>
/// <param name="Next">What has to be done next about the group.</param>
public sealed record FlushResult(Flush? Flush, IReadOnlyList<DueWork> Next);

/// <summary>What an attempt to deliver came to.</summary>
/// <param name="Attempt">Null where nothing was sent: it is not due, somebody else sends it, its destination asked to be left alone, or it is gone.</param>
/// <param name="Next">What has to be done next about the group.</param>
public sealed record DeliverResult(DeliveryAttempt? Attempt, IReadOnlyList<DueWork> Next);

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
