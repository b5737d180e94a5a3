using FlowLogs.Incoming;

namespace FlowLogs.Delivery;

/// <summary>A record that is to be delivered, whole or in part.</summary>
/// <param name="Record">The record.</param>
/// <param name="Only">Ordinals of its log events that are left to deliver, in their order; null for all.</param>
internal sealed record DueRecord(StreamRecord Record, IReadOnlyList<int>? Only = null);
