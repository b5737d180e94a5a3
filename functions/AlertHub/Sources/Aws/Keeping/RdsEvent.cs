using System.Text.Json;

namespace AlertHub.Sources.Aws.Keeping;

/// <summary>
/// What RDS and Aurora tell of instances, clusters, snapshots, proxies and groups. Some events say that something is wrong,
/// others that it is over: <see cref="RdsTrouble"/> knows them by their numbers.
/// </summary>
internal static class RdsEvent
{
    public static AwsKind Kind { get; } =
        AwsKind
            .OfEvent(
                "rds-event",
                "aws.rds",
                [
                    "RDS DB Instance Event",
                    "RDS DB Cluster Event",
                    "RDS DB Snapshot Event",
                    "RDS DB Cluster Snapshot Event",
                    "RDS DB Parameter Group Event",
                    "RDS DB Security Group Event",
                    "RDS DB Proxy Event",
                    "RDS DB Shard Group Event",
                    "RDS Blue Green Deployment Event",
                    "RDS Custom Engine Version Event",
                    "RDS Zero ETL Event",
                ],
                Tell
            )
            .OrJson(Tell);

    private static AwsStory? Tell(AwsEvent happened)
    {
        var detail = happened.Detail;
        return
            detail.Text("Message") is { } text
            && (detail.Text("SourceIdentifier") ?? AwsWords.Last(detail.Text("SourceArn"))) is { Length: > 0 } name
            ? Tell(
                name,
                text,
                detail.Text("EventID"),
                detail.Text("SourceType"),
                [.. detail.Items("EventCategories").Select(static each => each.AsText()).OfType<string>()]
            ) with
            {
                Identity = RdsTrouble.Of(detail.Text("EventID")) is null
                    ? null
                    : Identity(happened.Account, happened.Region, name),
                At = detail.Time("Date"),
            }
            : null;
    }

    /// <summary>What an event subscription publishes: the number is at the end of a link to the documentation.</summary>
    private static AwsStory? Tell(JsonElement notice, AwsMessage message)
    {
        var link = notice.Text("Event ID");
        var at = link?.IndexOf("RDS-EVENT-", StringComparison.Ordinal) ?? -1;
        if (at < 0 || notice.Text("Event Message") is not { } text || notice.Text("Source ID") is not { } name)
        {
            return null;
        }

        var number = link?[at..].Trim();
        return Tell(name, text, number, notice.Text("Event Source"), []) with
        {
            Identity = RdsTrouble.Of(number) is null
                ? null
                : Identity(message.Topic?.Account, message.Topic?.Region, name),
            At = notice.Time("Event Time"),
        };
    }

    private static string Identity(string? account, string? region, string name) => $"{account} {region} {name}";

    private static AwsStory Tell(
        string name,
        string text,
        string? number,
        string? type,
        IReadOnlyList<string> categories
    )
    {
        var isFailure = categories.Contains("failure");
        var trouble = RdsTrouble.Of(number);
        // As DB_CLUSTER_SNAPSHOT on the bus and db-cluster-snapshot at a topic.
        var what = AwsWords.Plain(type ?? "").Replace("db ", "", StringComparison.Ordinal);
        return new()
        {
            Name = trouble?.Name ?? (isFailure ? "RDS failure" : "RDS event"),
            Phase = trouble?.Phase ?? AwsPhase.Happened,
            Severity = trouble?.Severity ?? (isFailure ? AwsSeverity.Warning : AwsSeverity.Info),
            State = number,
            Summary = $"{name}: {text}",
            Resource = name,
            ConsolePath = what switch
            {
                "instance" => $"rds/home#database:id={Uri.EscapeDataString(name)};is-cluster=false",
                "cluster" => $"rds/home#database:id={Uri.EscapeDataString(name)};is-cluster=true",
                "snapshot" or "cluster snapshot" => "rds/home#snapshots-list:",
                _ => "rds/home#events:",
            },
            Facts = [new("source_type", what), new("categories", string.Join(", ", categories))],
        };
    }
}
