using System.Text.RegularExpressions;
using Amazon.CDK.AWS.Logs;

namespace Infra;

/// <summary>What can be chosen about flow logs on their way to Splunk with <c>-c key=value</c>.</summary>
public sealed partial record FlowLogsDeployment
{
    /// <summary>What version 5 can tell of any traffic, without the fields of Outposts and of AWS's own services.</summary>
    public const string DefaultFormat =
        "${version} ${account-id} ${interface-id} ${srcaddr} ${dstaddr} ${srcport} ${dstport} ${protocol} ${packets} ${bytes} "
        + "${start} ${end} ${action} ${log-status} ${vpc-id} ${subnet-id} ${instance-id} ${tcp-flags} ${type} ${pkt-srcaddr} "
        + "${pkt-dstaddr} ${region} ${az-id} ${flow-direction} ${traffic-path}";

    /// <summary>All environment variables of a function have 4 KB together (Lambda quotas).</summary>
    private const int LongestFormat = 2000;

    /// <summary>Between what the function puts into the backup and what Lambda then puts there itself.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromHours(3);

    /// <summary>Not unless it is asked for: whoever has a hub need not have Splunk.</summary>
    public required bool Wanted { get; init; }

    /// <summary>VPCs that get a flow log. None where <see cref="Group"/> is somebody else's.</summary>
    public required IReadOnlyList<string> Vpcs { get; init; }

    /// <summary>Name of a log group that flow logs go to already; empty where the stack has one of its own.</summary>
    public required string Group { get; init; }

    /// <summary>AWS's <c>${version} ${account-id} ...</c>; empty for its version 2. Both sides must know the same.</summary>
    public required string Format { get; init; }

    /// <summary>The longest time that AWS gathers a flow for one record. 60 or 600 seconds.</summary>
    public required int AggregationSeconds { get; init; }

    /// <summary><c>ALL</c>, <c>ACCEPT</c> or <c>REJECT</c>.</summary>
    public required string Traffic { get; init; }

    /// <summary>Of the stack's own log group.</summary>
    public required RetentionDays LogRetention { get; init; }

    /// <summary>Of the stream; 0 for as many as its traffic needs, by AWS's choice.</summary>
    public required int Shards { get; init; }

    /// <summary>
    /// How long the stream keeps a record. 24 hours to 365 days; 72 hours, so that a weekend on which nothing reads it loses
    /// nothing.
    /// </summary>
    public required TimeSpan StreamRetention { get; init; }

    /// <summary>Batches of a shard that are worked on at once. 1 to 10.</summary>
    public required int Parallel { get; init; }

    /// <summary>Of the functions that deliver. Lambda gives one whole processor for 1,769.</summary>
    public required int MemoryMegabytes { get; init; }

    /// <summary>How long the backup keeps what nobody delivered.</summary>
    public required int BackupDays { get; init; }

    /// <summary>Whether the function for a delivery stream of Firehose is deployed, too.</summary>
    public required bool Transform { get; init; }

    public required FlowLogsDelivery Delivery { get; init; }

    /// <summary>
    /// The age at which Lambda takes a record from the function and puts it into the backup itself. The function has done so
    /// before, unless it cannot do its work: a record that it always fails at must not hold up the others of its shard for longer.
    /// </summary>
    public TimeSpan LongestRecordAge => Delivery.BackupAfter + Patience;

    /// <param name="values">CDK's context; is told what is wrong.</param>
    /// <param name="hub">The hub that is told of bursts.</param>
    /// <param name="guard">Where it is a member's, there is no hub.</param>
    internal static FlowLogsDeployment Read(ContextValues values, HubDeployment hub, GuardDeployment guard)
    {
        var group = values.Matching(
            "flowLogGroup",
            "",
            GroupName(),
            "the name of a log group; write for example -c flowLogGroup=/vpc/flow-logs"
        );
        var deployment = new FlowLogsDeployment
        {
            Wanted = values.OneOf("flowLogs", "false", [("false", false), ("true", true)]),
            Vpcs = values.All("flowVpcs", VpcId(), "the id of a VPC"),
            Group = group,
            Format = ReadFormat(values, group.Length > 0 ? "" : DefaultFormat),
            AggregationSeconds = values.OneOf("flowAggregation", "600", [("60", 60), ("600", 600)]),
            Traffic = values.OneOf(
                "flowTraffic",
                "ALL",
                [.. ((string[])["ALL", "ACCEPT", "REJECT"]).Select(kind => (kind, kind))]
            ),
            LogRetention = Deployment.ReadRetention(values, "flowLogRetention", "7"),
            Shards = values.Number("flowShards", 0, 0, 500, "shards"),
            StreamRetention = TimeSpan.FromHours(values.Number("flowStreamHours", 72, 24, 8_760, "hours")),
            Parallel = values.Number("flowParallel", 1, 1, 10, "batches of a shard at once"),
            MemoryMegabytes = values.Number("flowMemory", 1_769, 256, 10_240, "megabytes"),
            BackupDays = values.Number("flowBackupDays", 30, 1, 3_650, "days"),
            Transform = values.OneOf("flowTransform", "false", [("false", false), ("true", true)]),
            Delivery = FlowLogsDelivery.Read(values, hub.Parameters),
        };
        if (deployment.Wanted)
        {
            deployment.RefuseWhatIsMissing(values, guard);
        }

        if (deployment.LongestRecordAge >= deployment.StreamRetention)
        {
            values.Refuse(
                "flowBackupAfter",
                $"three hours later Lambda takes a record from the stream, which has forgotten it after "
                    + $"{deployment.StreamRetention.TotalHours} hours; raise flowStreamHours"
            );
        }

        return deployment;
    }

    private void RefuseWhatIsMissing(ContextValues values, GuardDeployment guard)
    {
        if (Delivery.Url.Length == 0)
        {
            values.Refuse("flowHecUrl", "flow logs need it: scheme, host and port of Splunk's HTTP Event Collector");
        }

        if (Vpcs.Count == 0 && Group.Length == 0)
        {
            values.Refuse("flowVpcs", "flow logs need ids of VPCs, or in their place flowLogGroup");
        }

        if (Vpcs.Count > 0 && Group.Length > 0)
        {
            values.Refuse(
                "flowLogGroup",
                "flow logs of flowVpcs have a group of their own, for all lines of a group must have one format; leave one out"
            );
        }

        if (guard.Part == GuardPart.Member)
        {
            values.Refuse("flowLogs", "where guard=member there is no hub, which flow logs need");
        }
    }

    private static string ReadFormat(ContextValues values, string fallback)
    {
        var format = values.Matching(
            "flowFormat",
            fallback,
            FieldList(),
            "a format of AWS's; write fields with a space between them, for example "
                + "-c 'flowFormat=${version} ${interface-id} ${srcaddr} ${dstaddr} ${action}'"
        );
        if (format.Length > LongestFormat)
        {
            values.Refuse(
                "flowFormat",
                $"it has {format.Length} characters, and a function has room for {LongestFormat}"
            );
        }

        foreach (var twice in format.Split(' ').GroupBy(field => field).Where(fields => fields.Count() > 1))
        {
            values.Refuse("flowFormat", $"{twice.Key} stands in it more than once");
        }

        return format;
    }

    [GeneratedRegex(@"\Avpc-[0-9a-f]{8,17}\z")]
    private static partial Regex VpcId();

    // CreateLogGroup in the API reference.
    [GeneratedRegex(@"\A[A-Za-z0-9_./#-]{1,512}\z")]
    private static partial Regex GroupName();

    [GeneratedRegex(@"\A\$\{[a-z][a-z0-9-]*\}(?: \$\{[a-z][a-z0-9-]*\})*\z")]
    private static partial Regex FieldList();
}
