using System.Text.Json;

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
    ];

    /// <summary>What a message says. Never throws, never returns nothing: what it cannot read is an alert that shows what came.</summary>
    public static Reading Read(Inbound inbound)
    {
        if (ForeignJson.Parse(inbound.Body) is not { } root)
        {
            return Unrecognised.Read(inbound, null);
        }

        foreach (var read in All)
        {
            if (read(root, inbound.ReceivedAt) is { } reading)
            {
                return reading;
            }
        }

        return Unrecognised.Read(inbound, root);
    }
}
