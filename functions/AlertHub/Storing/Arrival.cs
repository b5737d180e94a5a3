using AlertHub.Alerts;

namespace AlertHub.Storing;

/// <summary>What one message, or one request, brought.</summary>
/// <param name="MessageId">The sender's id of it, the same when it is sent again; null where it has none.</param>
/// <param name="Alerts">As they were taken from their producer.</param>
public sealed record Arrival(string? MessageId, IReadOnlyList<TrackedAlert> Alerts);
