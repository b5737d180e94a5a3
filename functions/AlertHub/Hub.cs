using AlertHub.Notifying;
using AlertHub.Sources;

namespace AlertHub;

/// <summary>The verbs both hosts call. What it reads is never refused; what it sends out has a result.</summary>
public sealed class Hub(IChannel channel)
{
    public string ChannelName => channel.Name;

    /// <summary>What is to be told about a message, as of the moment it came.</summary>
    public static Notification Read(Inbound inbound)
    {
        var reading = Source.Read(inbound);
        return new()
        {
            Now = inbound.ReceivedAt,
            Alerts = [.. reading.Alerts.OrderBy(a => a.Status(inbound.ReceivedAt))],
            GroupLabels = reading.GroupLabels,
            ExternalUrl = reading.ExternalUrl,
            TruncatedAlerts = reading.TruncatedAlerts,
        };
    }

    /// <summary>One attempt to tell it.</summary>
    public Task<DeliveryResult> DeliverAsync(Notification notification, CancellationToken cancellationToken) =>
        channel.SendAsync(notification, cancellationToken);
}
