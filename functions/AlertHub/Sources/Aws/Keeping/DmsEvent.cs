using System.Text.Json;

namespace AlertHub.Sources.Aws.Keeping;

/// <summary>A replication task or instance of DMS: one that failed is wrong until it is started again.</summary>
internal static class DmsEvent
{
    public static AwsKind Kind { get; } =
        AwsKind
            .OfEvent(
                "dms-event",
                "aws.dms",
                ["DMS Replication Task State Change", "DMS Replication Instance State Change"],
                Tell
            )
            .OrJson(Tell);

    private static AwsStory? Tell(AwsEvent happened)
    {
        var detail = happened.Detail;
        if (detail.Text("eventType") is not { } type || happened.Resource is not { } arn)
        {
            return null;
        }

        return Tell(
            AwsWords.Last(arn),
            detail.Text("eventId"),
            detail.Text("detailMessage"),
            AwsWords.Plain(type),
            detail.Text("type") == "REPLICATION_INSTANCE" ? "instance" : "task",
            $"{happened.Account} {happened.Region}"
        );
    }

    /// <summary>What an event subscription publishes.</summary>
    private static AwsStory? Tell(JsonElement notice, AwsMessage message)
    {
        var link = notice.Text("Event ID");
        var at = link?.IndexOf("DMS-EVENT-", StringComparison.Ordinal) ?? -1;
        if (
            at < 0
            || notice.Text("Event Message") is not { } text
            || (notice.Text("SourceId") ?? notice.Text("Source ID")) is not { } name
        )
        {
            return null;
        }

        return Tell(
            name,
            link?[at..].Trim(),
            null,
            text,
            notice.Text("Event Source") == "replication-instance" ? "instance" : "task",
            $"{message.Topic?.Account} {message.Topic?.Region}"
        ) with
        {
            At = notice.Time("Event Time"),
        };
    }

    private static AwsStory Tell(string name, string? number, string? why, string words, string what, string where)
    {
        var outcome = Outcome(number, words);
        return AwsStory.Repeated(
            outcome,
            $"DMS replication {what}",
            $"{where} {what} {name}",
            AwsSeverity.Critical,
            $"{name}: {words}"
        ) with
        {
            // Storage of an instance is low, and nothing will say that it no longer is.
            Severity =
                outcome != AwsOutcome.Neither ? AwsSeverity.Critical
                : number == "DMS-EVENT-0007" ? AwsSeverity.Warning
                : AwsSeverity.Info,
            State = number,
            Reason = why,
            Resource = name,
            ConsolePath = what == "task" ? "dms/v2/home#tasks" : "dms/v2/home#replicationInstances",
        };
    }

    /// <summary>By the numbers of the DMS user guide, "AWS DMS event categories and event messages".</summary>
    private static AwsOutcome Outcome(string? number, string words) =>
        number switch
        {
            // A task failed; an instance failed, has no network, lost its key, or fails over.
            "DMS-EVENT-0078" or "DMS-EVENT-0031" or "DMS-EVENT-0036" or "DMS-EVENT-0037" or "DMS-EVENT-0013" =>
                AwsOutcome.Failed,
            // A task was started; an instance recovered, or its failover is complete.
            "DMS-EVENT-0069" or "DMS-EVENT-0021" or "DMS-EVENT-0015" or "DMS-EVENT-0049" or "DMS-EVENT-0051" =>
                AwsOutcome.Succeeded,
            _ when words.EndsWith("failed", StringComparison.Ordinal) => AwsOutcome.Failed,
            _ => AwsOutcome.Neither,
        };
}
