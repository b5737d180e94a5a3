using System.Text.Json;

namespace AlertHub.Sources.Aws.Security;

/// <summary>A resource that Config found made, changed or deleted. Nothing is wrong with that by itself.</summary>
internal static class ConfigItem
{
    public static AwsKind Kind { get; } =
        AwsKind.OfEither("config-item", "aws.config", ["Config Configuration Item Change"], Tell);

    private static AwsStory? Tell(JsonElement change)
    {
        var item =
            change.Text("messageType") switch
            {
                "ConfigurationItemChangeNotification" => change.Member("configurationItem"),
                "OversizedConfigurationItemChangeNotification" => change.Member("configurationItemSummary"),
                _ => null,
            } ?? default;
        if (item.Text("resourceId") is not { } id)
        {
            return null;
        }

        var type = item.Text("resourceType");
        var name = item.Text("resourceName") ?? AwsWords.Last(id);
        var diff = change.Member("configurationItemDiff") ?? default;
        var did = (diff.Text("changeType") ?? item.Text("changeType") ?? item.Text("configurationItemStatus")) switch
        {
            "CREATE" or "ResourceDiscovered" => "made",
            "DELETE" or "ResourceDeleted" or "ResourceDeletedNotRecorded" => "deleted",
            _ => "changed",
        };
        string[] changed = diff.Member("changedProperties") is { ValueKind: JsonValueKind.Object } properties
            ? [.. properties.EnumerateObject().Select(static property => property.Name)]
            : [];
        return new()
        {
            Name = $"Config item {did}",
            Phase = AwsPhase.Happened,
            Severity = AwsSeverity.Info,
            Summary =
                $"{(type is null ? "Resource" : AwsWords.Sentence(AwsWords.Plain(AwsWords.Last(type))))} {name} was {did}{(did == "changed" && changed.Length > 0 ? $": {AwsWords.Several(changed)}" : "")}",
            Resource = name,
            Account = item.Text("awsAccountId"),
            Region = item.Text("awsRegion"),
            At = item.Time("configurationItemCaptureTime"),
            ConsolePath = type is null
                ? null
                : $"config/home#/resources/timeline?resourceType={Uri.EscapeDataString(type)}&resourceId={Uri.EscapeDataString(id)}",
            Facts = [new("resource_type", type ?? ""), new("resource_id", id == name ? "" : id)],
        };
    }
}
