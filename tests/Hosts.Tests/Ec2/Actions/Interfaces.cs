using System.Xml.Linq;
using Hosts.Tests.Ec2.Stored;
using Hosts.Tests.Ec2.Wire;

namespace Hosts.Tests.Ec2.Actions;

/// <summary>Which groups a network interface has.</summary>
internal static class Interfaces
{
    public static Ec2Outcome Modify(Ec2State state, QueryNode query)
    {
        var changed = Find(state, query.Required("NetworkInterfaceId"));
        var groups = query["SecurityGroupId"].Values.Select(id => state.Group(GroupIds.Checked(id))).ToList();
        return groups.Count == 0 ? throw Ec2Refusal.Missing("groupSet")
            : groups.Exists(group => group.VpcId != changed.VpcId)
                ? throw Ec2Refusal.Value(
                    $"You have specified two resources that belong to different networks: '{changed.Id}'"
                )
            : new(
                state with
                {
                    Interfaces = state.Interfaces.SetItem(
                        changed.Id,
                        changed with
                        {
                            GroupIds = [.. groups.Select(static group => group.Id)],
                        }
                    ),
                },
                Ec2Xml.Return
            );
    }

    public static Ec2Outcome Describe(Ec2State state, QueryNode query)
    {
        var ids = query["NetworkInterfaceId"].Values;
        var filters = new Filters(query);
        var page = Page.Of(
            (
                ids.Count > 0
                    ? ids.Order(StringComparer.Ordinal).Distinct().Select(id => Find(state, id))
                    : state.Interfaces.Values
            ).Where(each =>
                filters.Match(name =>
                    name switch
                    {
                        "network-interface-id" => [each.Id],
                        "group-id" => each.GroupIds,
                        "vpc-id" => [each.VpcId],
                        _ => null,
                    }
                )
            ),
            static each => each.Id,
            query
        );
        return new(
            state,
            [
                Ec2Xml.Set(
                    "networkInterfaceSet",
                    page.Items.Select(each =>
                        (XElement[])
                            [
                                new("networkInterfaceId", each.Id),
                                new("vpcId", each.VpcId),
                                new("ownerId", state.AccountId),
                                new("status", "in-use"),
                                new("requesterManaged", each.InstanceId is null),
                                new(
                                    "attachment",
                                    new XElement("attachmentId", $"{each.Id}-attach"),
                                    new XElement(
                                        "instanceOwnerId",
                                        each.InstanceId is null ? "amazon-elb" : state.AccountId
                                    ),
                                    each.InstanceId is { } instance ? new XElement("instanceId", instance) : null,
                                    new XElement("status", "attached")
                                ),
                                Ec2Xml.Set(
                                    "groupSet",
                                    each.GroupIds.Select(id =>
                                        (XElement[])[new("groupId", id), new("groupName", state.Group(id).Name)]
                                    )
                                ),
                            ]
                    )
                ),
                .. page.NextToken,
            ]
        );
    }

    private static StoredInterface Find(Ec2State state, string id) =>
        state.Interfaces.GetValueOrDefault(id)
        ?? throw new Ec2Refusal("InvalidNetworkInterfaceID.NotFound", $"The networkInterface ID '{id}' does not exist");
}
