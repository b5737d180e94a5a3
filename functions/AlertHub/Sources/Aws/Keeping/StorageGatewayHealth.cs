using System.Text.Json;

namespace AlertHub.Sources.Aws.Keeping;

/// <summary>
/// What a file gateway writes into its health log, a line of CloudWatch Logs
/// (https://docs.aws.amazon.com/filegateway/latest/files3/monitoring-file-gateway.html). The same trouble of a share is told of once
/// while it lasts, whatever files it is about.
/// </summary>
internal static class StorageGatewayHealth
{
    public static AwsKind Kind { get; } = AwsKind.OfJson("storagegateway-health", static (root, _) => Tell(root));

    private static AwsStory? Tell(JsonElement line)
    {
        if (
            line.Text("gateway") is not { } gateway
            || !gateway.StartsWith("sgw-", StringComparison.Ordinal)
            || line.Text("type") is not { } type
            || line.Text("severity") is not { } severity
        )
        {
            return null;
        }

        var share = line.Text("source");
        var file = line.Text("key");
        return new()
        {
            Name = "Storage Gateway health",
            Identity = $"{gateway} {share} {type}",
            Phase = AwsPhase.Happened,
            Severity = severity is "ERROR" or "FATAL" or "WARNING" ? AwsSeverity.Warning : AwsSeverity.Info,
            State = type,
            Summary = $"{share ?? gateway}: {AwsWords.Plain(type)}{(file is null ? "" : $" of {file}")}",
            Resource = gateway,
            At = Timestamp.OfMilliseconds(line.Text("timestamp")),
            Account = Arn.Parse(line.Text("roleArn"))?.Account,
            Runbook = "https://docs.aws.amazon.com/filegateway/latest/files3/troubleshooting-file-gateway-issues.html",
            Facts =
            [
                new("share", share ?? ""),
                new("bucket", line.Text("bucket") ?? ""),
                new("operation", line.Text("operation") ?? ""),
            ],
        };
    }
}
