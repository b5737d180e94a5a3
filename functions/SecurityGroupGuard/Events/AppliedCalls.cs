using System.Text.Json;
using AlertHub.Sources;

namespace SecurityGroupGuard.Events;

/// <summary>
/// The calls that change what a group guards, or what the addresses are that its rules name, without changing a rule.
/// EC2's are all its operations that take ids of groups (by its model in botocore).
/// </summary>
internal static class AppliedCalls
{
    /// <summary>Null where it is another call; none where it names no group.</summary>
    public static IReadOnlyList<ChangeEvent>? Read(CloudTrailRecord call) =>
        (call.Service, call.Name) switch
        {
            ("ec2", "ModifyVpcEndpoint") => EndpointModified(call),
            ("ec2", "ModifyManagedPrefixList" or "RestoreManagedPrefixListVersion") => PrefixListChanged(call),
            // Without groups in the request it is the VPC's default one that is taken: only the answer says which.
            ("ec2", "RunInstances" or "CreateNetworkInterface" or "CreateVpcEndpoint") => Each(
                call,
                [.. call.Request.Ids("sg-").Union(call.Response.Ids("sg-"))]
            ),
            _ => Each(call, [.. call.Request.Ids("sg-")]),
        };

    private static ChangeEvent[]? Each(CloudTrailRecord call, IReadOnlyList<string> groups) =>
        What(call, string.Join(", ", groups)) is { } what
            ? [.. groups.Select(group => call.To(group, new Change.Applied(what)))]
            : null;

    private static string? What(CloudTrailRecord call, string groups) =>
        (call.Service, call.Name) switch
        {
            ("ec2", "ModifyNetworkInterfaceAttribute") => $"the groups of {Ids(call, "eni-")} are now {groups}",
            ("ec2", "ModifyInstanceAttribute") => $"the groups of {Ids(call, "i-")} are now {groups}",
            ("ec2", "CreateNetworkInterface") => $"{Ids(call, "eni-")} was made with {groups}",
            ("ec2", "RunInstances") => $"{Ids(call, "i-")} started with {groups}",
            ("ec2", "AttachClassicLinkVpc") => $"{Ids(call, "i-")} was linked with {groups} to {Ids(call, "vpc-")}",
            ("ec2", "AssociateSecurityGroupVpc") => $"{groups} can be used in {Ids(call, "vpc-")} too",
            ("ec2", "DisassociateSecurityGroupVpc") => $"{groups} can no longer be used in {Ids(call, "vpc-")}",
            ("ec2", "ApplySecurityGroupsToClientVpnTargetNetwork") =>
                $"the groups of {Ids(call, "cvpn-endpoint-")} in {Ids(call, "vpc-")} are now {groups}",
            ("ec2", "ModifyClientVpnEndpoint") => $"the groups of {Ids(call, "cvpn-endpoint-")} are now {groups}",
            ("ec2", "CreateClientVpnEndpoint") => $"{Ids(call, "cvpn-endpoint-")} was made with {groups}",
            ("ec2", "CreateVpcEndpoint") => $"{Ids(call, "vpce-")} was made with {groups}",
            ("ec2", "CreateInstanceConnectEndpoint") => $"{Ids(call, "eice-")} was made with {groups}",
            ("ec2", "ModifyInstanceConnectEndpoint") => $"the groups of {Ids(call, "eice-")} are now {groups}",
            ("ec2", "CreateVerifiedAccessEndpoint") => $"{Ids(call, "vae-")} was made with {groups}",
            ("elasticloadbalancing", "SetSecurityGroups") =>
                $"the groups of load balancer {Named(call, "loadBalancerArn")} are now {groups}",
            ("elasticloadbalancing", "ApplySecurityGroupsToLoadBalancer") =>
                $"the groups of load balancer {Named(call, "loadBalancerName")} are now {groups}",
            ("rds", "ModifyDBInstance") =>
                $"the groups of database {Named(call, "dBInstanceIdentifier")} are now {groups}",
            ("rds", "ModifyDBCluster") =>
                $"the groups of database cluster {Named(call, "dBClusterIdentifier")} are now {groups}",
            ("redshift", "ModifyCluster") =>
                $"the groups of Redshift cluster {Named(call, "clusterIdentifier")} are now {groups}",
            ("elasticache", "ModifyCacheCluster") =>
                $"the groups of cache {Named(call, "cacheClusterId")} are now {groups}",
            ("elasticache", "ModifyReplicationGroup") =>
                $"the groups of cache {Named(call, "replicationGroupId")} are now {groups}",
            // Lambda's event names end in the version of its API: UpdateFunctionConfiguration20150331v2.
            ("lambda", { } name) when name.StartsWith("UpdateFunctionConfiguration", StringComparison.Ordinal) =>
                $"the groups of function {Named(call, "functionName")} are now {groups}",
            _ => null,
        };

    private static ChangeEvent[] EndpointModified(CloudTrailRecord call)
    {
        var endpoint = Ids(call, "vpce-");
        return
        [
            .. Under(call, "add")
                .SelectMany(static list => list.Ids("sg-"))
                .Select(group => call.To(group, new Change.Applied($"{endpoint} was given {group}"))),
            .. Under(call, "remove")
                .SelectMany(static list => list.Ids("sg-"))
                .Select(group => call.To(group, new Change.Applied($"{endpoint} no longer has {group}"))),
        ];
    }

    /// <summary>A prefix list is of no group: its own id stands in the place of one. Whose rules name it is not known here.</summary>
    private static ChangeEvent[] PrefixListChanged(CloudTrailRecord call)
    {
        if (call.Request.Ids("pl-").FirstOrDefault() is not { } list)
        {
            return call.IsCut ? [call.To(null, call.Unknown())] : [];
        }

        string[] changes =
        [
            .. Cidrs(call, "add") is { Length: > 0 } added ? [$"was given {added}"] : (string[])[],
            .. Cidrs(call, "remove") is { Length: > 0 } removed ? [$"no longer has {removed}"] : (string[])[],
            .. call.Request.FieldText("previousVersion") is { } version
                ? [$"is as it was in version {Line(version)} again"]
                : (string[])[],
        ];
        var what = changes.Length == 0 ? $"{list} was changed" : $"{list} {string.Join(" and ", changes)}";
        return [call.To(list, new Change.Applied($"{what}, and with it every rule that names it"))];
    }

    private static string Cidrs(CloudTrailRecord call, string verb) =>
        string.Join(
            ", ",
            from list in Under(call, verb)
            from entry in list.Entries()
            let cidr = entry.FieldText("cidr")
            where cidr is not null
            select Line(cidr)
        );

    /// <summary>What the request asks to add or remove: AddSecurityGroupId, addEntries.</summary>
    private static IEnumerable<JsonElement> Under(CloudTrailRecord call, string verb) =>
        call.Request.ValueKind == JsonValueKind.Object
            ? call
                .Request.EnumerateObject()
                .Where(member => member.Name.StartsWith(verb, StringComparison.OrdinalIgnoreCase))
                .Select(static member => member.Value)
            : [];

    /// <summary>What the call was for: what it made has its id in the answer only.</summary>
    private static string Ids(CloudTrailRecord call, string prefix)
    {
        string[] asked = [.. call.Request.Ids(prefix)];
        string[] ids = asked.Length > 0 ? asked : [.. call.Response.Ids(prefix)];
        return ids.Length > 0 ? string.Join(", ", ids) : $"something ({prefix})";
    }

    private static string Named(CloudTrailRecord call, string name) =>
        Line(call.Request.FieldText(name)) is { Length: > 0 } text ? text : "without a name";

    private static string Line(string? text) => Readable.Line(text, 200) ?? "";
}
