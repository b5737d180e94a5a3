using System.Text.Json;

namespace AlertHub.Sources.Aws.Security;

/// <summary>Config writes what it knows to a bucket; where that fails there is a gap until it succeeds.</summary>
internal static class ConfigDelivery
{
    public static AwsKind Kind { get; } =
        AwsKind.OfEither(
            "config-delivery",
            "aws.config",
            ["Config Configuration Snapshot Delivery Status", "Config Configuration History Delivery Status"],
            Tell
        );

    private static AwsStory? Tell(JsonElement delivery)
    {
        var (what, outcome) = delivery.Text("messageType") switch
        {
            "ConfigurationSnapshotDeliveryFailed" => ("snapshot", AwsOutcome.Failed),
            "ConfigurationSnapshotDeliveryCompleted" => ("snapshot", AwsOutcome.Succeeded),
            "ConfigurationSnapshotDeliveryStarted" => ("snapshot", AwsOutcome.Neither),
            "ConfigurationHistoryDeliveryFailed" => ("history", AwsOutcome.Failed),
            "ConfigurationHistoryDeliveryCompleted" => ("history", AwsOutcome.Succeeded),
            "ConfigurationHistoryDeliveryStarted" => ("history", AwsOutcome.Neither),
            _ => ("", AwsOutcome.Neither),
        };
        if (what.Length == 0)
        {
            return null;
        }

        var bucket = delivery.Text("s3Bucket");
        var region = delivery.Text("awsRegion");
        return AwsStory.Repeated(
            outcome,
            $"Config {what} delivery",
            $"{delivery.Text("awsAccountId")} {region} {what}",
            AwsSeverity.Warning,
            $"Config's {what} {Words(outcome)}{(bucket is null ? "" : $" to the bucket {bucket}")}"
        ) with
        {
            Reason = delivery.Text("errorMessage") ?? delivery.Text("errorCode"),
            Account = delivery.Text("awsAccountId"),
            Region = region,
            At = delivery.Time("notificationCreationTime"),
            ConsolePath = "config/home#/settings",
            Facts = [new("key", delivery.Text("s3ObjectKey") ?? "")],
        };
    }

    private static string Words(AwsOutcome outcome) =>
        outcome switch
        {
            AwsOutcome.Failed => "was not delivered",
            AwsOutcome.Succeeded => "was delivered",
            _ => "is being delivered",
        };
}
