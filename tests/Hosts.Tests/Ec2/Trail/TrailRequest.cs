using System.Globalization;
using System.Text.Json.Nodes;
using Hosts.Tests.Ec2.Wire;

namespace Hosts.Tests.Ec2.Trail;

/// <summary><c>requestParameters</c> of what CloudTrail writes about EC2.</summary>
/// <remarks>
/// Shapes of real records: a list is <c>{"items":[...]}</c>, an empty one <c>{}</c>, and values are as they were asked
/// for, not as EC2 keeps them. No record was found of rule ids that are revoked, of tag specifications at rules, or of
/// new descriptions; those are guesses from what other actions of EC2 look like.
/// </remarks>
internal static class TrailRequest
{
    private static readonly string[] Numbers = ["FromPort", "ToPort"];

    /// <summary>Of authorizing and revoking.</summary>
    public static JsonObject Permissions(QueryNode query)
    {
        var json = Scalars(query);
        json["ipPermissions"] = Items(
            query["IpPermissions"],
            static permission =>
            {
                var item = Scalars(permission);
                item["groups"] = Items(permission["Groups"], Scalars);
                item["ipRanges"] = Items(permission["IpRanges"], Scalars);
                item["ipv6Ranges"] = Items(permission["Ipv6Ranges"], Scalars);
                item["prefixListIds"] = Items(permission["PrefixListIds"], Scalars);
                return item;
            }
        );
        AddIds(json, query, "SecurityGroupRuleId", "securityGroupRuleIds", "securityGroupRuleId");
        return AddTagSpecification(json, query);
    }

    public static JsonObject CreateGroup(QueryNode query) => AddTagSpecification(Scalars(query), query);

    public static JsonObject DeleteGroup(QueryNode query) => Scalars(query);

    public static JsonObject Tags(QueryNode query)
    {
        var json = Scalars(query);
        AddIds(json, query, "ResourceId", "resourcesSet", "resourceId");
        json["tagSet"] = Items(query["Tag"], Scalars);
        return json;
    }

    public static JsonObject InterfaceGroups(QueryNode query)
    {
        var json = Scalars(query);
        AddIds(json, query, "SecurityGroupId", "groupSet", "groupId");
        return json;
    }

    /// <summary>
    /// Newer actions: <c>{"ModifySecurityGroupRulesRequest":{"GroupId":..}}</c>, with the names of the query, an item that
    /// is alone by itself, others in an array, and every item numbered by <c>tag</c>.
    /// </summary>
    public static Func<QueryNode, JsonObject> Wrapped(string action) =>
        query => new() { [action + "Request"] = Pascal(query) };

    private static JsonObject Pascal(QueryNode node)
    {
        var json = new JsonObject();
        foreach (var (name, member) in node.Members)
        {
            if (name is not ("Action" or "Version"))
            {
                json[name] =
                    member.Value is { } value ? Scalar(name, value)
                    : member.IsList ? List(member)
                    : Pascal(member);
            }
        }

        return json;
    }

    private static JsonNode List(QueryNode list)
    {
        var items = list.Items.Select(
            static (item, i) =>
            {
                var json = item.Value is { } value ? new() { ["content"] = value } : Pascal(item);
                json.Insert(0, "tag", i + 1);
                return json;
            }
        );
        return items.ToArray() is [var only] ? only : new JsonArray([.. items]);
    }

    private static JsonObject Scalars(QueryNode node)
    {
        var json = new JsonObject();
        foreach (var (name, member) in node.Members)
        {
            if (member.Value is { } value && name is not ("Action" or "Version"))
            {
                json[QueryNode.LowerCamel(name)] = Scalar(name, value);
            }
        }

        return json;
    }

    private static JsonValue Scalar(string name, string value) =>
        Numbers.Contains(name) && int.TryParse(value, CultureInfo.InvariantCulture, out var number)
            ? JsonValue.Create(number)
        : name == "DryRun" && bool.TryParse(value, out var truth) ? JsonValue.Create(truth)
        : JsonValue.Create(value);

    private static JsonObject Items(QueryNode list, Func<QueryNode, JsonObject> write) =>
        list.Items is { Count: > 0 } items ? new() { ["items"] = new JsonArray([.. items.Select(write)]) } : [];

    private static void AddIds(JsonObject json, QueryNode query, string parameter, string name, string member)
    {
        if (query[parameter].Values is { Count: > 0 } ids)
        {
            json[name] = new JsonObject
            {
                ["items"] = new JsonArray([.. ids.Select(id => new JsonObject { [member] = id })]),
            };
        }
    }

    private static JsonObject AddTagSpecification(JsonObject json, QueryNode query)
    {
        if (query["TagSpecification"].Items.Count > 0)
        {
            json["tagSpecificationSet"] = Items(
                query["TagSpecification"],
                static specification =>
                {
                    var item = Scalars(specification);
                    item["tags"] = new JsonArray([.. specification["Tag"].Items.Select(Scalars)]);
                    return item;
                }
            );
        }

        return json;
    }
}
