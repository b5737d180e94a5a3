using System.Net;
using System.Text.Json;

namespace AlertHub.Sources.Aws.Keeping;

/// <summary>What became of objects of a bucket: on the bus one by one, at a topic or a queue also several in a message.</summary>
internal static class S3Object
{
    /// <summary>Of a key, which may have up to 1,024 bytes.</summary>
    private const int MostShown = 256;

    public static AwsKind Kind { get; } =
        AwsKind
            .OfEvent(
                "s3-object",
                "aws.s3",
                [
                    "Object Created",
                    "Object Deleted",
                    "Object Restore Initiated",
                    "Object Restore Completed",
                    "Object Restore Expired",
                    "Object Storage Class Changed",
                    "Object Access Tier Changed",
                    "Object ACL Updated",
                    "Object Tags Added",
                    "Object Tags Deleted",
                ],
                Tell
            )
            .OrJson(static (root, _) => Notified(root) ?? Tested(root));

    private static AwsStory? Tell(AwsEvent happened) =>
        happened.Detail.Member("bucket")?.Text("name") is { } bucket
        && happened.Detail.Member("object")?.Text("key") is { } key
            ? Tell(
                happened.DetailType["Object ".Length..].ToLowerInvariant(),
                bucket,
                [key],
                happened.Detail.Text("reason")
            ) with
            {
                State = happened.DetailType,
            }
            : null;

    private static AwsStory? Notified(JsonElement root)
    {
        var records = root.Items("Records").Where(static each => each.Text("eventSource") == "aws:s3").ToList();
        if (
            records is not [var first, ..]
            || first.Text("eventName") is not { } name
            || first.Member("s3", "bucket")?.Text("name") is not { } bucket
        )
        {
            return null;
        }

        // Keys come as in an address, with + for a space.
        var keys = records
            .Select(static each =>
                Readable.Line(WebUtility.UrlDecode(each.Member("s3", "object")?.Text("key")), MostShown)
            )
            .OfType<string>()
            .ToList();
        var parts = name.Split(':');
        return Tell(What(parts), bucket, keys, null) with
        {
            State = name,
            // What S3 has lost, or could not replicate, somebody must see to.
            Severity =
                name.Contains("Lost", StringComparison.Ordinal) ? AwsSeverity.Critical
                : name.Contains("Failed", StringComparison.Ordinal) ? AwsSeverity.Warning
                : AwsSeverity.Info,
            Region = first.Text("awsRegion"),
            At = first.Time("eventTime"),
        };
    }

    private static string What(string[] parts) =>
        parts[0] switch
        {
            "ObjectCreated" => "created",
            "ObjectRemoved" => "deleted",
            "Replication" when parts[^1] == "OperationFailedReplication" => "not replicated",
            _ => AwsWords.Plain(parts[^1]),
        };

    private static AwsStory Tell(string what, string bucket, List<string> keys, string? cause) =>
        new()
        {
            Name = $"S3 object {what}",
            Phase = AwsPhase.Happened,
            Severity = AwsSeverity.Info,
            Summary = $"{AwsWords.Several(keys)} in {bucket}: {what}",
            Resource = bucket,
            ConsolePath = $"s3/buckets/{Uri.EscapeDataString(bucket)}",
            Facts = [new("cause", cause ?? "")],
        };

    /// <summary>What S3 publishes once a notification is configured.</summary>
    private static AwsStory? Tested(JsonElement root) =>
        root.Text("Event") == "s3:TestEvent" && root.Text("Bucket") is { } bucket
            ? new()
            {
                Name = "S3 test event",
                Phase = AwsPhase.Happened,
                Severity = AwsSeverity.Info,
                State = "s3:TestEvent",
                Summary = $"{bucket} publishes here from now on",
                Resource = bucket,
                At = root.Time("Time"),
            }
            : null;
}
