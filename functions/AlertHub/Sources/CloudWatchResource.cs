using AlertHub.Alerts;
using AlertHub.Sources.Aws;

namespace AlertHub.Sources;

/// <summary>The page in the console of what a metric measures, where its dimensions name it.</summary>
internal static class CloudWatchResource
{
    /// <summary>Null where the dimensions do not tell, or the console is not known.</summary>
    public static Uri? Page(Arn alarm, CloudWatchMetric metric) =>
        Path(alarm, metric.Namespace, metric.Dimensions) is { } path ? AwsConsole.Page(alarm.Region, path) : null;

    private static string? Path(Arn alarm, string? service, Labels dimensions) =>
        service switch
        {
            // No page of one cluster, gateway or list of rules can be told from its dimensions.
            "AWS/DAX" => "dynamodbv2/home#dax-clusters",
            "AWS/DDoSProtection" => "wafv2/shieldv2#/events",
            "AWS/DX" => Named("directconnect/v2/home#/virtual-interfaces/", dimensions["VirtualInterfaceId"])
                ?? Named("directconnect/v2/home#/connections/", dimensions["ConnectionId"]),
            "AWS/DynamoDB" => Named("dynamodbv2/home#table?name=", dimensions["TableName"]),
            "AWS/EFS" => Named("efs/home#/file-systems/", dimensions["FileSystemId"]),
            "AWS/FSx" => Named("fsx/home#file-system-details/", dimensions["FileSystemId"]),
            "AWS/SNS" => Named(
                $"sns/v3/home#/topic/arn:{alarm.Partition}:sns:{alarm.Region}:{alarm.Account}:",
                dimensions["TopicName"]
            ),
            "AWS/SQS" => Named(
                "sqs/v3/home#/queues/",
                dimensions["QueueName"] is { } queue
                    ? $"https://sqs.{alarm.Region}.{Suffix(alarm)}/{alarm.Account}/{queue}"
                    : null
            ),
            "AWS/StorageGateway" => "storagegateway/home",
            "AWS/VPN" => Named("vpcconsole/home#VpnConnectionDetails:VpnConnectionId=", dimensions["VpnId"]),
            "AWS/WAFV2" => "wafv2/homev2/web-acls",
            _ => null,
        };

    private static string? Named(string path, string? name) => name is null ? null : path + Uri.EscapeDataString(name);

    /// <summary>What the names of SQS's hosts end in.</summary>
    private static string Suffix(Arn alarm) =>
        alarm.Partition switch
        {
            "aws-cn" => "amazonaws.com.cn",
            "aws-eusc" => "amazonaws.eu",
            _ => "amazonaws.com",
        };
}
