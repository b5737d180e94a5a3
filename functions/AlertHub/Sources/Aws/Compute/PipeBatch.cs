using System.Text.Json;

namespace AlertHub.Sources.Aws.Compute;

/// <summary>What an EventBridge pipe puts into the dead-letter topic of its source: records of a stream that it gave up.</summary>
internal static class PipeBatch
{
    public static AwsKind Kind { get; } = AwsKind.OfJson("pipes-batch", static (root, _) => Tell(root));

    private static AwsStory? Tell(JsonElement record)
    {
        if (
            record.Member("context", "partnerResourceArn")?.AsText() is not { } arn
            || Arn.Parse(arn) is not { } pipe
            || StreamBatch.Of(record) is not { } batch
        )
        {
            return null;
        }

        var name = AwsWords.Last(arn);
        return new()
        {
            Name = "EventBridge pipe gave up",
            Phase = AwsPhase.Happened,
            Severity = AwsSeverity.Warning,
            State = record.Member("context", "condition")?.AsText(),
            Summary = $"The pipe {name} gave up on {batch.Words}",
            Description = batch.Place,
            Resource = name,
            Account = pipe.Account,
            Region = pipe.Region,
            At = record.Time("timestamp"),
            ConsolePath = "events/home#/pipes",
        };
    }
}
