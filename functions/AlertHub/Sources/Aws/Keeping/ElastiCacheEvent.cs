using System.Text.Json;

namespace AlertHub.Sources.Aws.Keeping;

/// <summary>
/// What ElastiCache tells: of a serverless cache on the bus, of a cluster at its topic, where a member is named after the
/// event and has the cluster as its value. What failed is wrong until the same is complete.
/// </summary>
internal static class ElastiCacheEvent
{
    private const string Prefix = "ElastiCache:";

    /// <summary>What each event of the bus is about; what cannot be told of again is an event of its own.</summary>
    private static readonly Dictionary<string, (string What, AwsOutcome Outcome)> Known = new(StringComparer.Ordinal)
    {
        ["Cache Creation Failed"] = ("creation", AwsOutcome.Failed),
        ["Cache Created"] = ("creation", AwsOutcome.Succeeded),
        ["Cache Update Failed"] = ("update", AwsOutcome.Failed),
        ["Cache Updated"] = ("update", AwsOutcome.Succeeded),
        ["Snapshot Creation Failed"] = ("snapshot", AwsOutcome.Failed),
        ["Snapshot Created"] = ("snapshot", AwsOutcome.Succeeded),
        ["Snapshot Export Failed"] = ("snapshot export failed", AwsOutcome.Neither),
        ["Snapshot Copy Failed"] = ("snapshot copy failed", AwsOutcome.Neither),
        ["Cache Limit Approaching"] = ("limit approaching", AwsOutcome.Neither),
        ["Cache Deleted"] = ("cache deleted", AwsOutcome.Neither),
    };

    public static AwsKind Kind { get; } =
        AwsKind.OfEvent("elasticache-event", "aws.elasticache", Known.Keys, Tell).OrJson(Tell);

    private static AwsStory? Tell(AwsEvent happened)
    {
        var detail = happened.Detail;
        if (
            detail.Text("Message") is not { } text
            || (detail.Text("SourceIdentifier") ?? happened.Resource) is not { } name
        )
        {
            return null;
        }

        var (what, outcome) = Known[happened.DetailType];
        return AwsStory.Repeated(
            outcome,
            $"ElastiCache {what}",
            $"{happened.Account} {happened.Region} {name} {what}",
            AwsSeverity.Warning,
            $"{name}: {text}"
        ) with
        {
            Severity =
                outcome == AwsOutcome.Neither && happened.DetailType == "Cache Deleted"
                    ? AwsSeverity.Info
                    : AwsSeverity.Warning,
            State = happened.DetailType,
            Resource = name,
            ConsolePath = "elasticache/home#/events",
            Facts = [new("source_type", detail.Text("SourceType") ?? "")],
        };
    }

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
