using AlertHub.Grouping;

namespace AlertHub.Delivering;

/// <summary>Where deliveries go: an integration of a receiver, whatever the group.</summary>
public readonly record struct Destination(string Receiver, IntegrationId Integration)
{
    /// <summary>As in logs and metrics: <c>ops/slack[0]</c>.</summary>
    public override string ToString() => $"{Receiver}/{Integration}";
}
