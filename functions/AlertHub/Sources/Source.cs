using System.Text.Json;
using AlertHub.Notifying;
using AlertHub.Sources.Aws;
using AlertHub.Sources.Chat;

namespace AlertHub.Sources;

/// <summary>Bytes to alerts.</summary>
public static class Source
{
    /// <summary>Takes a message for its own kind, or null.</summary>
    private delegate Reading? Reader(JsonElement root, DateTimeOffset now);

    /// <summary>In order; the first that knows the message has it.</summary>
    private static readonly Reader[] All =
    [
        CloudWatchAlarmMessage.Read,
        CloudWatchStateChange.Read,
        AlertmanagerWebhook.Read,
        PostedAlerts.Read,
    ];

    /// <summary>What is to be told about a message where nothing is stored, as of the moment it came.</summary>
    public static Notification Tell(Inbound inbound)
    {
        var reading = Read(inbound);
        return new()
        {
            Now = inbound.ReceivedAt,
            Alerts = [.. reading.Alerts.OrderBy(a => a.Status(inbound.ReceivedAt))],
            GroupLabels = reading.GroupLabels,
            ExternalUrl = reading.ExternalUrl,
            TruncatedAlerts = reading.TruncatedAlerts,
        };
    }

    /// <summary>What a message says. Never throws, never returns nothing: what it cannot read is an alert that shows what came.</summary>
    public static Reading Read(Inbound inbound)
    {
        var root = ForeignJson.Parse(inbound.Body) ?? FormPayload.Parse(inbound.Body);
        if (root is { } json)
        {
            foreach (var read in All)
            {
                if (read(json, inbound.ReceivedAt) is { } reading)
                {
                    return reading;
                }
            }
        }

        return (root is null ? AlertmanagerText.Read(Readable.Text(inbound.Body), inbound.ReceivedAt) : null)
            ?? AwsKinds.Read(inbound, root)
            ?? (root is { } chat ? AmazonQNotification.Read(inbound, chat) ?? SlackPost.Read(inbound, chat) : null)
            ?? Unrecognised.Read(inbound, root);
    }

    /// <summary>An alert that shows what came, whatever it is, for what could not be worked on otherwise.</summary>
    public static Reading ReadRaw(Inbound inbound) => Unrecognised.Read(inbound, ForeignJson.Parse(inbound.Body));
}
