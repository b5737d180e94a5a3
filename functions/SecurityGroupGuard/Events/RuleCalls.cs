using System.Text.Json;
using SecurityGroupGuard.Rules;

namespace SecurityGroupGuard.Events;

/// <summary>
/// The calls that change a group and its rules. What EC2 answered is believed before what it was asked: it has the ids, and
/// the addresses as EC2 keeps them.
/// </summary>
internal static class RuleCalls
{
    /// <summary>Null where it is another call.</summary>
    public static IReadOnlyList<ChangeEvent>? Read(CloudTrailRecord call) =>
        (call.Service, call.Name) switch
        {
            ("ec2", "AuthorizeSecurityGroupIngress") => [Authorized(call, Direction.Ingress)],
            ("ec2", "AuthorizeSecurityGroupEgress") => [Authorized(call, Direction.Egress)],
            ("ec2", "RevokeSecurityGroupIngress") => [Revoked(call, Direction.Ingress)],
            ("ec2", "RevokeSecurityGroupEgress") => [Revoked(call, Direction.Egress)],
            ("ec2", "ModifySecurityGroupRules") => [call.To(Group(call), Modified(call))],
            ("ec2", "UpdateSecurityGroupRuleDescriptionsIngress") =>
            [
                call.To(Group(call), Described(call, Direction.Ingress)),
            ],
            ("ec2", "UpdateSecurityGroupRuleDescriptionsEgress") =>
            [
                call.To(Group(call), Described(call, Direction.Egress)),
            ],
            ("ec2", "CreateSecurityGroup") => [call.To(call.Response.FieldText("groupId"), Created(call))],
            ("ec2", "DeleteSecurityGroup") => [call.To(Group(call), new Change.Deleted())],
            _ => null,
        };

    private static ChangeEvent Authorized(CloudTrailRecord call, Direction direction)
    {
        JsonElement[] set = [.. call.Response.Entries("securityGroupRuleSet")];
        var rules = RuleJson.OfSet(set, direction, call.Account) is { Count: > 0 } told ? told : Asked(call, direction);
        return call.To(Group(call, set), rules is { Count: > 0 } ? new Change.Added(rules) : call.Unknown());
    }

    private static ChangeEvent Revoked(CloudTrailRecord call, Direction direction)
    {
        JsonElement[] set = [.. call.Response.Entries("revokedSecurityGroupRuleSet")];
        return call.To(Group(call, set), Revoked(call, set, direction));
    }

    private static Change Revoked(CloudTrailRecord call, JsonElement[] set, Direction direction)
    {
        var told = RuleJson.OfSet(set, direction, call.Account);
        if (told is { Count: > 0 })
        {
            return new Change.Revoked(
                told,
                [.. call.Request.Ids("sgr-").Except(told.Select(static rule => rule.Id ?? ""))]
            );
        }

        if (Asked(call, direction) is { Count: > 0 } asked)
        {
            // In a default VPC a call is no failure that asks for what is not there: that is listed, and was not revoked.
            var missed = RuleJson.OfPermissions(
                call.Response.Entries("unknownIpPermissionSet"),
                direction,
                call.Account
            );
            return missed is null
                ? call.Unknown()
                : new Change.Revoked([.. asked.ExceptBy(missed.Select(m => m.Traffic), a => a.Traffic)], []);
        }

        string[] ids = [.. call.Request.Ids("sgr-").Union(set.SelectMany(static item => item.Ids("sgr-")))];
        return ids.Length > 0 ? new Change.Revoked([], ids) : call.Unknown();
    }

    private static Change Modified(CloudTrailRecord call)
    {
        ModifiedRule?[] rules =
        [
            .. from entry in call.Request.Objects()
            let id = entry.FieldText("securityGroupRuleId")
            where id is not null
            select entry.Field("securityGroupRule") is { } became ? RuleJson.Modified(id, became, call.Account) : null,
        ];
        return rules.Length == 0 || rules.Contains(null)
            ? call.Unknown()
            : new Change.Modified([.. rules.OfType<ModifiedRule>()]);
    }

    private static Change Described(CloudTrailRecord call, Direction direction)
    {
        DescribedRule[] byId =
        [
            .. from entry in call.Request.Objects()
            let id = entry.FieldText("securityGroupRuleId")
            where id is not null
            select new DescribedRule(id, null, entry.FieldText("description") ?? ""),
        ];
        var rules =
            byId.Length > 0
                ? byId
                : Asked(call, direction)?.Select(rule => new DescribedRule(null, rule.Traffic, rule.Description));
        return rules?.ToArray() is { Length: > 0 } described ? new Change.Described(described) : call.Unknown();
    }

    private static Change.Created Created(CloudTrailRecord call)
    {
        var asked =
            from specification in call
                .Request.Entries("tagSpecificationSet")
                .Concat(call.Request.Entries("tagSpecification"))
            where specification.FieldText("resourceType") is null or "security-group"
            from tag in specification.TagEntries("tags").Concat(specification.TagEntries("tag"))
            select KeyValuePair.Create(tag.Key, tag.Value ?? "");
        var told = call.Response.TagsOf("tagSet");
        return new(
            call.Request.FieldText("groupName") ?? "",
            call.Request.FieldText("vpcId"),
            told.Count > 0 ? told : Tags.Of(asked)
        );
    }

    /// <summary>The rules of the request.</summary>
    private static IReadOnlyList<Rule>? Asked(CloudTrailRecord call, Direction direction) =>
        RuleJson.OfPermissions(call.Request.Entries("ipPermissions"), direction, call.Account) is { Count: > 0 } rules
            ? rules
            : RuleJson.OfFlat(call.Request, direction);

    /// <summary>A call may name its group only by its name; the rules of the answer have the id.</summary>
    private static string? Group(CloudTrailRecord call, params JsonElement[] set) =>
        call.Request.FieldText("groupId")
        ?? set.Select(static item => item.FieldText("groupId")).FirstOrDefault(static id => id is not null)
        ?? call.Response.FieldText("groupId");
}
