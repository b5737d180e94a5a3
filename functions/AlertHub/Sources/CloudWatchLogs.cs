using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace AlertHub.Sources;

/// <summary>
/// Lines of a log group that a subscription filter hands to a function: gzip in base64
/// (https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html).
/// </summary>
internal static class CloudWatchLogs
{
    /// <summary>Lambda takes an event of a megabyte from a subscription, and text shrinks to a tenth. More is a bomb.</summary>
    private const int MostBytes = 16 * 1024 * 1024;

    /// <summary>A message for each line; null where there is none.</summary>
    public static IReadOnlyList<Inbound>? Open(JsonElement root, DateTimeOffset receivedAt)
    {
        if (
            root.Member("awslogs", "data")?.AsText() is not { } data
            || Inflate(data) is not { } inflated
            || ForeignJson.Parse(inflated) is not { } lines
            || lines.Text("messageType") != "DATA_MESSAGE"
        )
        {
            return null;
        }

        Inbound[] messages =
        [
            .. lines
                .Items("logEvents")
                .Select(line => new Inbound
                {
                    Body = Encoding.UTF8.GetBytes(line.Text("message") ?? ""),
                    ReceivedAt = receivedAt,
                    Id = line.Text("id"),
                    Subject = lines.Text("logGroup"),
                }),
        ];
        return messages.Length == 0 ? null : messages;
    }

    /// <summary>Null where it is not what it should be.</summary>
    private static byte[]? Inflate(string data)
    {
        try
        {
            using var packed = new MemoryStream(Convert.FromBase64String(data));
            using var gzip = new GZipStream(packed, CompressionMode.Decompress);
            using var inflated = new MemoryStream();
            var buffer = new byte[81920];
            while (gzip.Read(buffer) is > 0 and var read)
            {
                inflated.Write(buffer, 0, read);
                if (inflated.Length > MostBytes)
                {
                    return null;
                }
            }

            return inflated.ToArray();
        }
        catch (Exception e) when (e is FormatException or InvalidDataException)
        {
            return null;
        }
    }
}
