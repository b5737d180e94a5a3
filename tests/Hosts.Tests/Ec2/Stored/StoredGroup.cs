using System.Collections.Immutable;

namespace Hosts.Tests.Ec2.Stored;

/// <summary>A security group.</summary>
internal sealed record StoredGroup
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string VpcId { get; init; }

    public string Description { get; init; } = "";

    public ImmutableSortedDictionary<string, string> Tags { get; init; } = StoredTags.None;

    /// <summary>Of both directions, in the order in which they came.</summary>
    public ImmutableList<StoredRule> Rules { get; init; } = [];
}

/// <summary>A network interface, which has security groups.</summary>
/// <param name="InstanceId">What it is attached to; null for one that a load balancer of AWS's has.</param>
internal sealed record StoredInterface(
    string Id,
    string VpcId,
    ImmutableList<string> GroupIds,
    string? InstanceId = "i-0123456789abcdef0"
);

/// <summary>A group of another VPC that this one may refer to.</summary>
internal sealed record PeerGroup(string Id, string UserId, Peering Peering);
