using System.Text.Json;
using AlertHub.Sources;
using SecurityGroupGuard.Rules;

namespace SecurityGroupGuard.Events;

/// <summary>
/// A group as AWS Config found it
/// (https://docs.aws.amazon.com/config/latest/developerguide/example-sns-notification.html). Its rules have no ids, and
/// nobody is said to have changed it.
/// </summary>
internal sealed record ConfigItem
{
    public const string SecurityGroupType = "AWS::EC2::SecurityGroup";

    public required GroupId Group { get; init; }

    public required DateTimeOffset CapturedAt { get; init; }

    /// <summary><c>OK</c>, <c>ResourceDiscovered</c>, <c>ResourceDeleted</c> and others; empty where it is missing.</summary>
    public required string Status { get; init; }

    /// <summary>Null where the group is gone, or Config's message had no place for it, or it cannot be understood.</summary>
    public SecurityGroup? Now { get; init; }

    /// <summary>
    /// The rules before what Config tells of; null where it does not say, or there was no group. Descriptions are part of it.
    /// </summary>
    public IReadOnlyList<Rule>? Before { get; init; }

    /// <summary>The item of a notification; null where there is none, or it is of another resource.</summary>
    /// <param name="notification">EventBridge's <c>detail</c>, or a rule's <c>invokingEvent</c>.</param>
    /// <param name="envelope">What is around it, for what it lacks; undefined where there is nothing.</param>
    /// <param name="now">When it came, for an item without a time.</param>
    public static ConfigItem? Read(JsonElement notification, JsonElement envelope, DateTimeOffset now)
    {
        // Above 256 kB there is only a summary, with the same members but for the configuration.
        if (
            (notification.Member("configurationItem") ?? notification.Member("configurationItemSummary"))
                is not { } item
            || item.Text("resourceType") != SecurityGroupType
            || item.Text("resourceId") is not { } id
        )
        {
            return null;
        }

        var group = new GroupId(
            item.Text("awsAccountId") ?? envelope.Text("account") ?? envelope.Text("accountId") ?? "",
            item.Text("awsRegion") ?? envelope.Text("region") ?? "",
            id
        );
        var found = GroupOf(item, group);
        return new()
        {
            Group = group,
            CapturedAt =
                item.Time("configurationItemCaptureTime")
                ?? notification.Time("notificationCreationTime")
                ?? envelope.Time("time")
                ?? now,
            Status = item.Text("configurationItemStatus") ?? "",
            Now = found,
            Before = notification.Member("configurationItemDiff") is { } diff
                ? ConfigDiff.Before(diff, found?.Rules, group.Account)
                : null,
        };
    }

    /// <summary>The rules of a <c>configuration</c>; null where one of them cannot be understood.</summary>
    public static IReadOnlyList<Rule>? RulesOf(JsonElement configuration, string account) =>
        RuleJson.OfPermissions(configuration.Entries("ipPermissions"), Direction.Ingress, account) is { } ingress
        && RuleJson.OfPermissions(configuration.Entries("ipPermissionsEgress"), Direction.Egress, account) is { } egress
            ? [.. ingress, .. egress]
            : null;

    private static SecurityGroup? GroupOf(JsonElement item, GroupId group)
    {
        var configuration = item.Member("configuration");
        if (configuration is { ValueKind: JsonValueKind.String } text)
        {
            // As GetResourceConfigHistory answers it.
            configuration = ForeignJson.Parse(text.GetString()!);
        }

        // Of a deleted group it is null or {}: a group without rules must not be made of it.
        if (
            configuration is not { ValueKind: JsonValueKind.Object } found
            || found.FieldText("groupId") != group.Id
            || RulesOf(found, group.Account) is not { } rules
        )
        {
            return null;
        }

        var tags = found.TagsOf("tags");
        return new()
        {
            Id = group,
            Name = found.FieldText("groupName") ?? item.Text("resourceName") ?? "",
            Vpc = found.FieldText("vpcId"),
            Tags = tags.Count > 0 ? tags : TagsOf(item),
            Rules = rules,
        };
    }

    private static Tags TagsOf(JsonElement item) =>
        item.Member("tags") is { ValueKind: JsonValueKind.Object } tags
            ? Tags.Of(
                tags.EnumerateObject().Select(static tag => KeyValuePair.Create(tag.Name, tag.Value.Written() ?? ""))
            )
            : Tags.None;
}
