using System.Text.Json;

namespace AlertHub.Sources.Aws.Keeping;

/// <summary>
/// What ElastiCache publishes to a cluster's topic: a member named after the event, with the cluster as its value. What
/// failed is wrong until it is complete.
/// </summary>
internal static class ElastiCacheEvent
{
    private const string Prefix = "ElastiCache:";

    public static AwsKind Kind { get; } = AwsKind.OfJson("elasticache-event", Tell);

    private static AwsStory? Tell(JsonElement root, AwsMessage message)
    {
        var (key, cluster) = root.Texts()
            .FirstOrDefault(static each => each.Key.StartsWith(Prefix, StringComparison.Ordinal));
        if (key is not { Length: > 12 })
        {
            return null;
        }

        var name = key[Prefix.Length..];
        var (what, outcome) =
            Cut(name, "Failed") is { } failed ? (failed, AwsOutcome.Failed)
            // A failover that is complete ends nothing that was told: it is news.
            : name != "FailoverComplete" && Cut(name, "Complete") is { } complete ? (complete, AwsOutcome.Succeeded)
            : (name, AwsOutcome.Neither);
        var isFailover = name == "FailoverComplete";
        return AwsStory.Repeated(
            outcome,
            $"ElastiCache {AwsWords.Plain(what)}",
            $"{message.Topic?.Account} {message.Topic?.Region} {cluster} {what}",
            AwsSeverity.Warning,
            $"{cluster}: {AwsWords.Plain(name)}"
        ) with
        {
            Severity = outcome == AwsOutcome.Neither && !isFailover ? AwsSeverity.Info : AwsSeverity.Warning,
            State = name,
            Description = Rest(root, key),
            Resource = cluster,
            ConsolePath = "elasticache/home#/events",
        };
    }

    private static string? Cut(string name, string end) =>
        name.EndsWith(end, StringComparison.Ordinal) && name.Length > end.Length ? name[..^end.Length] : null;

    /// <summary>Such as the node, or the time of a replacement.</summary>
    private static string Rest(JsonElement root, string key) =>
        string.Join(
            '\n',
            root.Texts().Where(each => each.Key != key).Select(static each => $"{each.Key}: {each.Value}")
        );
}
