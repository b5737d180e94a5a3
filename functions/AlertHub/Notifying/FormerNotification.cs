using AlertHub.Alerts;

namespace AlertHub.Notifying;

/// <summary>What a receiver is known to have been told last of the same group.</summary>
public sealed record FormerNotification
{
    /// <summary>What fired then.</summary>
    public FingerprintSet Firing { get; init; } = FingerprintSet.Empty;

    /// <summary>What the channel gave for it (<see cref="DeliveryResult.Receipt"/>); null where that was nothing.</summary>
    public string? Receipt { get; init; }
}
