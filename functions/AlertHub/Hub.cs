using AlertHub.Notifying;
using AlertHub.Sources;

namespace AlertHub;

/// <summary>The verbs both hosts call. What it takes in is never refused; what it sends out has a result.</summary>
public sealed class Hub(IChannel channel, TimeProvider time)
{
    public string ChannelName => channel.Name;

    /// <summary>Reads a message into what is to be told about it.</summary>
    public Notification Ingest(Inbound inbound)
    {
        var now = time.GetUtcNow();
        var reading = Source.Read(inbound, now);
        return new()
        {
            Now = now,
            Alerts = [.. reading.Alerts.OrderBy(a => a.Status(now))],
            GroupLabels = reading.GroupLabels,
            ExternalUrl = reading.ExternalUrl,
            TruncatedAlerts = reading.TruncatedAlerts,
        };
    }

    /// <summary>One attempt to tell it.</summary>
    public Task<DeliveryResult> DeliverAsync(Notification notification, CancellationToken cancellationToken) =>
        channel.SendAsync(notification, cancellationToken);
}
