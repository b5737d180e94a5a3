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
                new Notice(name, text)
                {
                    Number = detail.Text("EventID"),
                    What = What(detail.Text("SourceType")),
                    Where = $"{happened.Account} {happened.Region}",
                    Categories =
                    [
                        .. detail.Items("EventCategories").Select(static each => each.AsText()).OfType<string>(),
                    ],
                }
            ) with
            {
                At = detail.Time("Date"),
            }
            : null;
    }

    /// <summary>What an event subscription publishes: the number is at the end of a link to the documentation.</summary>
    private static AwsStory? Tell(JsonElement notice, AwsMessage message)
    {
        var link = notice.Text("Event ID");
        var at = link?.IndexOf("RDS-EVENT-", StringComparison.Ordinal) ?? -1;
        return at >= 0 && notice.Text("Event Message") is { } text && notice.Text("Source ID") is { } name
            ? Tell(
                new Notice(name, text)
                {
                    Number = link?[at..].Trim(),
                    What = What(notice.Text("Event Source")),
                    Where = $"{message.Topic?.Account} {message.Topic?.Region}",
                }
            ) with
            {
                At = notice.Time("Event Time"),
            }
            : null;
    }

    /// <summary><c>DB_INSTANCE</c> on the bus and <c>db-instance</c> at a topic are an instance.</summary>
    private static string What(string? type) => AwsWords.Plain(type ?? "").Replace("DB ", "", StringComparison.Ordinal);

    private static AwsStory Tell(Notice notice)
    {
        var (name, text) = notice;
        var troubles = RdsTrouble.Of(notice.Number);
        var trouble = troubles is [var first, ..] ? first : null;
        var identity = $"{notice.Where} {notice.What} {name}";
        var isFailure = notice.Categories.Contains("failure");
        return new()
        {
            Name = trouble?.Name ?? (isFailure ? "RDS failure" : "RDS event"),
            Identity = trouble is null ? null : identity,
            Phase = trouble?.Phase ?? AwsPhase.Happened,
            Severity = trouble?.Severity ?? (isFailure ? AwsSeverity.Warning : AwsSeverity.Info),
            Endings = [.. troubles.Skip(1).Select(each => new AwsEnding(each.Name, each.Severity, identity))],
            State = notice.Number,
            Summary = $"{name}: {text}",
            Resource = name,
            ConsolePath = notice.What switch
            {
                "instance" => $"rds/home#database:id={Uri.EscapeDataString(name)};is-cluster=false",
                "cluster" => $"rds/home#database:id={Uri.EscapeDataString(name)};is-cluster=true",
                "snapshot" or "cluster snapshot" => "rds/home#snapshots-list:",
                _ => "rds/home#events:",
            },
            Facts = [new("source_type", notice.What), new("categories", string.Join(", ", notice.Categories))],
        };
    }

    private sealed record Notice(string Name, string Text)
    {
        /// <summary>As <c>RDS-EVENT-0049</c>.</summary>
        public string? Number { get; init; }

        /// <summary>Instance, cluster, snapshot and so on; empty where it is not said.</summary>
        public required string What { get; init; }

        /// <summary>Account and region.</summary>
        public required string Where { get; init; }

        public IReadOnlyList<string> Categories { get; init; } = [];
    }
}
