using System.Text.Json;

namespace AlertHub.Sources.Aws.Operating;

/// <summary>An insight of DevOps Guru: wrong until it is closed. Anomalies and recommendations that come later tell it anew.</summary>
internal static class DevOpsGuruInsight
{
    private const int MostLines = 8;

    public static AwsKind Kind { get; } =
        AwsKind.OfEither(
            "devopsguru-insight",
            "aws.devops-guru",
            [
                "DevOps Guru New Insight Open",
                "DevOps Guru New Anomaly Association",
                "DevOps Guru Insight Severity Upgraded",
                "DevOps Guru New Recommendation Created",
                "DevOps Guru Insight Closed",
            ],
            Tell
        );

    private static AwsStory? Tell(JsonElement insight)
    {
        if (
            Of(insight, "messageType") is not { } type
            || Of(insight, "insightId") is not { } id
            || Of(insight, "insightSeverity") is not { } severity
        )
        {
            return null;
        }

        var isClosed = type == "CLOSED_INSIGHT";
        var title = Of(insight, "insightName") ?? Of(insight, "insightDescription") ?? "An insight";
        var stacks = AwsWords.Several([
            .. (insight.Member("resourceCollection", "cloudFormation") ?? default)
                .Items("stackNames")
                .Select(static stack => stack.AsText())
                .OfType<string>(),
        ]);
        return new()
        {
            Name = "DevOps Guru insight",
            Identity = id,
            Phase = isClosed ? AwsPhase.Ends : AwsPhase.Begins,
            // It may rise while the insight is open.
            Severity = AwsSeverity.Warning,
            State = AwsWords.Plain(type),
            Summary = title,
            Description = Details(insight, title),
            Resource = stacks.Length > 0 ? stacks : null,
            Account = Of(insight, "accountId"),
            Region = Of(insight, "region"),
            At = isClosed ? Time(insight, "endTime") : Time(insight, "startTime"),
            Facts =
            [
                new("insight_severity", severity),
                new("insight_type", Of(insight, "insightType") ?? ""),
                new("insight_url", Of(insight, "insightUrl") ?? ""),
            ],
        };
    }

    /// <summary>What is anomalous, or recommended; else what DevOps Guru says at length.</summary>
    private static string Details(JsonElement insight, string title)
    {
        var anomalies = insight
            .Items("anomalies")
            .SelectMany(static anomaly => anomaly.Items("sourceDetails"))
            .Select(static source => source.Member("dataIdentifiers") ?? default)
            .Select(static metric => $"{metric.Text("namespace")} {metric.Text("name")}".Trim());
        var advice = insight
            .Items("recommendations")
            .Select(static each =>
                $"{each.Text("name")}: {each.Text("link") ?? each.Text("description")}".Trim(' ', ':')
            );
        string[] lines =
        [
            Of(insight, "insightDescription") is { } text && text != title ? text : "",
            .. anomalies,
            .. advice,
        ];
        return string.Join('\n', lines.Where(static line => line.Length > 0).Distinct().Take(MostLines));
    }

    private static DateTimeOffset? Time(JsonElement insight, string member) =>
        insight.Time($"{member}ISO") ?? Timestamp.OfMilliseconds(Of(insight, member));

    /// <summary>Members once began with a capital letter.</summary>
    private static string? Of(JsonElement insight, string member) =>
        insight.Text(member) ?? insight.Text($"{char.ToUpperInvariant(member[0])}{member[1..]}");
}
