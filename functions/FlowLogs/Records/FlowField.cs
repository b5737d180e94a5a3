using System.Collections.Frozen;

namespace FlowLogs.Records;

/// <summary>How AWS types a field.</summary>
internal enum FlowType
{
    Text,
    Int32,
    Int64,
}

/// <summary>
/// A field of VPC or Transit Gateway flow logs. <see cref="Version"/> is that of the format it came with; 0 for a name that AWS
/// had not documented when this list was written (version 11, 2026-06-10), whose values are kept as text.
/// </summary>
internal sealed record FlowField(string Name, FlowType Type, int Version)
{
    private static readonly FrozenDictionary<string, FlowField> Known = All().ToFrozenDictionary(field => field.Name);

    public static IReadOnlyCollection<FlowField> Catalogue => Known.Values;

    public string SnakeName { get; } = Name.Replace('-', '_');

    public static FlowField Named(string name) =>
        Known.TryGetValue(name, out var field) ? field : new(name, FlowType.Text, 0);

    /// <summary>A name stands once; Transit Gateway shares those of versions 2 to 5 and brings its own with version 6.</summary>
    private static IEnumerable<FlowField> All() =>
        [
            .. Of(2, FlowType.Int32, "version srcport dstport protocol"),
            .. Of(2, FlowType.Int64, "packets bytes start end"),
            .. Of(2, FlowType.Text, "account-id interface-id srcaddr dstaddr action log-status"),
            .. Of(3, FlowType.Int32, "tcp-flags"),
            .. Of(3, FlowType.Text, "vpc-id subnet-id instance-id type pkt-srcaddr pkt-dstaddr"),
            .. Of(4, FlowType.Text, "region az-id sublocation-type sublocation-id"),
            .. Of(5, FlowType.Int32, "traffic-path"),
            .. Of(5, FlowType.Text, "pkt-src-aws-service pkt-dst-aws-service flow-direction"),
            .. Of(6, FlowType.Text, "resource-type tgw-id tgw-attachment-id tgw-pair-attachment-id"),
            .. Of(6, FlowType.Text, "tgw-src-vpc-account-id tgw-dst-vpc-account-id tgw-src-vpc-id tgw-dst-vpc-id"),
            .. Of(6, FlowType.Text, "tgw-src-subnet-id tgw-dst-subnet-id tgw-src-eni tgw-dst-eni"),
            .. Of(6, FlowType.Text, "tgw-src-az-id tgw-dst-az-id"),
            .. Of(6, FlowType.Int64, "packets-lost-no-route packets-lost-blackhole"),
            .. Of(6, FlowType.Int64, "packets-lost-mtu-exceeded packets-lost-ttl-expired"),
            .. Of(7, FlowType.Text, "ecs-cluster-arn ecs-cluster-name ecs-container-instance-arn"),
            .. Of(7, FlowType.Text, "ecs-container-instance-id ecs-container-id ecs-second-container-id"),
            .. Of(7, FlowType.Text, "ecs-service-name ecs-task-definition-arn ecs-task-arn ecs-task-id"),
            .. Of(8, FlowType.Text, "reject-reason"),
            .. Of(9, FlowType.Text, "resource-id"),
            .. Of(10, FlowType.Int32, "encryption-status"),
            .. Of(11, FlowType.Text, "instance-tag instance-tag-2 interface-tag interface-tag-2 asg-tag asg-tag-2"),
            .. Of(11, FlowType.Text, "interface-type next-hop-interface-id next-hop-subnet-id next-hop-az-id"),
            .. Of(11, FlowType.Text, "next-hop-vpc-id next-hop-interface-type"),
        ];

    private static IEnumerable<FlowField> Of(int version, FlowType type, string names) =>
        names.Split(' ').Select(name => new FlowField(name, type, version));
}
